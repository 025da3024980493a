"""Look-alikes: how often a ticket's double is seen, and what finding it costs."""

import random
from dataclasses import dataclass

from odoo.fields import Domain
from odoo.tools import SQL

from .helpdesk import load
from .helpdesk_queries import TicketQueries
from .likeness_data import KINDS, Titles
from .report import measure_anew, median

INCIDENTS = 1_000
EVERY = 10  # of the incidents is told again
CUSTOMERS = 250
ROWS = 3
QUERIES = 50  # titles, titles of other tickets, and mistyped words of those
ROUNDS = 3
WORST = 50  # milliseconds
SAME, OTHER = "by the same customer", "by another customer"
GOALS = {SAME: 90, OTHER: 60}  # percent


@dataclass
class Double:
    """A title that is typed for what a ticket is there for already."""

    ticket_id: int
    title: str
    kind: str
    customer_id: int | None  # None: one who has no ticket yet
    by: str


def run(env, report):
    agents = load(env, report, report.scale)
    titles = Titles()
    doubles = _make_doubles(env, agents, titles)
    _report_found(env["helpdesk.ticket"].with_user(agents.everything), report, doubles)
    count = min(QUERIES, report.scale // 1000)
    others = TicketQueries(env, seed=6).make(count)
    typed = [double.title for double in doubles[:count]] + others["a title"]
    wrong = [titles.mistype(words) for words in others["two words of a ticket"]]
    for user in (agents.everything, agents.personal):
        tickets = env["helpdesk.ticket"].with_user(user)
        name = f"look-alikes, {user.name}"
        _report_times(report, name, tickets, tickets._find_similar, typed)
        name = f"did you mean, {user.name}"
        _report_times(report, name, tickets, tickets._suggest_words, wrong)


def _make_doubles(env, agents, titles):
    """Write a ticket for each incident, and return what is typed for some again."""
    incidents = [titles.make_incident() for _ in range(INCIDENTS)]
    customer_ids = _make_customers(env)
    ids = _write_tickets(env, agents, incidents, customer_ids)
    doubles = []
    for n, at in enumerate(range(0, INCIDENTS, EVERY)):
        kind = KINDS[n % len(KINDS)]
        by = OTHER if n % (2 * len(KINDS)) // len(KINDS) else SAME
        customer_id = customer_ids[at % CUSTOMERS] if by == SAME else None
        title = titles.make_double(incidents[at], kind)
        doubles.append(Double(ids[at], title, kind, customer_id, by))
    return doubles


def _make_customers(env):
    values = [{"name": f"Customer {n}"} for n in range(CUSTOMERS)]
    return env["res.partner"].create(values).ids


def _write_tickets(env, agents, incidents, customer_ids):
    """Write open tickets as the million was written, and index them."""
    chance = random.Random(7)
    stage = env["helpdesk.ticket.stage"].search([("closed", "=", False)], limit=1)
    env.flush_all()
    rows = [
        SQL(
            "(%s, %s, %s, %s, %s, %s)",
            f"DB{10_000 + n}",
            incident.title,
            f"<p>{agents.vocabulary.sentence(chance, 70)}</p>",
            customer_ids[n % CUSTOMERS],
            stage.id,
            agents.everything.id,
        )
        for n, incident in enumerate(incidents)
    ]
    written = env.execute_query(
        SQL(
            "INSERT INTO helpdesk_ticket (number, name, description, partner_id,"
            " stage_id, user_id) VALUES %s RETURNING id",
            SQL(", ").join(rows),
        )
    )
    ids = [row[0] for row in written]
    env["helpdesk.ticket"].browse(ids)._update_word_search()
    _clean_indexes(env)
    return ids


def _clean_indexes(env):
    """Do what PostgreSQL does by itself some minutes after rows came."""
    env.cr.execute(
        """SELECT gin_clean_pending_list(i.indexrelid)
             FROM pg_index i
             JOIN pg_class c ON c.oid = i.indexrelid
             JOIN pg_am am ON am.oid = c.relam AND am.amname = 'gin'
            WHERE i.indrelid = 'helpdesk_ticket_search'::regclass"""
    )


def _get_rows(tickets, double):
    """Return what the list shows: this customer's open ones first, then like ones."""
    found = tickets.browse()
    if double.customer_id:
        own = Domain("partner_id", "=", double.customer_id) & Domain(
            "closed", "=", False
        )
        found = tickets._find_similar(double.title, ROWS, own)
        found |= tickets.search(own, limit=ROWS)
    return (found | tickets._find_similar(double.title, ROWS))[:ROWS]


def _report_found(tickets, report, doubles):
    seen = {}
    for double in doubles:
        is_seen = double.ticket_id in _get_rows(tickets, double).ids
        seen.setdefault((double.by, double.kind), []).append(is_seen)
    for by, goal in GOALS.items():
        for kind in KINDS:
            report.say(f"Seen, {by}, {kind}: {_get_share(seen[by, kind]):.0f} %")
        share = _get_share([each for kind in KINDS for each in seen[by, kind]])
        name = f"a double {by} among the first {ROWS}"
        met, ratio = share >= goal, share / goal
        report.add(name, share, goal, "%", ratio, f">= {goal} %", met, at_size=True)


def _get_share(are_seen):
    return 100 * sum(are_seen) / len(are_seen)


def _report_times(report, name, tickets, find, texts):
    """Add the time of the slowest; of each the median of some."""
    times = [
        measure_anew(tickets.env, lambda text=text: find(text, limit=ROWS), ROUNDS)
        for text in texts
    ]
    report.add_limit(f"{name}, median", median(times), WORST)
    report.add_limit(f"{name}, worst of {len(times)}", max(times), WORST)
