"""Helpdesk: finding tickets among a million, and what the search costs."""

from contextlib import contextmanager

import psycopg2

from odoo.fields import Domain
from odoo.tools import SQL

from .helpdesk_data import Tickets
from .helpdesk_queries import TicketQueries, is_right
from .livechat import new_own_livechat
from .report import measure, measure_in_turns, median

ROUNDS = 3
REPEATS = 5  # of ours, in each round
QUERIES = 20  # of each kind that is made of random tickets
JUDGED = 200  # such queries that a plain scan judges
WORST = 50  # milliseconds
FIELDS = (
    "name",
    "description",
    "partner_name",
    "partner_email",
    "partner_id.name",
    "partner_id.email",
)


def run(env, report):
    tickets = load(env, report, report.scale)
    _measure_disk(env, report)
    for user, times in ((tickets.everything, 200), (tickets.personal, 10)):
        _measure_search(env, report, tickets, user, times)
        _measure_queries(env, report, user)
    _judge_order(env, report, tickets.everything)
    _measure_vacuum(env, report)
    _measure_creation(env, report, tickets)


def load(env, report, count):
    """Return ``count`` tickets, indexed, which an earlier run may have made."""
    tickets = Tickets(env, count)
    if not tickets.are_there:
        report.say(f"Writing {count:,} tickets")
        tickets.load(report.say)
        report.say("Indexing them")
        seconds = measure(env["helpdesk.ticket.search"]._reindex_missing) / 1000
        report.say(f"Indexed in {seconds:.0f} s")
        env.cr.commit()
        _vacuum(env.cr.dbname)
    return tickets


def _vacuum(database):
    """Do what PostgreSQL does by itself some minutes after so many rows came."""
    connection = psycopg2.connect(dbname=database)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    connection.close()


def _get_queries(tickets):
    """Return the queries of each kind, one a round."""
    at, words = tickets.vocabulary.at, tickets.vocabulary.words
    near = tickets.vocabulary.words.index
    rounds = range(ROUNDS)
    common, middling = near(at(0.2)), near(at(0.01))
    last = 100_000 + tickets.count - 1
    return {
        "common word": [words[common + n] for n in rounds],
        "middling word": [words[middling + n] for n in rounds],
        "rare word": [words[-1000 * n - 500] for n in rounds],
        "absent word": [f"xylophon{n}" for n in rounds],
        "two that seldom meet": [
            f"{words[middling + n]} {words[8000 + n]}" for n in rounds
        ],
        "word of old tickets": [
            "formerly",
            "ormerl",
            "formerly he",
        ],
        "ten commonest words": [" ".join(words[n : n + 10]) for n in rounds],
        "part of a word": [words[5000 + n][1:-1] for n in rounds],
        "one letter": list("aeq"),
        "two letters": ["ba", "qu", "xq"],
        "number": [f"HT{last - 1000 * n}" for n in rounds],
        "contact": [f"example.com {words[middling + n]}" for n in rounds],
    }


def _measure_search(env, report, tickets, user, times):
    model = env["helpdesk.ticket"].with_user(user)
    all_ours, all_theirs = [], []
    for kind, queries in _get_queries(tickets).items():
        ours, theirs = [], []
        for query in queries:
            search(model, query)
            # The best of some: what else the machine does is not the search's time.
            ours.append(min(_repeat(lambda q=query: search(model, q))))
            with _without_our_index(env):
                theirs.append(measure(lambda q=query: _search_ilike(model, q)))
        all_ours += ours
        all_theirs += theirs
        name = f"search, {user.name}, {kind}"
        report.add_faster(f"{name}, median", median(ours), median(theirs), "ms", 1)
        worst = max(ours)
        ratio = max(theirs) / worst
        goal = f"<= {WORST} ms"
        met = worst <= WORST
        report.add(f"{name}, worst", worst, max(theirs), "ms", ratio, goal, met)
    name = f"search, {user.name}, all, median"
    report.add_faster(name, median(all_ours), median(all_theirs), "ms", times)


