import json
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models

from ...tools import undo
from ...tools.errors import CommandError, CommandRefusedError, Refusal
from ...tools.sudo import clean_sudo, without_defaults


class DiscussCommandRun(models.Model):
    """Taking back what a run did: once, by who ran it, as its kind declares."""

    _inherit = "discuss.command.run"

    # ------------------------------------------------------------
    # RPC
    # ------------------------------------------------------------

    @api.model
    def undo(self, request_id):
        """Take back what the current user's request did; the same again does nothing.

        It needs no access to the conversation: who left it takes back their own run.

        :param str request_id: the one that ``discuss.channel.run_command`` got
        :return: a dict with ``status`` (undone, refused or failed) and ``body`` (HTML);
            where it was not undone with ``code`` and ``sentence``, too
        """
        return without_defaults(self)._undo_once(request_id)

    def _undo_once(self, request_id):
        if refusal := self._get_request_refusal("", request_id):
            return self._word_error(CommandRefusedError(refusal, "bad_request"))
        # sudo: discuss.command.run - one's own request, locked: a second one waits
        run_sudo = clean_sudo(self)._lock(request_id)
        if run_sudo.outcome == "undone":
            return run_sudo._get_first_answer()
        try:
            with self._undoing_failures():
                sentence = run_sudo._take_back()
        except CommandError as error:
            return self._word_error(error, run_sudo.command_id)
        answer = run_sudo._word_undone(sentence)
        run_sudo.answer = json.dumps(answer)
        return answer

    # ------------------------------------------------------------
    # TAKE BACK
    # ------------------------------------------------------------

    def _take_back(self):
        """Take back this run, as the current user.

        :return: a sentence that the answer adds, or None
        :raise CommandRefusedError: with what is against it
        """
        if refusal := self._get_undo_refusal():
            raise CommandRefusedError(refusal.sentence, refusal.code)
        command, done = self.command_id.sudo(False), self._prepare_done()
        channel = self.channel_id.sudo(False)
        refusal = command._call_part("against_undo", channel, done)
        refusal = refusal or command._get_kind_refusal(command._get_kind())
        if refusal:
            raise CommandRefusedError(refusal.sentence, refusal.code)
        sentence = command._call_part("undo", channel, done)
        self.write({"outcome": "undone", "undo_values": False})
        return sentence

    def _prepare_done(self):
        record = None
        if self.res_model and self.res_model in self.env:
            record = self.env[self.res_model].sudo(False).browse(self.res_id).exists()
        return undo.Done(
            record=record or None,
            values=json.loads(self.undo_values),
            date=self.create_date,
            barrier=self.undo_barrier or "",
            parts=self.part_ids.sorted("id"),
        )

    # ------------------------------------------------------------
    # WHAT IS AGAINST IT
    # ------------------------------------------------------------

    def _get_undo_refusal(self):
        """Tell what is against taking this run back, but for what became of its record.

        :return: a :class:`~...tools.errors.Refusal`, or None
        """
        if self.outcome != "done" or not self._has_changed():
            return Refusal(
                "nothing", self.env._("There is nothing here that can be undone.")
            )
        kind = self.command_id._get_kind()
        if not kind or not kind.undo:
            return Refusal(
                "command_gone",
                self.env._(
                    "%(name)s, or what is needed to undo it, is no longer there.",
                    name=self.command_name,
                ),
            )
        age = fields.Datetime.now() - self.create_date
        if age > timedelta(minutes=undo.LIMIT_MINUTES):
            return Refusal(
                "too_late",
                self.env._(
                    "This can no longer be undone: more than %(count)s minutes have"
                    " passed.",
                    count=undo.LIMIT_MINUTES,
                ),
            )
        return None

    def _has_changed(self):
        """Tell whether it changed something that could be taken back."""
        return bool(json.loads(self.undo_values or "{}"))

    def _can_undo(self):
        """Tell whether *Undo* is worth offering; trying tells for sure."""
        if self._get_undo_refusal():
            return False
        runs = self | self.part_ids | self.part_ids.part_ids
        return not any(runs.mapped("undo_barrier"))

    def _offer_undo(self, answer):
        return {**answer, "can_undo": True} if self._can_undo() else answer

    # ------------------------------------------------------------
    # RECORD
    # ------------------------------------------------------------

    def _prepare_undo_values(self, command, reply):
        """Return what the log keeps for taking back what ``reply`` answers to."""
        if not reply or reply.undo is None or not command._get_kind().undo:
            return {"undo_values": False, "undo_barrier": False}
        mailed = self.env.cr.cache.get(undo.MAILED, ())
        record = reply.record
        is_mailed = record is not None and (record._name, record.id) in mailed
        return {
            "undo_values": json.dumps(reply.undo, default=str),
            "undo_barrier": is_mailed and undo.MAILED,
        }

    @api.model
    def _bar_undo(self, model_name, ids, barrier):
        """Note what makes taking back impossible from now on.

        :param str barrier: ``tools.undo.MAILED`` or ``SEEN``
        """
        since = fields.Datetime.now() - timedelta(minutes=undo.LIMIT_MINUTES)
        # sudo: discuss.command.run - a mark on the log, nothing of it is shown
        runs_sudo = clean_sudo(self).search(
            [
                ("create_date", ">=", since),
                ("undo_values", "!=", False),
                ("undo_barrier", "not in", [undo.MAILED, barrier]),
                ("res_model", "=", model_name),
                ("res_id", "in", ids),
            ]
        )
        if barrier == undo.SEEN:
            runs_sudo = runs_sudo.filtered(lambda run: run._is_seen_by_customers())
        runs_sudo.write({"undo_barrier": barrier})

    def _is_seen_by_customers(self):
        """Tell whether a customer who looks at the record sees what was done.

        What is added to one is an internal note; and of lines each is asked itself.
        """
        return not (self.part_ids or "added" in json.loads(self.undo_values))

    def _word_undone(self, sentence):
        body = self.env["ir.qweb"]._render(
            "livechat_command.answer_undone",
            {"line": self._get_typed_line(), "sentence": sentence},
        )
        name = self.command_id.name
        return {"status": "undone", "name": name, "body": Markup(body)}
