"""Data in every model of ours, made by the code of the first release, and a look at it.

Read as text and run in Odoo's shell, once in the old release and once in the new one:
what ``look`` returns must be the same. So it names nothing that a release may change
without its users noticing.
"""

import re
import uuid

TERMS = ("mouse", "Mous", "broken mouse", "HT00002", "2", "zephyr", "marie", "no such")


def fill(env):
    """Make data by the old release, as an administrator and an operator would."""
    env["res.lang"]._activate_lang("fr_FR")
    manager = env.ref("im_livechat.im_livechat_group_manager")
    operator = _new_operator(env)
    support = env["im_livechat.channel"].create(
        {"name": "Support", "user_ids": [(4, operator.id)]}
    )
    env["helpdesk.ticket.team"].search([]).use_livechat = False
    env["helpdesk.ticket.team"].create(
        {
            "name": "Chat team",
            "use_livechat": True,
            "company_id": False,
            "livechat_channel_ids": [(4, support.id)],
        }
    )
    _define_commands(env, manager)
    _write_responses(env, manager, support)
    channel = _talk(env, support, operator)
    _run_commands(channel.with_user(operator))
    _set_options(env)


def _new_operator(env):
    groups = (
        "im_livechat.im_livechat_group_user",
        "helpdesk_mgmt.group_helpdesk_user",
        "sales_team.group_sale_salesman_all_leads",
        "base.group_partner_manager",
    )
    return env["res.users"].create(
        {
            "name": "Anna Agent",
            "login": "anna",
            "group_ids": [(6, 0, [env.ref(group).id for group in groups])],
        }
    )


def _define_commands(env, manager):
    commands = env["discuss.command"]
    action = env["ir.actions.server"].create(
        {
            "name": "Look again",
            "model_id": env["ir.model"]._get("discuss.channel").id,
            "state": "code",
            "code": "record.write({'description': 'seen'})",
        }
    )
    reply = env["mail.canned.response"].create(
        {
            "source": "promise",
            "substitution": "You are {{record.name}}.",
            "group_ids": [(4, env.ref("base.group_user").id)],
        }
    )
    commands.create(
        [
            {
                "name": "contact",
                "aliases": "person, who_is",
                "kind": "create",
                "model_name": "res.partner",
                "transcript_field": "comment",
                "partner_field": "parent_id",
                "canned_response_id": reply.id,
                "value_ids": [
                    (0, 0, {"field_name": "type", "value": "other"}),
                    (0, 0, {"field_name": "color", "value": "7"}),
                ],
            },
            {"name": "customers", "kind": "search", "model_name": "res.partner"},
            {"name": "again", "kind": "action", "action_id": action.id},
        ]
    )
    env.ref("livechat_command.discuss_command_note").aliases = "memo"
    env.ref("livechat_command.discuss_command_end").active = False
    env.ref("livechat_command.discuss_command_history").group_ids = manager
    env.ref("livechat_command.discuss_command_leave").sequence = 1


def take_names(env):
    """Give names to commands that a later release has for commands of its own."""
    base = {"kind": "search", "model_name": "res.partner.category"}
    env["discuss.command"].create(
        [{**base, "name": "tag"}, {**base, "name": "crmtags", "aliases": "status"}]
    )


def _write_responses(env, manager, support):
    french = env["res.lang"]._get_data(code="fr_FR").id
    file = env["ir.attachment"].create({"name": "terms.txt", "raw": b"Terms"})
    tag = env["mail.canned.response.tag"].create({"name": "Refund", "color": 3})
    env["mail.canned.response"].create(
        [
            {
                "source": "sorry",
                "substitution": "We are sorry, {{visitor.first_name|dear customer}}.",
                "group_ids": [(4, manager.id)],
                "tag_ids": [(4, tag.id)],
                "livechat_channel_ids": [(4, support.id)],
                "attachment_ids": [(4, file.id)],
                "text_ids": [
                    (0, 0, {"lang_id": french, "substitution": "Désolé."}),
                ],
            },
            {"source": "summer", "substitution": "Closed.", "active": False},
        ]
    )


def _talk(env, support, operator):
    """Return a live chat of a guest and the operator, with files and words."""
    guest = env["mail.guest"].create({"name": "Marie Dupont"})
    channel = env["discuss.channel"].create(
        {
            "name": "Live chat",
            "channel_type": "livechat",
            "livechat_channel_id": support.id,
            "livechat_operator_id": operator.partner_id.id,
            "livechat_status": "in_progress",
        }
    )
    channel.channel_member_ids.unlink()
    env["discuss.channel.member"].create(
        {
            "channel_id": channel.id,
            "guest_id": guest.id,
            "livechat_member_type": "visitor",
        }
    )
    channel._add_members(users=operator, post_joined_message=False)
    public = env.ref("base.public_user")
    # sudo: discuss.channel - a visitor posts as Odoo's own route lets one
    channel.with_user(public).with_context(guest=guest).sudo().message_post(
        body="My mouse is broken. Write to marie@example.com",
        attachments=[("mouse.txt", b"squeak")],
        message_type="comment",
        subtype_xmlid="mail.mt_comment",
    )
    channel.with_user(operator).message_post(
        body="Hello Marie", message_type="comment", subtype_xmlid="mail.mt_comment"
    )
    return channel


