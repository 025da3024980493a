"""What the composer asks for, with a log of a million runs, against an empty log."""

import uuid

from odoo.tools import SQL

from odoo.addons.mail.tools.discuss import Store

from .livechat import new_agent, new_own_livechat
from .report import measure_anew

ROUNDS = 15
AGENTS = 40  # who share the log


def run(env, report):
    user = new_agent(env, "benchmark_log")
    channel = new_own_livechat(env, user)
    actions = {
        "opening the composer": lambda: _open_composer(channel),
        "a command": lambda: channel.run_command("/help", uuid.uuid4().hex),
        "opening the log": env["discuss.command.run"].fields_get,
    }
    without = {
        name: measure_anew(env, action, ROUNDS) for name, action in actions.items()
    }
    count = report.scale
    fill(env, user, count)
    for name, action in actions.items():
        ours, theirs = measure_anew(env, action, ROUNDS), without[name]
        title = f"{name}, {count:,} runs in the log, against none"
        report.add_at_most(title, ours, theirs, "ms", 1.5)


def _open_composer(channel):
    store = Store()
    store.add(channel, channel._get_command_store_fields())
    return store.get_result()


def fill(env, user, count):
    """Write the runs of a year, of which ``user`` and others made as many."""
    env.cr.execute(
        SQL(
            """INSERT INTO discuss_command_run
                      (user_id, request_id, command_id, command_name, argument,
                       outcome, create_uid, create_date, res_model, res_id)
               SELECT u.id, md5(n::text), c.id, '/' || c.name, 'broken mouse',
                      CASE WHEN n %% 10 = 0 THEN 'refused' ELSE 'done' END, u.id,
                      now() - interval '31 seconds' * (%(count)s - n),
                      CASE WHEN n %% 3 = 0 THEN 'helpdesk.ticket' END,
                      CASE WHEN n %% 3 = 0 THEN n END
                 FROM generate_series(1, %(count)s) n
                 JOIN (SELECT id, row_number() OVER () - 1 AS rank
                         FROM (SELECT %(uid)s AS id UNION ALL
                               SELECT %(other)s FROM generate_series(2, %(agents)s)) u
                      ) u ON u.rank = n %% %(agents)s
                 JOIN (SELECT id, name, row_number() OVER () - 1 AS rank,
                              count(*) OVER () AS total
                         FROM discuss_command) c ON c.rank = n %% c.total""",
            count=count,
            uid=user.id,
            other=env.uid,
            agents=AGENTS,
        )
    )
    env.cr.execute("ANALYZE discuss_command_run")
    env.invalidate_all()
