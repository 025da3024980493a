from dataclasses import dataclass
from typing import Any

from odoo import api, fields, models

from ...tools import syntax, tokens
from ...tools.errors import CommandRefusedError, CommandUsageError, Refusal

CALLED_KEY = "livechat_command_called"


@dataclass(frozen=True, slots=True)
class _Called:
    """What each line runs, in the context: no client can send one."""

    commands: tuple[Any, ...]


class DiscussCommand(models.Model):
    """Lines: how each will be read, for who writes them."""

    _inherit = "discuss.command"

    lines_preview = fields.Text("Read As", compute="_compute_lines_preview")

    @api.depends("lines", "kind", "name")
    def _compute_lines_preview(self):
        for command in self:
            command.lines_preview = "\n".join(
                command._get_line_problem(number, line)
                or command._preview_line(number, line)
                for number, line in enumerate(command._get_lines(), 1)
            )

    def _get_audience(self, agents):
        """Look once for what an owner's lines run, whoever of the agents runs them."""
        command = self
        # sudo: discuss.command - without an owner, each agent's own commands are meant
        if self.kind == "lines" and self._origin.sudo().owner_id:
            called = _Called(self._find_all_called())
            command = self.with_context(**{CALLED_KEY: called})
        return super(DiscussCommand, command)._get_audience(agents)

    def _find_all_called(self):
        return tuple(map(self._find_called, self._get_lines()))

    def _find_all_called_by_lines(self):
        """Return what these lines run when lines run them: no further lines."""
        called = self._find_all_called()
        return tuple(
            each.filtered(lambda found: found.kind != "lines") for each in called
        )

    def _get_audience_refusal(self):
        """Who may not run one of the lines can do nothing with the whole."""
        refusal = super()._get_audience_refusal()
        if refusal or self.kind != "lines":
            return refusal
        found = self.env.context.get(CALLED_KEY)
        is_found = isinstance(found, _Called)
        commands = found.commands if is_found else self._find_all_called()
        for number, called in enumerate(commands, 1):
            deeper = _Called(called._find_all_called_by_lines())
            called = called.with_env(self.env).with_context(**{CALLED_KEY: deeper})
            if called and (of_line := called._get_audience_refusal()):
                return Refusal(
                    of_line.code,
                    self.env._(
                        "Line %(number)s: %(reason)s",
                        number=number,
                        reason=of_line.sentence,
                    ),
                )
        return None

    def _preview_line(self, number, line):
        """Return how ``line`` is read, as far as no conversation decides it."""
        called = self._find_called(line).with_env(self.env)
        as_typed = f"{number}. {line}"
        if not called.has_access("read"):
            return as_typed
        argument = syntax.parse(line).argument
        nowhere = self.env["discuss.channel"]
        try:
            order = called._read_order(nowhere, argument)
        except CommandRefusedError:
            return as_typed
        except CommandUsageError as error:
            return self.env._(
                "Line %(number)s: %(reason)s", number=number, reason=str(error)
            )
        if word := called._find_unknown_token(nowhere, argument):
            return self.env._(
                "Line %(number)s: %(word)s names nothing. As a part of the text it is"
                " written \\%(word)s.",
                number=number,
                word=word[:80],
            )
        text = f"{number}. /{called.name} {order.argument}".strip()
        return " · ".join([text, *called._describe_order(order)])

    def _describe_order(self, order):
        """Return what ``order`` sets and says next, each as a word or two."""
        model = self._get_token_model() if order.values else None
        words = []
        for name, value in order.values.items():
            field = model._fields[name]
            if field.type == "selection":
                words.append(dict(field._description_selection(self.env))[value])
            else:
                record = model.new({name: value})
                words += record[name]._origin.mapped("display_name")
        if order.response:
            word = tokens.make_key(order.response.source)
            words.append(self.env._("then :%(response)s", response=word))
        return words
