"""The search became an addon of its own; its tables stay as they are."""

# How the first release made them: equal to the present versions as long as nothing
# that is indexed has changed since, so that a million tickets need not be read again.
ROWS = "ce5c081cbe0a1ae1"
INDEX = "10d3a18cc429498a"


def migrate(cr, version):
    cr.execute("COMMENT ON COLUMN helpdesk_ticket_search.doc IS %s", [ROWS])
    cr.execute("SELECT to_regclass('helpdesk_ticket_search_lexemes_index')")
    if cr.fetchone()[0]:
        cr.execute(
            "COMMENT ON INDEX helpdesk_ticket_search_lexemes_index IS %s", [INDEX]
        )
    # Searches that users kept.
    cr.execute(
        r"""UPDATE ir_filters
              SET domain = replace(domain, 'livechat_search', 'word_search'),
                  context = replace(context, 'livechat_search', 'word_search')
            WHERE model_id = 'helpdesk.ticket'
              AND concat(domain, context) LIKE '%livechat\_search%'"""
    )