def _run_commands(channel):
    lines = (
        "/helpdesk Broken mouse",
        "/ticket Zephyr printer",
        "/helpdesk_search mouse",
        "/lead Wants a new mouse",
        "/contact Jean Martin",
        "/customers Jean",
        "/memo Likes tea",
        "/again now",
        "/helpdesk",
        "/nonsense secret",
        "/help",
    )
    for line in lines:
        channel.run_command(line, uuid.uuid4().hex)
    responses = channel.env["mail.canned.response"].search([("source", "=", "promise")])
    responses.count_use()


def _set_options(env):
    env["ir.config_parameter"].set_param("livechat_command.single_colon", "False")
    env["ir.config_parameter"].set_param("livechat_command.retention_days", "77")


def look(env):
    """Return all that users would miss, as values that JSON holds."""
    env = env(context={"lang": "en_US", "active_test": False})
    return {
        "commands": _look_at_commands(env),
        "order": [*map(_name_command, env["discuss.command"].search([]))],
        "runs": _look_at_runs(env),
        "answers": _look_at_answers(env),
        "responses": _look_at_responses(env),
        "tags": _look_at(env, "mail.canned.response.tag", "name color"),
        "followups": _look_at(
            env,
            "discuss.channel.followup",
            "channel_id res_model res_id last_message_id is_pending",
        ),
        "tickets": _look_at(
            env,
            "helpdesk.ticket",
            "number name description origin_channel_id team_id partner_id"
            " partner_name partner_email is_contact_unverified",
        ),
        "leads": _look_at(env, "crm.lead", "name description contact_name email_from"),
        "teams": _look_at(
            env, "helpdesk.ticket.team", "name use_livechat livechat_channel_ids"
        ),
        "options": [
            env["ir.config_parameter"].get_param(f"livechat_command.{name}")
            for name in ("single_colon", "retention_days")
        ],
        "found": _look_for_tickets(env),
    }


def look_at_origins(env):
    """Return what is linked to a conversation, and what is known to be from one."""
    found = {"made": [], "known": []}
    for model in ("helpdesk.ticket", "crm.lead"):
        for key, name in (("made", "origin_channel_id"), ("known", "is_from_livechat")):
            records = env[model].search([(name, "!=", False)], order="id")
            found[key] += [[model, each] for each in records.ids]
    return found


def _look_at(env, model, names):
    return [
        [_plain(record[name]) for name in names.split()]
        for record in env[model].search([], order="id")
    ]


def _plain(value):
    return value.ids if hasattr(value, "ids") else value


def _name_command(command):
    return f"{command.name} ({command.kind})"


def _look_at_commands(env):
    return {
        _name_command(command): {
            "active": command.active,
            "aliases": command.aliases,
            "kind": command.kind,
            "model": command.model_name,
            "fields": [command.transcript_field, command.partner_field],
            "action": command.action_id.name,
            "reply": command.canned_response_id.source,
            "groups": command.group_ids.mapped("full_name"),
            "values": [[line.field_name, line.value] for line in command.value_ids],
        }
        for command in env["discuss.command"].search([])
    }


def _look_at_runs(env):
    """Return the log as it is since it tells commands by one name.

    The first release kept the name that was typed, be it an alias, and the whole line
    where the argument was missing.
    """
    names = ["argument", "outcome", "res_model", "res_id", "user_id", "channel_id"]
    rows = []
    for run in env["discuss.command.run"].search([], order="id"):
        name = run.command_id.name or run.command_name
        values = {each: _plain(run[each]) for each in names}
        if run.outcome == "usage" and (values["argument"] or "").startswith("/"):
            values["argument"] = values["argument"].partition(" ")[2] or False
        rows.append([name, *values.values()])
    return rows


def _look_at_answers(env):
    """Return which runs have a stored answer, for those who ask once more."""
    env.cr.execute(
        "SELECT id FROM discuss_command_run WHERE answer IS NOT NULL ORDER BY id"
    )
    return [row[0] for row in env.cr.fetchall()]


def _look_at_responses(env):
    return {
        response.source: {
            "text": response.substitution,
            "active": response.active,
            "texts": [
                [text.lang_id.code, text.substitution] for text in response.text_ids
            ],
            "tags": response.tag_ids.mapped("name"),
            "files": response.attachment_ids.mapped("name"),
            "channels": response.livechat_channel_ids.mapped("name"),
            "groups": response.group_ids.mapped("full_name"),
            "uses": response.use_count,
        }
        for response in env["mail.canned.response"].search([])
    }


def _look_for_tickets(env):
    """Return the tickets that the operator finds by each of some terms.

    Not their order, which a release may better.
    """
    operator = env["res.users"].search([("login", "=", "anna")])
    channel = env["discuss.channel"].search([("livechat_status", "!=", False)])
    channel = channel.filtered(
        lambda each: operator.partner_id in each.channel_partner_ids
    )
    found = {}
    for term in TERMS:
        line = f"/helpdesk_search {term}"
        answer = channel.with_user(operator).run_command(line, uuid.uuid4().hex)
        links = re.findall(r"/odoo/helpdesk\.ticket/(\d+)", str(answer["body"]))
        found[term] = [answer["status"], *sorted(set(links))]
    return found
