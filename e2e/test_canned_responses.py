"""Canned responses in two browsers: the visitor gets exactly what the operator saw."""

import base64
import uuid

import pytest
from playwright.sync_api import expect

HOSTILE = (
    '<img src=x onerror="window.hacked = 1"><script>window.hacked = 1</script>'
    " {{visitor.name}} ⟦x⟧ \u202eevil\u202c 'a\" &amp;"
)
FORM_INPUT = ".modal .o_field_widget[name='source'] input"


@pytest.fixture
def respond(anna):
    """Make responses of the operator; archived after the test."""
    made = []

    def make(source, substitution, **values):
        made.append(
            anna.session.create(
                "mail.canned.response",
                source=source,
                substitution=substitution,
                **values,
            )
        )
        return made[-1]

    yield make
    anna.session.call("mail.canned.response", "write", made, {"active": False})


@pytest.fixture
def shortcut():
    """A shortcut that no other response and no emoji has."""
    return "q" + uuid.uuid4().hex[:8]


def upload(session, name, content):
    return session.create(
        "ir.attachment",
        name=name,
        raw=base64.b64encode(content).decode(),
        res_model="mail.canned.response",
        res_id=0,
    )


def get_selected(agent):
    return agent.composer.evaluate(
        "el => el.value.slice(el.selectionStart, el.selectionEnd)"
    )


def test_pick_fill_attach_send(anna, chat, respond, shortcut, pictures):
    respond(
        shortcut,
        "Hello {{visitor.first_name|there}}, I am {{operator.first_name}}.\n"
        "Your order {{?order number}} of {{?day}} is on its way.",
        attachment_ids=[(4, upload(anna.session, "terms.txt", b"Terms"))],
        tag_ids=[(0, 0, {"name": shortcut.title()})],
    )
    anna.open(chat.channel_id).type(f":{shortcut}").offers(shortcut)
    expect(anna.active_row).to_contain_text("Hello there, I am Anna.")
    expect(anna.active_row).to_contain_text(shortcut.title())
    anna.picture(pictures, "canned-list")
    anna.press("Enter")
    expect(anna.page.locator(".o-mail-AttachmentContainer")).to_contain_text("terms")
    assert get_selected(anna) == "⟦order number⟧"
    anna.picture(pictures, "canned-blanks")
    anna.press("Enter")
    assert get_selected(anna) == "⟦day⟧"
    anna.press("Tab")
    assert get_selected(anna) == "⟦order number⟧"
    anna.type("4711").press("Enter")
    assert get_selected(anna) == "⟦day⟧"
    anna.type("Monday")
    seen = anna.composer.input_value()
    assert seen.strip() == (
        "Hello there, I am Anna.\nYour order 4711 of Monday is on its way."
    )
    anna.press("Enter")
    for line in seen.strip().split("\n"):
        chat.sees(line)
    expect(chat.page.locator(".o-mail-AttachmentContainer").last).to_contain_text(
        "terms"
    )
    assert "⟦" not in chat.text()


def test_language_of_the_visitor(anna, admin, chat, respond, shortcut):
    admin.call("res.lang", "write", [admin.ref("base.lang_fr")], {"active": True})
    french = admin.ref("base.lang_fr")
    respond(
        shortcut,
        "Good morning",
        text_ids=[(0, 0, {"lang_id": french, "substitution": "Bonjour"})],
    )
    admin.call(
        "discuss.channel", "write", [chat.channel_id], {"livechat_lang_id": french}
    )
    anna.reload(chat.channel_id).type(f":{shortcut}").offers(shortcut)
    anna.press("Enter").has_in_composer("Bonjour ").press("Enter")
    chat.sees("Bonjour")


