from odoo import models

from ...tools import undo
from ...tools.errors import Refusal
from ...tools.shown import as_label
from ...tools.sudo import clean_sudo


class DiscussCommand(models.Model):
    """Undo for kinds that make a record, or add the conversation to one.

    The record is archived where its model has that, else deleted; what came with it
    (copied files, activities of automation, its place in the follow-up) goes. Number
    and messages stay on it, and notifications that have left.

    A kind declares ``undo="_undo_record", against_undo="_get_record_obstacle"``, and
    gives ``undo=self._prepare_record_undo(record)`` to its Reply.
    """

    _inherit = "discuss.command"

    def _prepare_record_undo(self, record):
        """Return ``Reply.undo`` for ``record``, just made.

        :return: None where the current user could not take it back
        """
        operation = "write" if record._active_name else "unlink"
        return {"is_made": True} if record.has_access(operation) else None

    # ------------------------------------------------------------
    # WHAT IS AGAINST IT
    # ------------------------------------------------------------

    def _get_record_obstacle(self, channel, done):
        """Tell what became of the record since, if that is against taking it back.

        :rtype: ~...tools.errors.Refusal or None
        """
        record = done.record
        if not record or not record.has_access("read"):
            return Refusal(
                "gone",
                self.env._(
                    "What was made does not exist any more or is not open to you."
                ),
            )
        if "added" not in done.values and not self._is_active(record):
            return Refusal(
                "archived",
                self.env._(
                    "%(record)s was archived already.",
                    record=as_label(record.display_name),
                ),
            )
        barrier = done.barrier and (done.barrier, "")
        code, who = barrier or self._find_trace(channel, done)
        if not code:
            return None
        return Refusal(code, self._get_trace_sentence(code, record, who))

    def _is_active(self, record):
        return not record._active_name or record[record._active_name]

    def _get_trace_sentence(self, code, record, who):
        name = as_label(record.display_name)
        who = who or self.env._("Unknown")  # such as a user who was deleted
        return {
            undo.MAILED: self.env._(
                "This can no longer be undone: an e-mail about %(record)s has been"
                " sent.",
                record=name,
            ),
            undo.SEEN: self.env._(
                "This can no longer be undone: the customer has seen %(record)s.",
                record=name,
            ),
            "changed": self.env._(
                "This can no longer be undone: %(who)s has changed %(record)s.",
                who=who,
                record=name,
            ),
            "message": self.env._(
                "This can no longer be undone: %(who)s has written on %(record)s.",
                who=who,
                record=name,
            ),
            "activity": self.env._(
                "This can no longer be undone: %(who)s has planned an activity on"
                " %(record)s.",
                who=who,
                record=name,
            ),
            "attachment": self.env._(
                "This can no longer be undone: %(who)s has attached a file to"
                " %(record)s.",
                who=who,
                record=name,
            ),
            "conversation": self.env._(
                "This can no longer be undone: another conversation was added to"
                " %(record)s.",
                record=name,
            ),
            "continued": self.env._(
                "This can no longer be undone: more of this conversation was added to"
                " %(record)s.",
                record=name,
            ),
            "used": self.env._(
                "This can no longer be undone: %(who)s has used %(record)s elsewhere.",
                who=who,
                record=name,
            ),
        }[code]

    # ------------------------------------------------------------
    # TAKE BACK
    # ------------------------------------------------------------

    def _undo_record(self, channel, done):
        """Archive or delete the record, or take off it what was added.

        :return: who has been told of it, as a sentence, or None
        """
        if added := done.values.get("added"):
            self._undo_addition(channel, done.record, added)
            return None
        sentence = self._get_told_sentence(done)
        self._drop_what_came_along(channel, done)
        record = done.record
        if record._active_name:
            record.write(self._prepare_archive_values(record))
            record.flush_recordset()  # what refuses it does so now
        else:
            record.unlink()
        self._refresh_panel(channel)
        return sentence

    def _prepare_archive_values(self, record):
        """Return what archives ``record``, which is as if it had never been made.

        Nor is it the conversation's any more: reports would count it.
        """
        is_linked = "origin_channel_id" in record._fields
        link = {"origin_channel_id": False} if is_linked else {}
        return {record._active_name: False, **link}

    def _drop_what_came_along(self, channel, done):
        """Delete what was made with the record: it has the date of the run."""
        # sudo: discuss.channel.followup - of the current user's own run
        followups_sudo = clean_sudo(self.env["discuss.channel.followup"])
        on_record = self._get_domain_on(done.record)
        followups_sudo.search([*on_record, ("channel_id", "=", channel.id)]).unlink()
        for name in ("ir.attachment", "mail.activity"):
            # sudo: any model - what the current user's own run made on the record
            rows_sudo = clean_sudo(self.env[name]).search(
                [*on_record, ("create_date", ">=", done.date)]
            )
            # The database compares to the microsecond, domains to the second.
            rows_sudo.filtered(lambda row: row.create_date == done.date).unlink()

    def _undo_addition(self, channel, record, added):
        """Take off what adding the conversation to ``record`` has put there.

        :param dict added: what ``discuss.channel._add_to`` returned
        """
        # sudo: mail.message - of the current user's own run, there still
        notes_sudo = clean_sudo(self.env["mail.message"]).browse(added.get("note_id"))
        notes_sudo.exists().filtered(
            lambda row: _is_on(row.model, row, record)
        ).unlink()
        self._undo_followup(added)
        self._refresh_panel(channel)

    def _undo_followup(self, added):
        # sudo: discuss.channel.followup - of the current user's own run
        followup_sudo = clean_sudo(self.env["discuss.channel.followup"])
        followup_sudo = followup_sudo.browse(added.get("followup_id")).exists()
        if added["is_first"]:
            followup_sudo.unlink()
            return
        followup_sudo.last_message_id = added["last_message_id"]
        followup_sudo.last_note_id = added["last_note_id"]
        # What was said before the end has yet to come.
        followup_sudo._trigger(followup_sudo.channel_id.filtered("livechat_end_dt"))

    def _refresh_panel(self, channel):
        """Show in the conversation's panel what belongs to it now."""
        if channel and channel.has_access("read"):
            channel._refresh_panel()


def _is_on(model, row, record):
    return model == record._name and row.res_id == record.id
