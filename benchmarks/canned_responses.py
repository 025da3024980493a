"""The first list of canned responses, 10,000 and 20, against Odoo's fetch of all."""

import json

from odoo.tools import SQL

from odoo.addons.mail.tools.discuss import Store

from .keys import measure_colon, measure_line
from .livechat import new_agent, new_colleagues, new_own_livechat
from .report import measure_anew, measure_in_turns

COUNT = 10_000
FEW = 20
# What a busy team uses: each of so many agents used each of so many responses.
USED = 2_000
COLLEAGUES = 200
WORDS = 60
# A browser holds the first 50, and up to 50 more for each term that was typed.
HELD = 2_000
NAMES = 200


def run(env, report):
    agent, ours, theirs = prepare(env)
    # Growing, as a table does: what is deleted slows down until it is swept away.
    fill(env, agent, 1, FEW)
    times = measure_in_turns(env, ours, theirs, rounds=101)
    report.add_at_most(f"first list of {FEW} canned responses", *times, "ms", 1.2)
    fill(env, agent, FEW + 1, USED)
    _report_use(env, report, agent, ours)
    fill(env, agent, USED + 1, COUNT)
    times = measure_in_turns(env, ours, theirs, rounds=21)
    report.add_faster(f"first list of {COUNT:,} canned responses", *times, "ms", 10)
    report.add_faster("its bytes", len(ours()) / 1000, len(theirs()) / 1000, "kB", 50)
    _report_keys(report, json.loads(ours())["rows"])


def prepare(env):
    """Return an agent, and what lists responses to them our way and Odoo's."""
    agent = new_agent(env, "benchmark_canned")
    channel = new_own_livechat(env, agent)
    # sudo: discuss.channel - the visitor's language, which no agent writes
    channel.sudo().livechat_lang_id = env.ref("base.lang_en")
    responses = env["mail.canned.response"].with_user(agent)

    def ours():
        return json.dumps(responses._get_picker_data(channel.id))

    def theirs():
        domain = [
            "|",
            ("create_uid", "=", agent.id),
            ("group_ids", "in", agent.all_group_ids.ids),
        ]
        return json.dumps(Store().add(responses.search(domain)).get_result())

    return agent, ours, theirs


def _report_use(env, report, agent, ours):
    """Add what it costs that ten times as many agents used the responses."""
    many = min(COLLEAGUES, report.scale // 100)
    colleagues = new_colleagues(env, many)
    few = many // 10
    _use(env, colleagues[:few] | agent)
    by_few = measure_anew(env, ours, rounds=21)
    _use(env, colleagues[few:])
    name = f"first list of {USED:,}, each used by {many} agents, against by {few}"
    report.add_at_most(name, measure_anew(env, ours, rounds=21), by_few, "ms", 1.2)


def fill(env, agent, first, last):
    """Make responses of 60 words, used so and so often as of last night."""
    env.cr.execute(
        SQL(
            """
            INSERT INTO mail_canned_response (source, substitution, active, is_shared,
                       create_uid, create_date, shortcut_key, token_key, search_text,
                       use_total)
            SELECT 'shortcut ' || n, text, TRUE, FALSE, %(uid)s, now(),
                   'shortcut ' || n, 'shortcut-' || n,
                   'shortcut ' || n || ' ' || text, n %% 1009
              FROM generate_series(%(first)s, %(last)s) n,
                   LATERAL (SELECT string_agg('word' || (n * i) %% 5003, ' ') AS text
                              FROM generate_series(1, %(words)s) i) words
            """,
            uid=agent.id,
            first=first,
            last=last,
            words=WORDS,
        )
    )
    env.cr.execute("ANALYZE mail_canned_response")
    env.invalidate_all()


def _use(env, agents):
    """Have each of ``agents`` use each response, some more often than others."""
    env.cr.execute(
        SQL(
            """
            INSERT INTO mail_canned_response_use
                   (user_id, canned_response_id, count, last_use_date)
            SELECT user_id, response.id, 1 + (response.id + user_id) %% 100, now()
              FROM unnest(%(uids)s) AS user_id, mail_canned_response AS response
            """,
            uids=agents.ids,
        )
    )
    env.cr.execute("ANALYZE mail_canned_response_use")


def _report_keys(report, rows):
    """Add the times of keys in Chromium, with all that a day of searching brings."""
    held = [
        {**rows[i % len(rows)], "id": i + 1, "source": f"shortcut {i}"}
        for i in range(HELD)
    ]
    for name, slowest in (
        (f"slowest key in Chromium, {HELD:,} responses held", measure_colon(held)),
        (
            f"the same in a line, with {NAMES} tags, {NAMES} agents",
            measure_line(held, NAMES),
        ),
    ):
        goal, met = "under 16 ms", slowest < 16
        report.add(name, slowest, 16, "ms", slowest / 16, goal, met)
