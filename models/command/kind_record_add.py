from odoo import models

from ...tools.errors import CommandRefusedError, CommandUsageError
from ...tools.reply import Reply


class DiscussCommand(models.Model):
    """Add the conversation to a record that is there: ``/helpdesk HT00012 it broke``.

    Instead of making one, where a kind that ``adds`` finds a number before the text.
    """

    _inherit = "discuss.command"

    def _add_to_record(self, channel, argument, values):
        """Add the conversation to the record whose number ``argument`` begins with.

        :return: a Reply, or None where all of it is a title
        :raise CommandError: when it cannot be added
        """
        numbered = self._get_record_model()._read_number(argument)
        if numbered is None:
            return None
        records, text = numbered
        record = self._check_addable(records, argument)
        if values:
            raise CommandUsageError(
                self.env._(
                    "%(record)s is there already: ! # and @ are for what is made new."
                    " Type text alone.",
                    record=record._get_livechat_label(),
                )
            )
        added = channel._add_to(record, text)
        values = {
            "link": self._prepare_record_link(record),
            "is_added": "note_id" in added,
            "warnings": record._get_state_warnings(),
        }
        return Reply(
            "livechat_command.answer_added",
            values,
            record=record,
            undo={"added": added} if "note_id" in added else {},
        )

    def _check_addable(self, records, argument):
        """Return the one record to which a note may be added.

        :raise CommandError: alike for none and for one that may not be read
        """
        number = argument.split(None, 1)[0][:64]
        if not records:
            raise CommandUsageError(
                self.env._(
                    "%(number)s does not exist or is not open to you.", number=number
                ),
                "not_readable",
            )
        if len(records) > 1:
            raise CommandUsageError(
                self.env._(
                    "Several records have the number %(number)s: type it in full, as in"
                    " %(example)s.",
                    number=number,
                    example=records[0]._get_livechat_label(),
                ),
                "several",
            )
        name = records._get_livechat_label()
        if records._active_name and not records[records._active_name]:
            raise CommandUsageError(
                self.env._("%(record)s is archived: restore it first.", record=name),
                "archived",
            )
        if not records._may_add_note():
            raise CommandRefusedError(
                self.env._("You may read %(record)s, but not add to it.", record=name),
                "no_right_to_add",
            )
        return records

    def _prepare_record_link(self, record):
        name = record._get_livechat_full_name()
        return {"url": self._get_record_url(record), "name": name}
