"""Superuser rights for what is created or written."""

from odoo.tools import clean_context


def without_defaults(records):
    """Return ``records`` without the defaults that the context holds.

    Clients send the context: what Odoo, or we, then create or write as superuser would
    take values from its ``default_`` keys, and with ``bin_size`` a file that is copied
    would hold its size. Whatever RPC calls begins with this.
    """
    context = records.env.context
    sizes = {key: False for key in context if key.startswith("bin_size")}
    return records.with_context(clean_context(context), **sizes)


def clean_sudo(records):
    """Return ``records`` as superuser and without defaults, to create or to write.

    Like ``sudo()``, each use has its reason in a comment above.
    """
    # sudo: any model - the caller says why
    return without_defaults(records).sudo()


def copy_hidden(originals, copies, name):
    """Give ``copies`` what ``originals`` have in a field that the user may not see."""
    # sudo: any model - the value alone, from a record to its copy
    for original, copied in zip(originals.sudo(), clean_sudo(copies), strict=True):
        copied[name] = original[name]
