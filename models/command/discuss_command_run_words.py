import json
import logging

from markupsafe import Markup

from odoo import models

from ...tools.shown import as_label
from ...tools.transaction import RETRIED, undoing

_logger = logging.getLogger(__name__)


class DiscussCommandRun(models.Model):
    """What the operator reads: the answer to what was done, or why it was not."""

    _inherit = "discuss.command.run"

    def _word(self, sentence):
        return {"body": Markup("<p class='mb-0'>%s</p>") % sentence}

    def _word_error(self, error, command=None):
        # sudo: discuss.command - what is refused may be unreadable, and was typed
        name = command.sudo().name if command else False
        status = {"status": error.outcome, "code": error.code, "name": name}
        return {**status, "sentence": str(error), **self._word(str(error))}

    def _word_what_was_done(self, command, channel, reply):
        """Return an answer in any case: what was done stays done.

        Where the command's Reply, or the template of its answer, fails, the answer goes
        without it.
        """
        for word in (self._word_done, self._word_done_without_extra):
            try:
                with undoing(self.env.cr):
                    return word(command, channel, reply)
            except RETRIED:
                raise
            except Exception:
                _logger.exception("The answer of /%s could not be made", command.name)
        return self._word_done_plainly(command, reply)

    def _word_done(self, command, channel, reply):
        answer = {
            **command._get_answer_extra(channel, reply),
            **self._word_done_without_extra(command, channel, reply),
        }
        json.dumps(answer)  # what a bridge adds must be what a browser can get
        return answer

    def _word_done_without_extra(self, command, channel, reply):
        answer = {
            "status": "done",
            "name": command.name,
            "body": self.env["ir.qweb"]._render(reply.template, reply.values),
        }
        if record := reply.record:
            answer["record"] = {
                "model": record._name,
                "id": record.id,
                "name": as_label(record.display_name),
            }
        return answer

    def _word_done_plainly(self, command, reply):
        answer = {"status": "done", "name": command.name}
        if not (record := reply.record):
            return {**answer, **self._word(self.env._("Done."))}
        sentence = self.env._("Done:")
        body = Markup("<p class='mb-0'>%s <a href='%s' target='_blank'>#%s</a></p>") % (
            sentence,
            command._get_record_url(record),
            record.id,
        )
        values = {"model": record._name, "id": record.id, "name": f"#{record.id}"}
        return {**answer, "body": body, "record": values}
