"""Removing the addon leaves Odoo's own canned responses, with their texts.

conftest.py runs it last of all: nothing of the addon is there after it.
"""

import uuid

import pytest

SHORTCUT = "q" + uuid.uuid4().hex[:8]
TEXT = "Hello {{visitor.first_name|there}}, it is on its way."
LEFT = "Hello there, it is on its way."
IN_ENGLISH = "Good morning, it is on its way."


# What was removed is not there for a second try.
@pytest.mark.flaky(reruns=0)
def test_stock_canned_responses_remain(anna, admin, database, guest, pictures):
    english = admin.ref("base.lang_en")
    anna.session.create(
        "mail.canned.response",
        source=SHORTCUT,
        substitution=TEXT,
        tag_ids=[(0, 0, {"name": SHORTCUT})],
        text_ids=[(0, 0, {"lang_id": english, "substitution": IN_ENGLISH})],
    )
    anna.clear().type(f":{SHORTCUT}").offers(IN_ENGLISH)
    anna.page.goto("about:blank")

    _uninstall(admin)

    assert not database.rows(
        "SELECT name FROM ir_module_module"
        " WHERE name ~ '^livechat_command' AND state = 'installed'"
    )
    assert not database.rows(
        "SELECT tablename FROM pg_tables WHERE tablename ~ '^(discuss_command"
        "|discuss_channel_followup|mail_canned_response_t|helpdesk_ticket_search)'"
    )
    assert database.rows(
        "SELECT substitution FROM mail_canned_response WHERE source = %s", SHORTCUT
    ) == [(LEFT,)]

    anna.page.goto(
        f"{anna.url}/odoo/discuss?active_id=discuss.channel_{guest.channel_id}"
    )
    anna.composer.focus()
    anna.clear().type(f"::{SHORTCUT}").offers(SHORTCUT)
    anna.picture(pictures, "uninstalled")
    anna.press("Enter").has_in_composer(f"{LEFT} ")
    anna.press("Enter").sees(LEFT)
    assert any(LEFT in body for body in database.messages(guest.channel_id))


def _uninstall(admin):
    [module] = admin.search(
        "ir.module.module", [("name", "=", "livechat_command")], ["id"]
    )
    admin.call("ir.module.module", "button_immediate_uninstall", [module["id"]])
