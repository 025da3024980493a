from odoo import fields, models
from odoo.fields import Domain

from ...tools import syntax
from ...tools.errors import CommandFailedError, CommandUsageError, Refusal
from ...tools.kind import EVERYBODY, Kind
from ...tools.reply import Reply
from ...tools.shown import as_label

HINTED = 80


class DiscussCommand(models.Model):
    """``/save``: keep the last line as a command of one's own."""

    _inherit = "discuss.command"

    kind = fields.Selection(
        selection_add=[("save", "Keep a Line")], ondelete={"save": "cascade"}
    )

    def _get_kinds(self):
        save = Kind(
            run="_run_save",
            access=EVERYBODY,
            hint="_get_save_hint",
            argument="required",
            undo="_undo_save",
            against_undo="_get_save_obstacle",
        )
        return {**super()._get_kinds(), "save": save}

    def _run_save(self, channel, argument):
        name = syntax.fold(argument.removeprefix("/"))
        if not name:
            raise CommandUsageError(self._get_usage())
        run = self._find_last_run(channel)
        if not run:
            raise CommandFailedError(self._get_no_line_sentence())
        line = self._get_line_of(channel, run)
        values = {"name": name, "lines": line, "help": line[:200]}
        if command := self._find_private(name):
            before = command._read_kept()
            command.write(values)
        else:
            before = None
            scope = run.command_id.scope or "all"
            command = self.create({**values, "kind": "lines", "scope": scope})
        kept = {"id": command.id, "before": before, "after": command._read_kept()}
        values = {"name": command.name}
        return Reply("livechat_command.answer_save", values, undo=kept)

    def _get_save_hint(self, channel):
        """Show the line that would be kept, as it was typed."""
        run = self._find_last_run(channel)
        if not run:
            return self._get_no_line_sentence()
        line = as_label(run._get_typed_line())[:HINTED]
        return self.env._("Keeps %(line)s", line=line)

    def _get_no_line_sentence(self):
        return self.env._(
            "Run the line that you want to keep first: none of yours succeeded in this"
            " conversation."
        )

    def _read_kept(self):
        """Return what ``/save`` sets; another one is by somebody's own hand."""
        return {"name": self.name, "lines": self.lines, "help": self.help}

    def _get_save_obstacle(self, channel, done):
        command = self.browse(done.values["id"]).exists()
        is_own = command and command._is_private() and command._is_kept_by_user()
        if is_own and command.active and command._read_kept() == done.values["after"]:
            return None
        return Refusal(
            "changed",
            self.env._(
                "This can no longer be undone: the kept line has been changed since."
            ),
        )

    def _undo_save(self, channel, done):
        command = self.browse(done.values["id"])
        if before := done.values["before"]:
            command.write(before)
        else:
            command.unlink()

    def _get_line_of(self, channel, run):
        """Return the line that was run, with what was text in it kept as text."""
        argument = run.argument or ""
        command = run.command_id.sudo(False)
        if word := command._find_unknown_token(channel, argument):
            start = argument.rindex(word)
            argument = f"{argument[:start]}\\{argument[start:]}"
        return f"{run.command_name} {argument}".strip()

    def _find_last_run(self, channel):
        # sudo: discuss.command.run - one's own; the conversation is for administrators
        runs_sudo = self.env["discuss.command.run"].sudo()
        domain = (
            Domain("user_id", "=", self.env.uid)
            & Domain("channel_id", "=", channel.id)
            & Domain("outcome", "=", "done")
            & Domain("parent_id", "=", False)
            & Domain("command_id.kind", "!=", "save")
        )
        return runs_sudo.search(domain, order="id desc", limit=1)

    def _find_private(self, name):
        is_own = Domain("owner_id", "=", self.env.uid) & Domain("kind", "=", "lines")
        return self.search(
            is_own & Domain("group_ids", "=", False) & Domain("name", "=", name),
            limit=1,
        )