def test_hands(anna, chat, respond, shortcut):
    """SPEC 6: the most used response in three keys, one by its name in five."""
    response_id = respond(shortcut, f"Most used {shortcut}")
    for _i in range(99):
        anna.session.call("mail.canned.response", "count_use", [response_id])
    respond("x" + shortcut, "By name")
    anna.reload(chat.channel_id)
    with anna.counting() as keys:
        anna.type(":").offers(shortcut).press("Tab", "Enter")
        assert keys() == 3
    chat.sees(f"Most used {shortcut}")
    with anna.counting() as keys:
        anna.type(f":x{shortcut[0]}").offers("x" + shortcut).press("Enter", "Enter")
        assert keys() == 5
    chat.sees("By name")


def test_hostile_texts_are_text(anna, chat, respond, shortcut, pictures):
    response_id = respond(
        f"{shortcut} {HOSTILE}"[:100].replace("{{visitor.name}}", ""),
        HOSTILE,
        tag_ids=[(0, 0, {"name": f"{shortcut}<img src=x onerror=window.hacked=1>"})],
        attachment_ids=[(4, upload(anna.session, f"{HOSTILE[:60]}.txt", b"x"))],
    )
    anna.open(chat.channel_id).type(f":{shortcut}").offers(shortcut)
    anna.picture(pictures, "canned-hostile")
    anna.press("Enter")
    assert get_selected(anna) == "⟦visitor's name⟧"
    anna.press("Delete", "Enter", "Delete", "Enter")
    chat.sees("<img src=x onerror=")
    page = anna.context.new_page()
    action = f"{anna.url}/odoo/action-mail.mail_canned_response_action"
    for kind in ("list", "kanban", "form"):
        address = f"{action}/{response_id}" if kind == "form" else action
        page.goto(f"{address}?view_type={kind}")
        expect(page.locator(f".o_{kind}_view")).to_be_visible()
        page.screenshot(path=pictures / f"canned-{kind}.png")
        assert page.evaluate("window.hacked") is None
    page.close()
    assert chat.page.evaluate("window.hacked") is None


def test_save_a_message_as_response(anna, chat, shortcut, pictures):
    anna.open(chat.channel_id).send(f"All is well, {shortcut}")
    message = anna.messages.filter(has_text=shortcut).last
    message.hover()
    message.get_by_title("Expand").click()
    anna.page.get_by_text("Save as canned response").click()
    anna.page.locator(FORM_INPUT).fill(shortcut)
    anna.page.get_by_role("button", name="Insert placeholder").click()
    anna.page.get_by_text("A blank that you fill in").click()
    example = anna.page.locator(".modal .o-livechat-command-example")
    expect(example).to_contain_text(f"All is well, {shortcut}⟦order number⟧")
    anna.picture(pictures, "canned-save")
    anna.page.locator(".modal .o_form_button_save").click()
    expect(anna.page.locator(".modal")).to_have_count(0)
    [response] = anna.session.search(
        "mail.canned.response", [("source", "=", shortcut)], ["substitution"]
    )
    assert response["substitution"] == f"All is well, {shortcut}{{{{?order number}}}}"
    anna.session.call("mail.canned.response", "unlink", [response["id"]])


def test_text_disappears_when_sharing_ends(anna, ben, admin, chat, shortcut):
    group = admin.create("res.groups", name=shortcut)
    for agent in (anna, ben):
        admin.call(
            "res.users", "write", [agent.session.uid], {"group_ids": [(4, group)]}
        )
    shared = ben.session.create(
        "mail.canned.response",
        source=shortcut,
        substitution="Shared by Ben",
        group_ids=[(4, group)],
    )
    anna.open(chat.channel_id).type(f":{shortcut}").offers(shortcut)
    expect(anna.rows.filter(has_text="Shared by Ben")).to_have_count(1)
    admin.call("res.users", "write", [anna.session.uid], {"group_ids": [(3, group)]})
    expect(anna.rows.filter(has_text="Shared by Ben")).to_have_count(0)
    ben.session.call("mail.canned.response", "unlink", [shared])
