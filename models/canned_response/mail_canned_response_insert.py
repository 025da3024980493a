from odoo import models
from odoo.tools import SQL

from odoo.addons.mail.tools.discuss import Store

from ...tools import placeholders


class MailCannedResponse(models.Model):
    """What happens when a response is put into a message, and sent."""

    _inherit = "mail.canned.response"

    def prepare_attachments(self):
        """Copy the response's files, for a message of the current user.

        A message gets copies: its attachments are open to the visitor, and deleting one
        there must not take it away from the response.

        :return: ``{"store_data", "attachment_ids"}``, as Odoo's upload route does
        """
        self.ensure_one()
        self.check_access("read")
        files = self.attachment_ids.copy(
            {"res_model": "mail.compose.message", "res_id": 0}
        )
        store = Store().add(files, extra_fields=files._get_store_ownership_fields())
        return {"store_data": store.get_result(), "attachment_ids": files.ids}

    def count_use(self):
        """Count one use of each response by the current user."""
        responses = self.exists()
        responses.check_access("read")
        if not responses:
            return
        # Atomic in SQL: two conversations may send at once, operators may not write to
        # shared responses, and a use is no change that browsers must hear of.
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO mail_canned_response_use AS mine
                       (user_id, canned_response_id, count, last_use_date)
                SELECT %(uid)s, id, 1, now() AT TIME ZONE 'UTC'
                  FROM mail_canned_response WHERE id IN %(ids)s
                    ON CONFLICT (user_id, canned_response_id)
                    DO UPDATE SET count = mine.count + 1,
                                  last_use_date = excluded.last_use_date
                """,
                uid=self.env.uid,
                ids=tuple(responses.ids),
            )
        )
        self.env.cr.execute(
            SQL(
                """
                UPDATE mail_canned_response
                   SET use_count = COALESCE(use_count, 0) + 1,
                       last_use_date = now() AT TIME ZONE 'UTC'
                 WHERE id IN %s
                """,
                tuple(responses.ids),
            )
        )
        responses.invalidate_recordset(["use_count", "last_use_date"], flush=False)
        self.env["mail.canned.response.use"].invalidate_model(flush=False)

    def _choose_text(self, lang_code, texts):
        """Choose the text in the visitor's language, else the Substitution.

        :param str lang_code: of the visitor, or ``""``
        :param texts: those of this response in other languages
        :return: ``text``, and ``lang``, the name of its language where that is not the
            visitor's
        """
        self.ensure_one()
        own = [(self.lang_id, self.substitution)]
        texts = own + [(text.lang_id, text.substitution) for text in texts]
        lang, text = next(
            (
                candidate
                for is_same in (_is_same_lang, _is_same_base_lang)
                for candidate in texts
                if is_same(candidate[0], lang_code)
            ),
            own[0],
        )
        is_foreign = lang and lang_code and not _is_same_base_lang(lang, lang_code)
        return {
            "text": text,
            "lang": lang.name.split(" / ")[-1] if is_foreign else False,
        }

    def _render_for(self, channel, record=None):
        """Return the response as it is put into the composer of a conversation.

        :param channel: the ``discuss.channel``
        :param record: what a command just created: its placeholders get its values
        :return: ``{"id", "source", "text", "files"}``, or None when the current user
            may not read the response; blanks are left as ``⟦label⟧``
        """
        self.ensure_one()
        if not self.exists() or not self.has_access("read"):
            return None
        Placeholder = self.env["mail.canned.response.placeholder"]
        lang_code = Placeholder._get_visitor_lang_code(channel)
        text = self._choose_text(lang_code, self.text_ids)["text"]
        return {
            "id": self.id,
            "source": self.source,
            "files": self.attachment_ids.mapped("name"),
            "text": placeholders.render(
                text,
                Placeholder._get_values(channel, record),
                {name: p.label for name, p in Placeholder._get_placeholders().items()},
            ),
        }


def _is_same_lang(lang, code):
    return bool(code) and lang.code == code


def _is_same_base_lang(lang, code):
    return bool(code) and bool(lang) and lang.code.split("_")[0] == code.split("_")[0]
