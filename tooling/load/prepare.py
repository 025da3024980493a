"""Makes agents who are logged in, each with a live chat. Run in Odoo's shell.

Read as text: it works with our addons and without them.
"""

TAGS = 200


def prepare(env, count):
    """Return for each agent the session, the conversation and the visitor's cookie."""
    groups = ("im_livechat.im_livechat_group_user", "helpdesk_mgmt.group_helpdesk_user")
    groups += ("sales_team.group_sale_salesman_all_leads",)
    group_ids = [(6, 0, [env.ref(group).id for group in groups])]
    users = env["res.users"].create(
        [
            {"name": f"Agent {i}", "login": f"agent{i}", "group_ids": group_ids}
            for i in range(count)
        ]
    )
    support = env["im_livechat.channel"].create(
        {"name": "Load", "user_ids": [(6, 0, users.ids)]}
    )
    if "use_livechat" in env["helpdesk.ticket.team"]._fields:
        env["helpdesk.ticket.team"].search([]).use_livechat = False
        env["helpdesk.ticket.team"].create(
            {
                "name": "Load",
                "use_livechat": True,
                "company_id": False,
                "user_ids": [(6, 0, users.ids)],
            }
        )
    env["helpdesk.ticket.tag"].create([{"name": f"Tag {i}"} for i in range(TAGS)])
    env["mail.canned.response"].create(
        [
            {
                "source": f"response {i}",
                "substitution": f"Text of response {i}. " * 5,
                "group_ids": [(4, env.ref("base.group_user").id)],
            }
            for i in range(20)
        ]
    )
    people = [_prepare_one(env, support, user) for user in users]
    env.cr.commit()
    return people


def _prepare_one(env, support, user):
    guest = env["mail.guest"].create({"name": f"Marie {user.id}"})
    channel = env["discuss.channel"].create(
        {
            "name": f"Live chat {user.id}",
            "channel_type": "livechat",
            "livechat_channel_id": support.id,
            "livechat_operator_id": user.partner_id.id,
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
    channel._add_members(users=user, post_joined_message=False)
    return {
        "login": user.login,
        "session": _log_in(env, user),
        "channel": channel.id,
        "guest": f"{guest._cookie_name}={guest._format_auth_cookie()}",
    }


def _log_in(env, user):
    """Return the id of a session, which costs no password: hashing takes its time."""
    from odoo.http import get_default_session, root

    session = root.session_store.new()
    session.update(get_default_session())
    session.update(
        {
            "db": env.cr.dbname,
            "login": user.login,
            "uid": user.id,
            "context": {"lang": "en_US"},
            "session_token": user.with_user(user)._compute_session_token(session.sid),
        }
    )
    root.session_store.save(session)
    return session.sid
