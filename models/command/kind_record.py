from odoo import models

from ...tools.reply import Reply
from ...tools.shown import SEPARATOR

SHOWN_IN_HINT = 3


class DiscussCommand(models.Model):
    """Make a record of a model with ``livechat.origin.mixin``, such as a ticket.

    Parts of the kinds that bridges declare: the model is that of ``access``, what
    differs between two of them says the model.
    """

    _inherit = "discuss.command"

    def _get_record_model(self):
        return self.env[self._get_kind().access[0]]

    def _get_record_question(self):
        return self._get_record_model()._get_livechat_words()["question"]

    def _run_record(self, channel, argument, values):
        if self._get_kind().adds and (
            reply := self._add_to_record(channel, argument, values)
        ):
            return reply
        title = self._check_title(argument)
        records = self._get_record_model()
        record = records._create_from_livechat(channel, title, values)
        values = {
            "record": record,
            "link": self._prepare_link(record),
            "model": self._get_label_of(record._name),
        }
        undo = self._prepare_record_undo(record)
        return Reply(records._livechat_answer, values, record=record, undo=undo)

    def _find_use(self, channel, done):
        """A record of which others are duplicates now is the one that is worked on."""
        merged = getattr(done.record, "_livechat_merged", None)
        if merged and "added" not in done.values:
            # sudo: any model - whether there are any, and who said so
            records_sudo = done.record.sudo()
            if double := records_sudo.search([(merged, "=", done.record.id)], limit=1):
                return "used", double.write_uid.name
        return super()._find_use(channel, done)

    # ------------------------------------------------------------
    # HINT
    # ------------------------------------------------------------

    def _get_record_hint(self, channel):
        """Say for whom it is, what there is already, and what may be the same."""
        records = self._get_record_model()
        words = "for_reader" if channel._get_customer() else "for"
        sentence = records._get_livechat_words()[words]
        hint = sentence % {"visitor": channel._get_visitor_name()}
        last = records._search_of_livechat(channel, limit=1)
        # One that was there before is of who added the conversation.
        rows = channel._get_followups(records._name)
        made = rows.filtered(lambda row: row.res_id == last.id)[-1:] or last
        hint = self._add_already_made(hint, made, last._get_livechat_label())
        return self._add_same_email(hint, records, channel)

    def _add_same_email(self, hint, records, channel):
        """Name the records that carry a guest's address; names would be too long."""
        is_numbered = bool(records._livechat_number)
        same = is_numbered and records._search_of_same_email(channel)
        if not same:
            return hint
        shown = [each._get_livechat_label() for each in same[:SHOWN_IN_HINT]]
        numbers = ", ".join([*shown, "…"] if same[SHOWN_IN_HINT:] else shown)
        sentence = self.env._("Same e-mail, not verified: %(numbers)s", numbers=numbers)
        return f"{hint}{SEPARATOR}{sentence}"
