"""Makes tickets whose words are as frequent as those of a language (Zipf's law)."""

import io
import math
import random

from odoo.tools import SQL

WORDS = 60_000
DESCRIPTION = range(55, 90)  # words
TITLE = range(3, 8)
CONTACTS = 20_000
PERSONAL = 3_000  # tickets of the agent with Personal rights
BATCH = 20_000

_SYLLABLES = [
    *("ba", "be", "bi", "bo", "bu", "ca", "ce", "co", "da", "de", "di", "do", "fa"),
    *("fe", "fi", "ga", "ge", "go", "ha", "he", "hi", "ja", "jo", "ka", "ke", "ki"),
    *("la", "le", "li", "lo", "lu", "ma", "me", "mi", "mo", "na", "ne", "ni", "no"),
    *("pa", "pe", "pi", "po", "ra", "re", "ri", "ro", "sa", "se", "si", "so", "su"),
    *("ta", "te", "ti", "to", "tu", "va", "ve", "vi", "vo", "wa", "we", "za", "ze"),
    *("zo", "chi", "cla", "dri", "fra", "gro", "pla", "qui", "spe", "stra", "tion"),
]
_ACCENTS = str.maketrans({"e": "é", "a": "à", "o": "ö"})


class Vocabulary:
    """Words by rank: the first is the most frequent."""

    def __init__(self, seed=1):
        chance = random.Random(seed)
        words = dict.fromkeys(_SYLLABLES[:40])
        while len(words) < WORDS:
            count = 2 + (len(words) > 2_000) + (chance.random() < 0.3)
            word = "".join(chance.choices(_SYLLABLES, k=count))
            words[word.translate(_ACCENTS) if chance.random() < 0.04 else word] = None
        self.words = list(words)
        self.log = math.log(len(self.words))

    def sentence(self, chance, count):
        exp, log, words, rank = math.exp, self.log, self.words, chance.random
        return " ".join([words[int(exp(rank() * log)) - 1] for _ in range(count)])

    def at(self, share):
        """Return the word that is in about this share of the tickets."""
        mean = (DESCRIPTION[0] + DESCRIPTION[-1] + TITLE[0] + TITLE[-1]) / 2
        rank = mean / (self.log * -math.log1p(-share))
        return self.words[min(int(rank), len(self.words) - 1)]


class Tickets:
    """The data set, with agents and contacts, in the database of ``env``."""

    def __init__(self, env, count):
        self.env, self.count = env, count
        self.vocabulary = Vocabulary()
        self.personal = self._get_agent("personal", "group_helpdesk_user_own")
        self.everything = self._get_agent("everything", "group_helpdesk_user")

    @property
    def are_there(self):
        """Whether an earlier run made them, in a database that was kept."""
        tickets = self.env["helpdesk.ticket"]
        return bool(tickets.search([("user_id", "=", self.personal.id)], limit=1))

    def _get_agent(self, login, group):
        users = self.env["res.users"]
        if user := users.search([("login", "=", f"benchmark_{login}")]):
            return user
        groups = ("im_livechat.im_livechat_group_user", f"helpdesk_mgmt.{group}")
        return users.create(
            {
                "name": login.title(),
                "login": f"benchmark_{login}",
                "group_ids": [(4, self.env.ref(each).id) for each in groups],
            }
        )

    def _make_contacts(self):
        self.env.flush_all()
        chance = random.Random(2)
        names = [
            self.vocabulary.sentence(chance, 2).title()
            for _ in range(min(CONTACTS, self.count))
        ]
        rows = self.env.execute_query(
            SQL(
                """INSERT INTO res_partner (name, complete_name, email, active, type)
                   SELECT name, name, replace(lower(name), ' ', '.') || '@example.com',
                          TRUE, 'contact'
                     FROM unnest(%s) name RETURNING id""",
                names,
            )
        )
        return [row[0] for row in rows]

    def load(self, say):
        """Write the tickets by COPY, as a merge of databases would, and index none."""
        self._set_defaults()
        self.contact_ids = self._make_contacts()
        for start in range(0, self.count, BATCH):
            size = min(BATCH, self.count - start)
            self._copy(start, size)
            if (start + size) % 200_000 == 0:
                say(f"{start + size:,} tickets written")
        self._make_followers()
        self.env.cr.execute(
            "ANALYZE helpdesk_ticket; ANALYZE res_partner; ANALYZE mail_followers"
        )
        self.env.invalidate_all()

    def _make_followers(self):
        """Have those follow a ticket to whom it is assigned, as the ORM does."""
        self.env.cr.execute(
            """INSERT INTO mail_followers (res_model, res_id, partner_id)
               SELECT 'helpdesk.ticket', t.id, u.partner_id
                 FROM helpdesk_ticket t
                 JOIN res_users u ON u.id = t.user_id
            LEFT JOIN mail_followers f ON f.res_model = 'helpdesk.ticket'
                                      AND f.res_id = t.id
                                      AND f.partner_id = u.partner_id
                WHERE f.id IS NULL"""
        )

    def _copy(self, start, size):
        chance = random.Random(start)
        stages = self.env["helpdesk.ticket.stage"].search([]).ids
        every = max(self.count // PERSONAL, 1)
        buffer = io.StringIO()
        for number in range(start, start + size):
            title = self.vocabulary.sentence(chance, chance.choice(TITLE))
            body = self.vocabulary.sentence(chance, chance.choice(DESCRIPTION))
            if number < self.count // 10 and number % 2:
                body += " formerly"
            owner = self.personal.id if number % every == 0 else self.everything.id
            contact = chance.choice(self.contact_ids)
            stage = chance.choice(stages)
            buffer.write(
                f"HT{number + 100_000}\t{title.capitalize()}\t<p>{body}</p>"
                f"\t{contact}\t{stage}\t{owner}\n"
            )
        buffer.seek(0)
        self.env.cr._obj.copy_expert(self._copy_statement(), buffer)

    def _copy_statement(self):
        """Return the COPY; what all tickets share comes as the defaults of columns."""
        return (
            "COPY helpdesk_ticket (number, name, description, partner_id, stage_id,"
            " user_id) FROM STDIN"
        )

    def _set_defaults(self):
        team = self.env["helpdesk.ticket.team"].create({"name": "Support"})
        company = self.env.company.id
        for column, value in {
            "team_id": team.id,
            "company_id": company,
            "sequence": 10,
            "active": True,
            "priority": "1",
        }.items():
            self.env.cr.execute(
                SQL(
                    "ALTER TABLE helpdesk_ticket ALTER COLUMN %s SET DEFAULT %s",
                    SQL.identifier(column),
                    value,
                )
            )
