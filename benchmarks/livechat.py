"""Agents and live chats to measure with."""

from odoo.tools import SQL


def new_agent(env, login):
    """Return a user who may do what a live chat agent may, and no more."""
    group = env.ref("im_livechat.im_livechat_group_user")
    values = {"name": "Anna Agent", "login": login, "group_ids": [(4, group.id)]}
    return env["res.users"].create(values)


def new_colleagues(env, count):
    """Return as many other agents."""
    group = env.ref("im_livechat.im_livechat_group_user")
    values = [
        {
            "name": f"Colleague {n}",
            "login": f"benchmark_colleague_{n}",
            "group_ids": [(4, group.id)],
        }
        for n in range(count)
    ]
    return env["res.users"].with_context(no_reset_password=True).create(values)


def new_own_livechat(env, agent, count=10):
    """Return a live chat with ``count`` messages, as ``agent`` sees it who is in it."""
    channel = new_livechat(env, count)
    channel._add_members(users=agent, post_joined_message=False)
    env.flush_all()
    return channel.with_user(agent)


def new_livechat(env, count):
    """Return a live chat with ``count`` messages of a guest and an agent."""
    guest = env["mail.guest"].create({"name": "Marie Dupont"})
    partner = env.user.partner_id
    channel = env["discuss.channel"].create(
        {
            "name": "Benchmark",
            "channel_type": "livechat",
            "livechat_operator_id": partner.id,
        }
    )
    env["discuss.channel.member"].create(
        {
            "channel_id": channel.id,
            "guest_id": guest.id,
            "livechat_member_type": "visitor",
        }
    )
    env.flush_all()
    env.cr.execute(
        SQL(
            """INSERT INTO mail_message (model, res_id, message_type, subtype_id,
                                         create_date, date, body,
                                         author_id, author_guest_id)
               SELECT 'discuss.channel', %(channel)s, 'comment', %(subtype)s,
                      now(),
                      timestamp '2026-01-05 10:00:00' + n * interval '20 seconds',
                      '<p>Message ' || n || ': my mouse &amp; keyboard<br>fail</p>',
                      CASE WHEN n %% 3 = 0 THEN %(partner)s END,
                      CASE WHEN n %% 3 != 0 THEN %(guest)s END
                 FROM generate_series(1, %(count)s) n""",
            channel=channel.id,
            subtype=env.ref("mail.mt_comment").id,
            partner=partner.id,
            guest=guest.id,
            count=count,
        )
    )
    env.cr.execute("ANALYZE mail_message")
    env.invalidate_all()
    return channel
