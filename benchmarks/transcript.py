"""The transcript of 10,000 messages, against Odoo's own."""

from odoo.addons.im_livechat.models.discuss_channel import DiscussChannel

from .livechat import new_livechat
from .report import count_queries, measure_in_turns

COUNT = 10_000


def run(env, report):
    channel = new_livechat(env, COUNT)
    short = new_livechat(env, 10)

    times = measure_in_turns(env, lambda: ours(channel), lambda: theirs(channel), 7)
    report.add_faster(f"transcript of {COUNT:,} messages", *times, "ms", 5)
    report.add_at_most(
        "its queries, against those for 10 messages",
        count_queries(env, lambda: ours(channel)),
        count_queries(env, lambda: ours(short)),
        "n",
        1,
    )


def ours(channel):
    return channel._get_channel_history()


def theirs(channel):
    return DiscussChannel._get_channel_history(channel)
