"""Makes agents with many live chats. Run in Odoo's shell, below ``load/prepare.py``."""


def fill(env, count):
    """Return the sessions of two agents and of the administrator, and conversations."""
    group = env.ref("base.group_partner_manager")
    [first, second] = prepare(env, 2)  # noqa: F821
    anna, ben = env["res.users"].search([("login", "in", ("agent0", "agent1"))])
    anna.group_ids = ben.group_ids = [(4, group.id)]
    env["im_livechat.conversation.tag"].create({"name": "refund"})
    _define_commands(env)
    support = env["im_livechat.channel"].search([("name", "=", "Load")])
    chats = [_open_chat(env, support, anna, ben) for _number in range(count)]
    ticket = env["helpdesk.ticket"].create({"name": "Old", "description": "Old"})
    env.cr.commit()
    admin = env.ref("base.user_admin")
    return {
        "anna": first["session"],
        "ben": second["session"],
        "admin": _log_in(env, admin),  # noqa: F821
        "chats": chats,
        "ticket": ticket.number,
    }


def _define_commands(env):
    action = env["ir.actions.server"].create(
        {
            "name": "Act",
            "model_id": env["ir.model"]._get("discuss.channel").id,
            "state": "code",
            "code": "name = env.context['livechat_command_argument']\n"
            "env['res.partner'].create({'name': name})",
        }
    )
    env["discuss.command"].create(
        [
            {"name": "contact", "kind": "create", "model_name": "res.partner"},
            {"name": "find", "kind": "search", "model_name": "res.partner"},
            {"name": "act", "kind": "action", "action_id": action.id},
        ]
    )
    lines = "/note {argument}\n/helpdesk {argument} !!\n/tag refund\n/leave"
    env["discuss.command"].create({"name": "both", "kind": "lines", "lines": lines})
    env["discuss.command"].search([("name", "=", "both")]).write(
        {"group_ids": [(4, env.ref("base.group_user").id)]}
    )


def _open_chat(env, support, anna, ben):
    guest = env["mail.guest"].create({"name": "Marie"})
    channel = env["discuss.channel"].create(
        {
            "name": "Live chat",
            "channel_type": "livechat",
            "livechat_channel_id": support.id,
            "livechat_operator_id": anna.partner_id.id,
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
    channel._add_members(users=anna | ben, post_joined_message=False)
    public = env.ref("base.public_user")
    # sudo: discuss.channel - a visitor posts as Odoo's own route lets one
    channel.with_user(public).with_context(guest=guest).sudo().message_post(
        body="It is broken",
        attachments=[("photo.txt", b"squeak")],
        message_type="comment",
        subtype_xmlid="mail.mt_comment",
    )
    return {
        "channel": channel.id,
        "guest": f"{guest._cookie_name}={guest._format_auth_cookie()}",
    }
