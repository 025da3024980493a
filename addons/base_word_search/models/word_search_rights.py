from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

VISIBLE = 10_000  # readable records that are looked through one by one


class WordSearchRights(models.AbstractModel):
    """What the current user may read, as the searches ask for it."""

    _inherit = "word.search.index"

    def _get_candidate_select(self):
        """Return the SELECT of ids among which is all that the current user may read.

        None when the record rules do not narrow it down. Their branches are asked one
        by one: joined by OR they take a second among a million records.
        """
        model = self.env[self._searched_model]
        rules = self.env["ir.rule"]._compute_domain(model._name, "read")
        selects = [self._select_branch(each) for each in self._get_branches(rules)]
        return SQL(" UNION ").join(selects) if selects else None

    def _get_branches(self, domain):
        """Return domains of whose OR ``domain`` is a part, if there is an OR in it."""
        operator = getattr(domain, "OPERATOR", "")
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
