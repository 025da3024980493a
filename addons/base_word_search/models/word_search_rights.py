import logging
import time

import psycopg2

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, ormcache

_logger = logging.getLogger(__name__)

VISIBLE = 10_000  # readable records that are looked through one by one
COUNT_TIME = 100  # milliseconds to tell that they are no more, once an hour
AGAIN = 60  # seconds after which that is tried again, where it was given up


class WordSearchRights(models.AbstractModel):
    """What the current user may read, as the searches ask for it."""

    _inherit = "word.search.index"

    def _may_read_all(self):
        """Tell whether the record rules leave out nothing that there is."""
        return self._is_all(self._get_rules())

    def _may_read_all_candidates(self):
        """Tell whether nothing is a candidate that the user may not read.

        That is when no rule holds beside the one whose branches are asked, and when
        none has branches: then it is asked itself.
        """
        rules = self._get_rules()
        parts = rules.children if _get_operator(rules) == "&" else [rules]
        others = [part for part in parts if _get_operator(part) != "|"]
        with_branches = len(parts) - len(others)
        return not with_branches or (
            with_branches == 1 and all(map(self._is_all, others))
        )

    def _is_all(self, rule):
        """Tell whether there is no rule, or one for companies that names all."""
        if rule.is_true():
            return True
        if getattr(rule, "field_expr", "") != "company_id" or rule.operator != "in":
            return False
        # Where each record has a company, the rule does not name none.
        field = self.env[self._searched_model]._fields["company_id"]
        if not (field.required or False in rule.value):
            return False
        # sudo: res.company - only whether there are more than the user's
        companies_sudo = self.env["res.company"].sudo().with_context(active_test=False)
        others = [("id", "not in", [each for each in rule.value if each])]
        return not companies_sudo.search(others, limit=1)

    def _get_candidate_select(self):
        """Return the SELECT of ids among which is all that the current user may read.

        None when that is all, or probably more than is looked through one by one.
        """
        rules = self._get_rules()
        if rules.is_true():
            return None
        companies, moment = tuple(self.env.companies.ids), int(time.time() // AGAIN)
        if not self._may_read_few(companies, moment):
            return None
        return self._select_candidates(rules)

    def _get_rules(self):
        """Return the domain of what the current user may read."""
        return self.env["ir.rule"]._compute_domain(self._searched_model, "read")

    @api.model
    @ormcache("self.env.uid", "companies", "moment")
    def _may_read_few(self, companies, moment):
        """Tell whether the current user may read no more than is looked through.

        Where to count takes too long, no; until it is tried again: the first one may
        have to read from the disk what the next one finds in memory.

        :param tuple companies: the ids of those that the user works in
        :param int moment: since when the answer holds
        """
        try:
            return self._count_few(companies, moment * AGAIN // 3600)
        except psycopg2.errors.QueryCanceled:
            _logger.debug("Too slow to count what may be read: %s", self._name)
            return False

    @api.model
    @ormcache("self.env.uid", "companies", "hour")
    def _count_few(self, companies, hour):
        """Tell whether the current user may read no more than is looked through.

        To count them takes some milliseconds, which all would wait for who may read
        much. What is kept too long makes searches slower, and no other.

        :raise psycopg2.errors.QueryCanceled: when it takes too long; that is not kept
        """
        rules = self._get_rules()
        if self._is_all(rules):
            return False
        candidates = self._select_candidates(rules)
        query = SQL("SELECT FROM (%s) c LIMIT %s", candidates, VISIBLE + 1)
        with self._by(time.monotonic() + COUNT_TIME / 1000):
            # Where there are very many, the first that come are enough.
            self.env.cr.execute("SET LOCAL enable_seqscan = on")
            [(count,)] = self._execute(SQL("SELECT count(*) FROM (%s) c", query))
        return count <= VISIBLE

    def _select_candidates(self, rules):
        """Return the SELECT of ids among which are those that ``rules`` allow.

        Their branches are asked one by one: joined by OR they take a second among a
        million records.
        """
        branches = self._get_branches(rules) or [rules]
        return SQL(" UNION ").join(map(self._select_branch, branches))

    def _get_branches(self, domain):
        """Return domains of whose OR ``domain`` is a part, if there is an OR in it."""
        operator = _get_operator(domain)
        if operator == "|":
            return list(domain.children)
        if operator == "&":
            return next(filter(None, map(self._get_branches, domain.children)), [])
        return []

    def _select_branch(self, branch):
        model = self.env[self._searched_model]
        field = getattr(branch, "field_expr", "")
        if field == "message_partner_ids" and branch.operator in ("=", "in"):
            # What one follows is known without looking at the records.
            domain = Domain("res_model", "=", model._name) & Domain(
                "partner_id", branch.operator, branch.value
            )
            model, column = self.env["mail.followers"], "res_id"
        else:
            domain, column = branch, "id"
        # sudo: ids of a branch of the record rules - who may read what is listed is
        # asked of the rules as a whole
        query = model.sudo()._search(domain, limit=VISIBLE + 1)
        query.order = None
        return SQL("(%s)", query.select(SQL.identifier(query.table, column)))

    def _get_visible_select(self, domain=()):
        """Return the SELECT of a row when the current user may read record ``m.id``.

        And ``domain`` allows it.

        OFFSET keeps PostgreSQL from joining whole tables.
        """
        query = self.env[self._searched_model]._search(domain, order="id")
        return SQL(
            "SELECT TRUE AS is_visible FROM %s WHERE %s AND %s = m.id OFFSET 0",
            query.from_clause,
            query.where_clause or SQL("TRUE"),
            SQL.identifier(query.table, "id"),
        )


def _get_operator(domain):
    return getattr(domain, "OPERATOR", "")
