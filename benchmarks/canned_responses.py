"""The first list of canned responses, 10,000 and 20, against Odoo's fetch of all."""

import json

from odoo.tools import SQL

from odoo.addons.mail.tools.discuss import Store

from .canned_response_keys import measure_keys
from .report import measure_in_turns, median
from .transcript import new_livechat

COUNT = 10_000
FEW = 20
# Colleagues, each of whom used a hundred others.
COLLEAGUES = 200
WORDS = 60
# A browser holds the first 50, and up to 50 more for each term that was typed.
HELD = 2_000


def run(env, report):
    user = env["res.users"].create(
        {
            "name": "Anna Agent",
            "login": "benchmark_canned",
            "group_ids": [(4, env.ref("im_livechat.im_livechat_group_user").id)],
        }
    )
    channel = new_livechat(env, 10)
    channel._add_members(users=user, post_joined_message=False)
    channel.livechat_lang_id = env["res.lang"].search([("code", "=", "en_US")])
    _fill(env, user)
    responses = env["mail.canned.response"].with_user(user)

    def ours(term=""):
        return json.dumps(responses._get_picker_data(channel.id, term))

    def theirs():
        domain = [
            "|",
            ("create_uid", "=", user.id),
            ("group_ids", "in", user.all_group_ids.ids),
        ]
        return json.dumps(Store().add(responses.search(domain)).get_result())

    times, their_times = measure_in_turns(env, ours, theirs, rounds=21)
    report.add_faster(
        f"first list of {COUNT:,} canned responses",
        median(times),
        median(their_times),
        "ms",
        10,
    )
    report.add_faster("its bytes", len(ours()) / 1000, len(theirs()) / 1000, "kB", 50)
    _report_keys(report, json.loads(ours())["rows"])
    _keep_few(env, user)
    times, their_times = measure_in_turns(env, ours, theirs, rounds=101)
    report.add_at_most(
        f"first list of {FEW} canned responses",
        median(times),
        median(their_times),
        "ms",
        1.2,
    )


def _fill(env, user):
    """Make responses of 60 words, and the use of them, a hundred by each agent."""
    env.cr.execute(
        SQL(
            """
            INSERT INTO mail_canned_response (source, substitution, active, is_shared,
                       create_uid, create_date, shortcut_key, search_text)
            SELECT 'shortcut ' || n, text, TRUE, FALSE, %(uid)s, now(),
                   'shortcut ' || n, 'shortcut ' || n || ' ' || text
              FROM generate_series(1, %(count)s) n,
                   LATERAL (SELECT string_agg('word' || (n * i) %% 5003, ' ') AS text
                              FROM generate_series(1, %(words)s) i) words
            """,
            uid=user.id,
            count=COUNT,
            words=WORDS,
        )
    )
    env.cr.execute(
        SQL(
            """
            INSERT INTO mail_canned_response_use
                        (user_id, canned_response_id, count, last_use_date)
            SELECT users.id, response.id, 1 + response.id %% 100, now()
              FROM unnest(%(uids)s) WITH ORDINALITY AS users(id, n),
                   mail_canned_response AS response
             WHERE response.create_uid = %(uid)s
               AND response.id %% 100 = users.n %% 100
            """,
            uid=user.id,
            uids=user.ids + _make_colleagues(env),
        )
    )
    env.cr.execute("ANALYZE mail_canned_response, mail_canned_response_use")
    env.invalidate_all()


def _make_colleagues(env):
    values = [
        {"name": f"Agent {n}", "login": f"benchmark_canned_{n}"}
        for n in range(COLLEAGUES)
    ]
    return env["res.users"].with_context(no_reset_password=True).create(values).ids


def _keep_few(env, user):
    """Leave twenty responses, with what most texts hold."""
    env.cr.execute(
        SQL(
            """
            DELETE FROM mail_canned_response
             WHERE create_uid = %(uid)s AND id NOT IN (
                   SELECT id FROM mail_canned_response
                    WHERE create_uid = %(uid)s LIMIT %(few)s)
            """,
            uid=user.id,
            few=FEW,
        )
    )
    env.cr.execute("ANALYZE mail_canned_response, mail_canned_response_use")
    env.invalidate_all()


def _report_keys(report, rows):
    """Add the time of a key in Chromium, with all that a day of searching brings."""
    held = [
        {**rows[i % len(rows)], "id": i + 1, "source": f"shortcut {i}"}
        for i in range(HELD)
    ]
    slowest = measure_keys(held)
    report.add(
        f"slowest key in Chromium, {HELD:,} responses held",
        slowest,
        16,
        "ms",
        slowest / 16,
        "under 16 ms",
        slowest < 16,
    )
