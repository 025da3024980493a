from odoo import api, models

from ...tools import syntax
from ...tools.errors import CommandError
from ...tools.shown import as_label
from .discuss_command import TITLE_LIMIT

ALIKE = 3


class DiscussCommand(models.Model):
    """What is listed while a title is typed: records that it may be the same as."""

    _inherit = "discuss.command"

    @api.model
    def _get_alike_data(self, channel_id, command_id, title=None):
        """Return the records that the conversation could be added to instead.

        :param channel_id: of the conversation
        :param command_id: of a command that the current user may run there
        :param str title: what was typed behind the command until now
        :return: ``rows``, each with ``number``, how the record is typed, ``label`` and
            ``help``; and, where a number is typed already, ``hint``: what Enter does
            and what to beware of
        """
        data = {"rows": [], "hint": []}
        channel, command = self._get_named(channel_id, command_id)
        if not command or not command._get_kind().adds or not isinstance(title, str):
            return data
        title = syntax.clean(title)[:TITLE_LIMIT]
        model = command._get_record_model()
        numbered = model._read_number(title)
        if numbered is not None:
            return {**data, "hint": command._get_adding_hint(channel, *numbered, title)}
        alike = model._find_alike(channel, title, ALIKE)
        same = alike and model._search_of_same_email(channel)
        rows = [self._prepare_alike(record, record in same) for record in alike]
        return {**data, "rows": [row for row in rows if row["number"]]}

    def _get_adding_hint(self, channel, records, _text, argument):
        """Return what Enter does, and what to beware of; of what it cannot do that."""
        try:
            record = self._check_addable(records, argument)
        except CommandError as error:
            return ["", str(error)]
        sentence = self.env._(
            "Adds this conversation to %(record)s",
            record=record._get_livechat_full_name(),
        )
        return [sentence, *record._get_adding_warnings(channel)]

    @api.model
    def _prepare_alike(self, record, is_unverified):
        title = record._livechat_number and record[record._livechat_title]
        title = title and as_label(title)
        state = filter(None, (record._get_contact_name(), record._get_stage_name()))
        warning = is_unverified and record._get_same_email_sentence()
        label = self.env._("Add to %(record)s", record=record._get_livechat_label())
        return {
            "number": record._get_typed_number(),
            "label": label,
            "help": " · ".join(filter(None, (title, ", ".join(state), warning))),
        }