def _measure_queries(env, report, user):
    """Measure queries made of random tickets."""
    model = env["helpdesk.ticket"].with_user(user)
    for kind, queries in TicketQueries(env).make(QUERIES).items():
        ours = []
        for query in queries:
            search(model, query)
            ours.append(min(_repeat(lambda q=query: search(model, q))))
        name = f"search, {user.name}, {kind}"
        report.add_limit(f"{name}, median", median(ours), WORST)
        report.add_limit(f"{name}, worst of {len(ours)}", max(ours), WORST)


def _judge_order(env, report, user):
    """Compare the first ten with those of a plain scan, for who sees all tickets."""
    env = env(user=user)
    made = TicketQueries(env, seed=4).make(JUDGED // 10)
    queries = [query for each in made.values() for query in each]
    wrong = [query for query in queries if not is_right(env, query)]
    if wrong:
        report.say(f"Not in the documented order: {wrong}")
    share = 100 * (1 - len(wrong) / len(queries))
    name = f"first ten in the documented order, of {len(queries)} queries"
    report.add(name, share, 100, "%", share / 100, ">= 99 %", share >= 99)


def _measure_vacuum(env, report):
    """Measure the nightly look at all words, which removes those that are gone."""
    words = env["helpdesk.ticket.search.word"]

    def sweep():
        for ids in words._get_ranges():
            words._sweep(*ids)

    report.add_limit("all words looked at, once a night", measure(sweep), 60_000)


@contextmanager
def _without_our_index(env):
    """Take away what this addon adds to the tickets' own table, for Odoo's way."""
    savepoint = env.cr.savepoint(flush=False)
    env.cr.execute("DROP INDEX helpdesk_ticket__partner_id_index")
    try:
        yield
    finally:
        savepoint.close(rollback=True)


def _repeat(function):
    return [measure(function) for _ in range(REPEATS)]


def search(model, text):
    """Search as ``/helpdesk_search`` does, with an empty cache."""
    model.env.invalidate_all()
    return model._search_words(text, 10, 101)


def _search_ilike(model, text):
    """Search as the ORM would, for as many tickets as ours counts up to."""
    model.env.invalidate_all()
    if text.startswith("HT"):
        return model.search([("number", "ilike", text)], limit=101)
    return model.search(
        Domain.AND(
            Domain.OR(Domain(field, "ilike", word) for field in FIELDS)
            for word in text.split()
        ),
        limit=101,
    )


def _measure_disk(env, report):
    env.cr.execute(
        SQL(
            """SELECT sum(pg_total_relation_size(name::regclass))
                 FROM unnest(ARRAY['helpdesk_ticket_search',
                                   'helpdesk_ticket_search_word']) name"""
        )
    )
    [added] = env.cr.fetchone()
    env.cr.execute(
        SQL(
            """SELECT sum(octet_length(concat_ws(' ', t.name,
                            regexp_replace(t.description, '<[^>]*>', ' ', 'g'),
                            t.partner_name, t.partner_email, p.name, p.email))),
                      pg_relation_size('helpdesk_ticket__partner_id_index')
                 FROM helpdesk_ticket t
            LEFT JOIN res_partner p ON p.id = t.partner_id"""
        )
    )
    text, contact_index = env.cr.fetchone()
    megabytes = (float(added) + contact_index) / 2**20
    report.add_at_most(
        "disk of the search, against the searched text",
        megabytes,
        text / 2**20,
        "MB",
        2.5,
        at_size=True,
    )


def _measure_creation(env, report, tickets):
    channel = new_own_livechat(env, tickets.everything, 100)
    env["helpdesk.ticket.team"].search([], limit=1).use_livechat = True
    model = env["helpdesk.ticket"].with_user(tickets.everything)

    def ours():
        model.create(model._prepare_livechat_values(channel, "Broken mouse"))

    def theirs():
        original = type(model)._update_word_search
        type(model)._update_word_search = lambda self: None
        try:
            ours()
        finally:
            type(model)._update_word_search = original

    name = "ticket with a transcript of 100 messages, with and without index"
    times = measure_in_turns(env, ours, theirs, 60)
    report.add_at_most(name, *times, "ms", 1.3)
