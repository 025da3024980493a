"""What a run came to: as counts, and as a table."""

import collections
import re
import statistics

QUERIES = {
    "messages": (
        "SELECT substring(body from 'zq[0-9a-f]{32}') FROM mail_message"
        " WHERE body LIKE '%zq%'"
    ),
    "notes": (
        "SELECT (regexp_matches(livechat_note, 'zq[0-9a-f]{32}', 'g'))[1]"
        " FROM discuss_channel"
    ),
    "tickets": "SELECT name FROM helpdesk_ticket WHERE name LIKE 'zq%'",
    "leads": "SELECT name FROM crm_lead WHERE name LIKE 'zq%'",
}
RETRY = re.compile(r"bad query: b?['\"]\s*(\w+)[^\"]*?\"(\w+)\"")
# A query without quotes, which is ours.
PLAIN = re.compile(r"bad query: b?['\"](?:\\n|\s)*((?:[A-Z]+\s+)+\w+)")


def count_rows(store, database, *records):
    """Return how many of the words promised are in no row, and in more than one."""
    lost = doubled = 0
    for place, query in QUERIES.items():
        words = set().union(*(record.promised[place] for record in records))
        if not words:
            continue
        rows = collections.Counter(store.query(query, database).split())
        lost += sum(word not in rows for word in words)
        doubled += sum(rows[word] > 1 for word in words)
    return lost, doubled


def count_retries(log):
    """Return how many requests were repeated, by what the failed query did."""
    retries = collections.Counter()
    query = "?"
    for line in log.read_text(errors="replace").splitlines():
        if "bad query:" in line:
            match = RETRY.search(line)
            plain = PLAIN.search(line)
            query = " ".join(match.groups()) if match else plain[1] if plain else "?"
        if "tries left, try again" in line:
            retries[query] += 1
    return retries


def rows(name, record):
    """Yield the table's rows of one side."""
    every = [each for times in record.seconds.values() for each in times]
    for action, times in [*sorted(record.seconds.items()), ("all", every)]:
        if times:
            median, p95 = statistics.median(times), _percentile(times, 95)
            yield (
                f"| {name} | {action} | {len(times)} | {median * 1000:.0f} ms"
                f" | {p95 * 1000:.0f} ms |"
            )


def _percentile(times, percent):
    return sorted(times)[min(len(times) * percent // 100, len(times) - 1)]
