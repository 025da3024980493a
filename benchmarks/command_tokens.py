"""A line that sets fields and names a reply, against the same set without it."""

import uuid
from unittest.mock import patch

from .canned_responses import COUNT, fill
from .livechat import new_agent, new_colleagues, new_own_livechat
from .report import measure_in_turns

ROUNDS = 40
NAMES = 200  # tags, and agents, that could be meant
TOKENS = "!! #tag-7 @benchmark-tokens :shortcut-7"


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
        run_line(TOKENS)

    command = channel.env["discuss.command"]._find("helpdesk")
    order = command._read_order(channel, f"Broken screen {TOKENS}")

    def same():
        with patch.object(type(command), "_read_order", lambda *_args: order):
            run_line()

    name = f"/helpdesk with four tokens, {count} tags and agents"
    times = measure_in_turns(env, ours, same, ROUNDS)
    report.add_at_most(f"{name}, against the same done without", *times, "ms", 1.2)
    line, plain = measure_in_turns(env, ours, run_line, ROUNDS)
    report.say(f"Against /helpdesk that sets nothing: {line / plain:.2f} times")
    _measure_odoo(env, report, agent, plain)


def _measure_odoo(env, report, agent, plain):
    """Tell what Odoo itself takes to set these fields when it makes a ticket."""
    tickets = env["helpdesk.ticket"].with_user(agent)
    tag = env["helpdesk.ticket.tag"].search([("name", "=", "Tag 7")])
    team = env["helpdesk.ticket.team"].search([("use_livechat", "=", True)])
    ticket = {"name": "Broken screen", "description": "-", "team_id": team.id}
    set_too = {"priority": "2", "tag_ids": tag.ids, "user_id": agent.id}

    def create(values):
        tickets.create(values)
        env.flush_all()

    alone, bare = measure_in_turns(
        env, lambda: create({**ticket, **set_too}), lambda: create(ticket), ROUNDS
    )
    takes = f"{alone - bare:.1f} ms, {1 + (alone - bare) / plain:.2f} times"
    report.say(f"To set the three fields takes Odoo alone {takes}")


def _prepare(env, agent, count):
    """Make a team that takes tickets from here, and what tokens can name."""
    agents = agent | new_colleagues(env, count)
    agents.group_ids += env.ref("helpdesk_mgmt.group_helpdesk_user")
    teams = env["helpdesk.ticket.team"]
    teams.search([]).use_livechat = False
    teams.create({"name": "Team", "use_livechat": True, "user_ids": agents.ids})
    env["helpdesk.ticket.tag"].create([{"name": f"Tag {n}"} for n in range(count)])
    fill(env, agent, 1, COUNT)
