"""The first list of 10,000 canned responses, against Odoo's fetch of all of them."""

import json

from odoo.tools import SQL

from odoo.addons.mail.tools.discuss import Store

from .canned_response_keys import measure_keys
from .report import measure_in_turns, median
from .transcript import new_livechat

COUNT = 10_000
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


def _fill(env, user):
    """Make responses of 60 words, and the use of a hundred of them."""
    env.cr.execute(
        SQL(
            """
            INSERT INTO mail_canned_response (source, substitution, active, is_shared,
                       create_uid, create_date, shortcut_key, search_text, use_count)
            SELECT 'shortcut ' || n, text, TRUE, FALSE, %(uid)s, now(),
                   'shortcut ' || n, 'shortcut ' || n || ' ' || text, n %% 100
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
            SELECT %(uid)s, id, use_count, now() FROM mail_canned_response
             WHERE create_uid = %(uid)s AND use_count > 98
            """,
            uid=user.id,
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
