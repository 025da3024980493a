"""Fewer words of very long texts are indexed: each search would read them all."""

from odoo import SUPERUSER_ID, api

from odoo.addons.base_word_search.tools.words import INDEXED_BYTES


def migrate(cr, version):
    cr.execute(
        "SELECT id FROM helpdesk_ticket_search WHERE octet_length(doc) > %s"
        " ORDER BY id",
        [INDEXED_BYTES],
    )
    if ids := [row[0] for row in cr.fetchall()]:
        pending = api.Environment(cr, SUPERUSER_ID, {})["word.search.pending"]
        pending._postpone_records("helpdesk.ticket", ids)
