"""``/help`` by our RPC method, against Odoo's own."""

import uuid

from odoo.addons.mail.models.discuss.discuss_channel import DiscussChannel

from .livechat import new_agent, new_own_livechat
from .report import count_queries, measure_in_turns

ROUNDS = 200


def run(env, report):
    agent = new_agent(env, "benchmark_agent")
    channel = new_own_livechat(env, agent)

    def ours():
        channel.run_command("/help", uuid.uuid4().hex)

    def theirs():
        DiscussChannel.execute_command_help(channel)

    times = measure_in_turns(env, ours, theirs, ROUNDS)
    report.add_at_most("/help", *times, "ms", 1.5)
    queries, their_queries = count_queries(env, ours), count_queries(env, theirs)
    report.add(
        "/help, queries",
        queries,
        their_queries,
        "n",
        queries / their_queries,
        "<= 6 more",
        queries <= their_queries + 6,
    )
