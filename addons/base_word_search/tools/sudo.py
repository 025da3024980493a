"""Superuser rights for what is created."""

from odoo.tools import clean_context


def clean_sudo(records):
    """Return ``records`` as superuser, without the defaults that a client sent along.

    Like ``sudo()``, each use has its reason in a comment above.
    """
    # sudo: any model - the caller says why
    return records.with_context(clean_context(records.env.context)).sudo()
