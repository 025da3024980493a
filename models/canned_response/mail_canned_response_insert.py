from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.mail.tools.discuss import Store

from ..res_lang import is_same_language


class MailCannedResponse(models.Model):
    """What happens when a response is put into a message, and sent."""

    _inherit = "mail.canned.response"

    use_count = fields.Integer(
        "Times Used", compute="_compute_use", search="_search_use_count"
    )
    last_use_date = fields.Datetime("Last Use", compute="_compute_use")
    use_total = fields.Integer(
        "Times Used Until Last Night",
        readonly=True,
        copy=False,
        prefetch=False,
        help="How often all users together used it: orders the list in the composer.",
    )

    @api.model
    def _choose_text(self, lang_code, texts):
        """Choose the text in the visitor's language, else the Substitution.

        :param str lang_code: of the visitor, or ``""``
        :param texts: pairs of a ``res.lang`` id, or a false value, and a text; the
            Substitution comes first
        :return: ``text``, and ``lang``, the name of its language where that is not the
            visitor's
        """
        Lang = self.env["res.lang"]
        langs = [Lang._get_code_and_name(lang_id) for lang_id, _text in texts]
        codes = [code for code, _name in langs]
        index = next(
            (
                index
                for is_wanted in (str.__eq__, is_same_language)
                for index, code in enumerate(codes)
                if code and lang_code and is_wanted(code, lang_code)
            ),
            0,
        )
        code, name = langs[index]
        is_foreign = code and lang_code and not is_same_language(code, lang_code)
        return {
            "text": texts[index][1],
            "lang": name.split(" / ")[-1] if is_foreign else False,
        }

    def _render_for(self, channel, record=None):
        """Return the response as it is put into the composer of a conversation.

        :param channel: the ``discuss.channel``
        :param record: what a command just created: its placeholders get its values
        :return: ``{"id", "source", "text", "files"}``; blanks are left as ``⟦label⟧``
        """
        self.ensure_one()
        # sudo: mail.canned.response.text - whoever reads a response reads its texts
        texts_sudo = self.sudo().text_ids
        texts = [
            (self.lang_id.id, self.substitution),
            *sorted((text.lang_id.id, text.substitution) for text in texts_sudo),
        ]
        Placeholder = self.env["mail.canned.response.placeholder"]
        lang_code = Placeholder._get_visitor_lang_code(channel)
        text = self._choose_text(lang_code, texts)["text"]
        return {
            "id": self.id,
            "source": self.source,
            # Closed ones too: the browser asks for them, and says what is missing.
            "files": self._get_files_sudo().mapped("name"),
            "text": Placeholder._fill_in(text, channel, record),
        }

    def prepare_attachments(self):
        """Copy the response's files, for a message of the current user.

        A message gets copies: its attachments are open to the visitor, and deleting one
        there must not take it away from the response.

        :return: ``{"store_data", "attachment_ids"}``, as Odoo's upload route does
        """
        self.ensure_one()
        self.check_access("read")
        files = self._get_files().copy(
            {"res_model": "mail.compose.message", "res_id": 0}
        )
        store = Store().add(files, extra_fields=files._get_store_ownership_fields())
        return {"store_data": store.get_result(), "attachment_ids": files.ids}

    def _compute_use(self):
        # sudo: mail.canned.response.use - the sums of all, of nobody by name
        groups = (
            self.env["mail.canned.response.use"]
            .sudo()
            ._read_group(
                [("canned_response_id", "in", self.ids)],
                ["canned_response_id"],
                ["count:sum", "last_use_date:max"],
            )
        )
        use = {response.id: values for response, *values in groups}
        for response in self:
            count, last_use_date = use.get(response.id, (0, False))
            response.use_count = count
            response.last_use_date = last_use_date

    @api.model
    def _search_use_count(self, operator, value):
        if operator not in ("in", "not in", "<", "<=", ">", ">="):
            return NotImplemented
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s %s %s",
                model._field_to_sql(alias, "use_count", query),
                SQL(operator.upper()),
                tuple(value) if "in" in operator else value,
            )
        )

    def _field_to_sql(self, alias, field_expr, query=None):
        """The list is sorted by use, too, and searched by it."""
        if field_expr not in ("use_count", "last_use_date"):
            return super()._field_to_sql(alias, field_expr, query)
        use = self.env["mail.canned.response.use"]._fields
        value = SQL("COALESCE(SUM(count), 0)")
        if field_expr == "last_use_date":
            value = SQL("MAX(last_use_date)")
        return SQL(
            "(SELECT %s FROM mail_canned_response_use WHERE canned_response_id = %s)",
            value,
            SQL.identifier(alias, "id"),
            to_flush=[use["count"], use["last_use_date"]],
        )

    def count_use(self):
        """Count one use of each response by the current user.

        In a row that is the user's alone: Odoo writes into the response's own row when
        a message is posted, and who else writes there makes the customer's message wait
        for a second try.
        """
        responses = self.exists()
        responses.check_access("read")
        if not responses:
            return
        # Atomic in SQL: two conversations may send at once, nobody may write uses by
        # the ORM, and a use is no change that browsers must hear of.
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO mail_canned_response_use AS mine
                       (user_id, canned_response_id, count, last_use_date)
                SELECT %(uid)s, id, 1, now() AT TIME ZONE 'UTC'
                  FROM unnest(%(ids)s) AS id
                    ON CONFLICT (user_id, canned_response_id)
                    DO UPDATE SET count = mine.count + 1,
                                  last_use_date = excluded.last_use_date
                """,
                uid=self.env.uid,
                ids=sorted(set(responses.ids)),
            )
        )
        responses.invalidate_recordset(["use_count", "last_use_date"], flush=False)
        self.env["mail.canned.response.use"].invalidate_model(flush=False)

    @api.autovacuum
    def _sum_up_use(self):
        """Note how often each response was used, for the order of everybody's list.

        Once a night: to add it up for each list takes longer with each user, and to
        keep it up to date makes those who send the same response wait for each other.
        """
        # By SQL: a use is no change that browsers must hear of.
        self.env.cr.execute(
            """
            UPDATE mail_canned_response AS response SET use_total = used.total
              FROM (SELECT each.id, COALESCE(SUM(count), 0) AS total
                      FROM mail_canned_response AS each
                 LEFT JOIN mail_canned_response_use ON canned_response_id = each.id
                     GROUP BY each.id) AS used
             WHERE used.id = response.id
               AND COALESCE(response.use_total, 0) != used.total
            """
        )
        self.invalidate_model(["use_total"], flush=False)
