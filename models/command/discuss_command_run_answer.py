import json
import logging
import uuid
from contextlib import contextmanager

import psycopg2

from odoo import api, models
from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.fields import Command

from ...tools import syntax
from ...tools.errors import (
    CommandError,
    CommandFailedError,
    CommandRefusedError,
    CommandUnknownError,
    CommandUsageError,
)
from ...tools.sudo import clean_sudo
from ...tools.transaction import RETRIED, undoing

_logger = logging.getLogger(__name__)

REQUEST_ID_LENGTH = range(8, 65)


class DiscussCommandRun(models.Model):
    """From a line to its answer: once, and always, whatever goes wrong on the way.

    claim, parse, find, authorise, handle, word the answer, record.
    """

    _inherit = "discuss.command.run"

    @api.model
    def _answer_once(self, channel, line, request_id):
        """Answer ``line``, typed in ``channel``, once for each ``request_id``.

        :param channel: a ``discuss.channel`` recordset, not yet checked
        :param str line: what the operator typed
        :param str request_id: 8 to 64 characters, chosen by the browser for this line
        :return: the dict that ``discuss.channel.run_command`` documents
        """
        if refusal := self._get_request_refusal(line, request_id):
            return self._word_error(CommandRefusedError(refusal, "bad_request"))
        # sudo: discuss.command.run - rows are of the current user and this request
        run_sudo, is_new = clean_sudo(self)._claim(request_id)
        if not is_new and run_sudo._is_settled():
            return run_sudo._get_first_answer()
        answer, values = self._answer_line(channel._get_requested(), line)
        if not is_new:
            run_sudo = run_sudo._reopen(values)
        run_sudo.write(values)
        return run_sudo._offer_undo(answer)

    def _get_request_refusal(self, line, request_id):
        if not self.env.user._is_internal():
            return self.env._("Commands are for agents only.")
        if not isinstance(request_id, str) or len(request_id) not in REQUEST_ID_LENGTH:
            return self.env._("This request has no valid id. Reload the page.")
        if not isinstance(line, str):
            return self.env._("This request holds no text. Reload the page.")
        return ""

    # ------------------------------------------------------------
    # PARSE, FIND, AUTHORISE, HANDLE
    # ------------------------------------------------------------

    def _answer_line(self, channel, line):
        """Do what ``line`` asks for; what fails leaves nothing behind.

        :return: the answer for the browser, and the values to record
        """
        command = self.env["discuss.command"]
        requested, parsed, reply, answer = channel, None, None, None
        try:
            with self._undoing_failures():
                channel = channel._check_readable()
                parsed = self._parse(line)
                command = self._find(channel, parsed.name)
                self._authorise(command, channel)
                reply = command._run_order(channel, parsed.argument)
                if command._get_kind().only_reads:
                    answer = self._word_done(command, channel, reply)
        except CommandError as error:
            answer = self._word_error(error, command)
        else:
            answer = answer or self._word_what_was_done(command, channel, reply)
        values = self._prepare_log_values(line, parsed, command, answer["status"])
        values.update(self._prepare_outcome_values(command, reply, answer))
        return answer, {"channel_id": requested.id, **values}

    @contextmanager
    def _undoing_failures(self):
        """Turn whatever goes wrong inside into a sentence, and leave nothing of it.

        :raise CommandError: the sentence
        """
        try:
            with undoing(self.env.cr):
                yield
        except RETRIED:
            raise
        except Exception as error:
            raise self._as_command_error(error) from error

    def _parse(self, line):
        """Return the parsed line.

        :raise CommandError: when it is too long or no command
        """
        self._check_length(len(line))
        parsed = syntax.parse(line)
        if not parsed or not parsed.name:
            raise CommandUnknownError(
                self.env._("Type / followed by the name of a command, such as /help.")
            )
        return parsed

    def _check_length(self, length):
        """:raise CommandUsageError: when no line may be as long"""
        if length > syntax.MAX_LINE_LENGTH:
            raise CommandUsageError(
                self.env._(
                    "A command has %(limit)s characters at most, this one has"
                    " %(length)s. Shorten it and try again.",
                    limit=syntax.MAX_LINE_LENGTH,
                    length=length,
                )
            )

    def _find(self, channel, name):
        """Return the command that has this name.

        :raise CommandUnknownError: when none has
        """
        if command := self.env["discuss.command"]._find(name):
            return command
        available = self.env["discuss.command"]._get_available(channel)
        names = [each for command in available for each in command._get_names()]
        if nearest := syntax.nearest(name, names):
            raise CommandUnknownError(
                self.env._(
                    "There is no command /%(name)s here. Did you mean /%(nearest)s?",
                    name=name[:64],
                    nearest=nearest,
                )
            )
        raise CommandUnknownError(
            self.env._(
                "There is no command /%(name)s here. Type / to see them all.",
                name=name[:64],
            )
        )

    def _authorise(self, command, channel):
        """Ask the one rule by which the list is made, too.

        :raise CommandRefusedError: with the reason
        """
        if refusal := command._get_refusal(channel):
            raise CommandRefusedError(refusal.sentence, refusal.code)

    def _as_command_error(self, error):
        """Return ``error`` as one whose sentence the operator reads."""
        if isinstance(error, CommandError):
            return error
        if isinstance(error, AccessError):
            return CommandRefusedError(
                self.env._(
                    "You do not have the rights that this command needs."
                    " Ask an administrator for them."
                ),
                "no_right",
            )
        if isinstance(error, (UserError, RedirectWarning)):
            return CommandFailedError(str(error.args[0]))
        if isinstance(error, psycopg2.IntegrityError):
            return CommandFailedError(self._get_integrity_sentence(error))
        _logger.error("A command failed unexpectedly", exc_info=error)
        return CommandFailedError(
            self.env._(
                "Something went wrong on the server, and nothing was done."
                " Try again; if it happens again, tell an administrator."
            ),
            "broken",
        )

    def _get_integrity_sentence(self, error):
        """Return what Odoo says to a value that is missing or there twice."""
        table = error.diag.table_name
        model = next(
            (name for name, model in self.pool.items() if model._table == table), "base"
        )
        return self.env[model]._sql_error_to_message(error)

    # ------------------------------------------------------------
    # RECORD
    # ------------------------------------------------------------

    def _prepare_log_values(self, line, parsed, command, outcome):
        """Return what the log keeps: of a refused or unknown line its first word."""
        # sudo: discuss.command - runs of one command are one, whatever name was typed
        name = f"/{command.sudo().name}" if command else syntax.first_word(line)
        is_kept = parsed and outcome not in ("refused", "unknown")
        return {
            "command_id": command.id,
            "command_name": name,
            "argument": is_kept and (parsed.argument or False),
            "outcome": outcome,
        }

    def _prepare_outcome_values(self, command, reply, answer):
        """Return what was made, and the answer to repeats of the request."""
        is_done = answer["status"] == "done"
        record = reply.record if is_done and reply else None
        is_stored = is_done and not command._get_kind().only_reads
        return {
            "answer": is_stored and json.dumps(answer),
            "part_ids": [
                Command.create(self._prepare_part_values(values))
                for values in (reply.parts if is_done and reply else ())
            ],
            "res_model": record._name if record else False,
            "res_id": record.id if record else False,
            **self._prepare_undo_values(command, reply if is_done else None),
        }

    def _prepare_part_values(self, values):
        """Return what the log keeps of a line that was run as part of another."""
        own = {"user_id": self.env.uid, "request_id": uuid.uuid4().hex}
        return {**values, **own, "answer": False}
