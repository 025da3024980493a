"""A line that sets fields and names a reply, against the ticket alone."""

import uuid

from .canned_responses import COUNT, fill
from .livechat import new_agent, new_colleagues, new_own_livechat
from .report import measure_in_turns

ROUNDS = 40
NAMES = 200  # tags, and agents, that could be meant
RESPONSES = 10_000


def run(env, report):
    agent = new_agent(env, "benchmark_tokens")
    channel = new_own_livechat(env, agent)
    count = min(NAMES, report.scale // 100)
    _prepare(env, agent, count)

    def run_line(tokens=""):
        line = f"/helpdesk Broken screen {tokens}"
        answer = channel.run_command(line, uuid.uuid4().hex)
        assert answer["status"] == "done", answer

    def ours():
        # For oneself: to tell a colleague of it is Odoo's work.
        run_line("!! #tag-7 @benchmark-tokens :shortcut-7")

    times = measure_in_turns(env, ours, run_line, ROUNDS)
    name = f"/helpdesk with four tokens, {count} tags and agents, against without"
    report.add_at_most(name, *times, "ms", 1.2)


def _prepare(env, agent, count):
    """Make a team that takes tickets from here, and what tokens can name."""
    agents = agent | new_colleagues(env, count)
    agents.group_ids += env.ref("helpdesk_mgmt.group_helpdesk_user")
    teams = env["helpdesk.ticket.team"]
    teams.search([]).use_livechat = False
    teams.create({"name": "Team", "use_livechat": True, "user_ids": agents.ids})
    env["helpdesk.ticket.tag"].create([{"name": f"Tag {n}"} for n in range(count)])
    fill(env, agent, 1, COUNT)
