"""``/help`` by our RPC method, against Odoo's own."""

import uuid

from odoo.addons.mail.models.discuss.discuss_channel import DiscussChannel

from .report import measure_in_turns, median
from .transcript import new_livechat

ROUNDS = 200


def run(env, report):
    user = env["res.users"].create(
        {
            "name": "Anna Agent",
            "login": "benchmark_agent",
            "group_ids": [(4, env.ref("im_livechat.im_livechat_group_user").id)],
        }
    )
    channel = new_livechat(env, 10)
    channel._add_members(users=user, post_joined_message=False)
    env.flush_all()
    channel = channel.with_user(user)

    def ours():
        channel.run_command("/help", uuid.uuid4().hex)
        env.flush_all()

    def theirs():
        DiscussChannel.execute_command_help(channel)
        env.flush_all()

    times, their_times = measure_in_turns(env, ours, theirs, ROUNDS)
    report.add_at_most("/help", median(times), median(their_times), "ms", 1.5)
    queries, their_queries = _count(env, ours), _count(env, theirs)
    report.add(
        "/help, queries",
        queries,
        their_queries,
        "n",
        queries / their_queries,
        "<= 6 more",
        queries <= their_queries + 6,
    )


def _count(env, function):
    env.invalidate_all()
    before = env.cr.sql_log_count
    function()
    return env.cr.sql_log_count - before
