"""The transcript of 10,000 messages, against Odoo's own."""

from odoo.tools import SQL

from odoo.addons.im_livechat.models.discuss_channel import DiscussChannel

from .report import measure_in_turns, median

COUNT = 10_000


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


def run(env, report):
    channel = new_livechat(env, COUNT)
    short = new_livechat(env, 10)

    def ours(channel=channel):
        return channel._get_channel_history()

    def theirs(channel=channel):
        return DiscussChannel._get_channel_history(channel)

    times, their_times = measure_in_turns(env, ours, theirs, rounds=7)
    report.add_faster(
        f"transcript of {COUNT:,} messages", median(times), median(their_times), "ms", 5
    )
    report.add_at_most(
        "its queries, against those for 10 messages",
        _count_queries(env, ours),
        _count_queries(env, lambda: ours(short)),
        "n",
        1,
    )


def _count_queries(env, function):
    env.invalidate_all()
    before = env.cr.sql_log_count
    function()
    return env.cr.sql_log_count - before
