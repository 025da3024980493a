from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

VISIBLE = 10_000  # readable records that are looked through one by one


class WordSearchRights(models.AbstractModel):
    """What the current user may read, as the searches ask for it."""

    _inherit = "word.search.index"

    def _may_read_all(self):
        """Tell whether the record rules leave out nothing that there is."""
        return self._is_all(
            self.env["ir.rule"]._compute_domain(self._searched_model, "read")
        )

    def _may_read_all_candidates(self):
        """Tell whether nothing is a candidate that the user may not read.

        That is when no rule holds beside the one whose branches are asked.
        """
        rules = self.env["ir.rule"]._compute_domain(self._searched_model, "read")
        parts = rules.children if _get_operator(rules) == "&" else [rules]
        others = [part for part in parts if _get_operator(part) != "|"]
        return len(parts) - len(others) == 1 and all(map(self._is_all, others))

    def _is_all(self, rule):
        """Tell whether there is no rule, or one for companies that names all."""
        if rule.is_true():
            return True
        if getattr(rule, "field_expr", "") != "company_id" or rule.operator != "in":
            return False
        field = self.env[self._searched_model]._fields["company_id"]
        if not (field.required or False in rule.value):
            return False
        # sudo: res.company - only whether there are more than the user's
        companies_sudo = self.env["res.company"].sudo().with_context(active_test=False)
        others = [("id", "not in", [each for each in rule.value if each])]
        return not companies_sudo.search(others, limit=1)

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
