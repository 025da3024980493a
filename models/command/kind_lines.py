from dataclasses import dataclass

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import syntax
from ...tools.errors import CommandFailedError, CommandUsageError
from ...tools.kind import EVERYBODY, Kind
from ...tools.reply import Reply

LINE_LIMIT = 10
ARGUMENT = "{argument}"
DEPTH_KEY = "livechat_command_depth"


@dataclass(frozen=True, slots=True)
class _Depth:
    """How deep in lines a line runs, in the context: no client can send one."""

    value: int


class DiscussCommand(models.Model):
    """Lines: commands that are run one after the other, as if they were typed."""

    _inherit = "discuss.command"

    kind = fields.Selection(
        selection_add=[("lines", "Lines")], ondelete={"lines": "cascade"}
    )
    lines = fields.Text(
        help="One to ten lines, as they are typed; {argument} is what is typed after"
        " the command's name."
    )

    def _get_kinds(self):
        return {
            **super()._get_kinds(),
            "lines": Kind(
                run="_run_lines",
                access=EVERYBODY,
                problem="_get_lines_problem",
                saving_problem="_get_lines_saving_problem",
                is_definable=True,
                undo="_undo_lines",
                against_undo="_get_lines_obstacle",
            ),
        }

    @api.model
    def _get_definition_fields(self):
        return [*super()._get_definition_fields(), "lines"]

    def _get_lines(self):
        return [
            line.strip() for line in (self.lines or "").splitlines() if line.strip()
        ]

    # ------------------------------------------------------------
    # DEFINITION
    # ------------------------------------------------------------

    def _get_lines_problem(self):
        lines = self._get_lines()
        if not lines:
            return self.env._("Type the lines that /%(name)s runs.", name=self.name)
        if len(lines) > LINE_LIMIT:
            return self.env._(
                "A command runs %(limit)s lines at most, here are %(count)s.",
                limit=LINE_LIMIT,
                count=len(lines),
            )
        for number, line in enumerate(lines, 1):
            if problem := self._get_spelling_problem_of_line(number, line):
                return problem
        return ""

    def _get_spelling_problem_of_line(self, number, line):
        parsed = syntax.parse(line)
        if parsed and parsed.name and len(line) <= syntax.MAX_LINE_LENGTH:
            return ""
        return self.env._(
            "Line %(number)s is no command: %(line)s", number=number, line=line[:80]
        )

    def _get_lines_saving_problem(self):
        for number, line in enumerate(self._get_lines(), 1):
            if problem := self._get_line_problem(number, line):
                return problem
        return self._get_callers_problem()

    def _get_line_problem(self, number, line):
        """Tell why the owner cannot run ``line``, whatever the conversation.

        :return: a sentence, or ``""``
        """
        if problem := self._get_spelling_problem_of_line(number, line):
            return problem
        called = self._find_called(line)
        if not called:
            return self.env._(
                "Line %(number)s: there is no command /%(name)s.",
                number=number,
                name=syntax.parse(line).name[:64],
            )
        if refusal := called._get_agent_refusal():
            return self.env._(
                "Line %(number)s: %(reason)s", number=number, reason=refusal.sentence
            )
        if problem := self._get_depth_problem(called):
            return problem
        if number < len(self._get_lines()) and called._is_final():
            return self.env._(
                "Line %(number)s: /%(name)s can only be the last line.",
                number=number,
                name=called.name,
            )
        return ""

    def _get_depth_problem(self, called):
        if called != self._origin and not called._get_called("lines"):
            return ""
        return self.env._(
            "/%(name)s runs other kept lines: lines can be run by lines, no deeper.",
            name=called.name,
        )

    def _get_callers_problem(self):
        """Tell which lines would run lines too deep by what these run."""
        if not self._get_called("lines"):
            return ""
        # What others keep for themselves hinders nobody: too deep, it just fails.
        is_met = self._get_typable_domain() & Domain("kind", "=", "lines")
        # sudo: discuss.command - lines are compared, nothing of others is shown
        all_lines = self.sudo().search(is_met & Domain("id", "not in", self.ids))
        names = set(self._get_names())
        for caller in all_lines:
            typed = map(syntax.parse, caller._get_lines())
            # What is typed is read before it is looked up: others keep many lines.
            if not any(each and each.name in names for each in typed):
                continue
            if self._origin in caller._get_called("lines").sudo(False):
                return self.env._(
                    "/%(name)s is run by other kept lines: lines can be run by lines,"
                    " no deeper.",
                    name=self.name,
                )
        return ""

    def _get_called(self, kind):
        """Return the commands of this kind that the lines run."""
        if self.kind != "lines":
            return self.browse()
        called = map(self._find_called, self._get_lines())
        return self.browse().union(*called).filtered(lambda each: each.kind == kind)

    def _find_called(self, line):
        """Return the command that ``line`` runs when the owner runs it."""
        parsed = syntax.parse(line)
        # Not of what is typed in the form: a client may send any owner.
        # sudo: discuss.command - whose it is decides whose commands are meant
        owner = self._origin.sudo().owner_id.sudo(False) or self.env.user
        return self.with_user(owner)._find(parsed.name if parsed else "")

    def _is_final(self):
        """Tell whether nothing can be run in the conversation after this."""
        kind = self._get_kind()
        if self.kind != "lines":
            return bool(kind and kind.is_final)
        return any(
            self._find_called(line)._is_final() for line in self._get_lines()[-1:]
        )

    # ------------------------------------------------------------
    # RUN
    # ------------------------------------------------------------

    def _run_lines(self, channel, argument):
        """Run each line with its own rights; where one fails nothing is done."""
        depth = channel.env.context.get(DEPTH_KEY)
        depth = depth.value if isinstance(depth, _Depth) else 0
        if depth > 1:
            raise CommandFailedError(
                self.env._(
                    "/%(name)s is run by lines that are run by lines: too deep.",
                    name=self.name,
                ),
                "too_deep",
            )
        inside = channel.with_context(**{DEPTH_KEY: _Depth(depth + 1)})
        answers, parts = [], []
        for number, line in enumerate(self._fill_lines(argument), 1):
            self._check_tokens_of_line(inside, number)
            answer, values = self.env["discuss.command.run"]._answer_line(inside, line)
            if answer["status"] != "done":
                raise CommandFailedError(
                    self.env._(
                        "Nothing was done. Line %(number)s, %(line)s: %(reason)s",
                        number=number,
                        line=line[:80],
                        reason=answer["sentence"],
                    ),
                    answer["code"],
                )
            answers.append(answer)
            parts.append(values)
        return self._prepare_lines_reply(answers, parts)

    def _check_tokens_of_line(self, channel, number):
        """Refuse a line whose tag, agent or response has gone: it would be title.

        :raise CommandFailedError: with how it is kept as text
        """
        parsed = syntax.parse(self._get_lines()[number - 1])
        called = self._find(parsed.name if parsed else "")
        # What may not be run is refused with its reason when it is run.
        if not called or called._get_refusal(channel):
            return
        if word := called._find_unknown_token(channel, parsed.argument):
            raise CommandFailedError(
                self.env._(
                    "Nothing was done. Line %(number)s: %(word)s names nothing that you"
                    " can use here. As a part of the text it is written \\%(word)s.",
                    number=number,
                    word=word[:80],
                ),
                "unknown_token",
            )

    def _fill_lines(self, argument):
        """Return the lines with ``argument`` in its place.

        :raise CommandUsageError: when it is missing, or there is no place for it
        """
        lines = self._get_lines()
        is_needed = any(ARGUMENT in line for line in lines)
        if is_needed and not argument:
            raise CommandUsageError(self._get_usage())
        if argument and not is_needed:
            raise CommandUsageError(
                self.env._("/%(name)s takes nothing after its name.", name=self.name)
            )
        return [self._fill_line(line, argument) for line in lines]

    def _fill_line(self, line, argument):
        # Before it is made: a long argument in a thousand places fills the memory.
        more = line.count(ARGUMENT) * (len(argument) - len(ARGUMENT))
        self.env["discuss.command.run"]._check_length(len(line) + more)
        return line.replace(ARGUMENT, argument)

    def _prepare_lines_reply(self, answers, parts):
        extra = {}
        for answer in answers:
            own = ("body", "code", "name", "record", "status")
            extra.update({key: answer[key] for key in answer if key not in own})
        made = next((part for part in parts if part["res_id"]), None)
        return Reply(
            "livechat_command.answer_lines",
            {"bodies": [answer["body"] for answer in answers]},
            record=made and self.env[made["res_model"]].browse(made["res_id"]),
            extra=extra,
            parts=tuple(parts),
            undo=self._prepare_lines_undo(parts),
        )

    # ------------------------------------------------------------
    # UNDO
    # ------------------------------------------------------------

    def _prepare_lines_undo(self, parts):
        """Return ``Reply.undo``: None where a line cannot be taken back."""
        changing = [
            part["undo_values"]
            for part in parts
            if not self.browse(part["command_id"])._get_kind().only_reads
        ]
        if not all(changing):
            return None
        changed = sum(values != "{}" for values in changing)
        return {"lines": changed} if changed else {}

    def _get_lines_obstacle(self, channel, done):
        """Each line is asked when its turn comes: what follows it is undone then."""
        return

    def _undo_lines(self, channel, done):
        """Take back all lines, the last one first, or none: each as itself."""
        parts = done.parts.filtered(lambda part: part._has_changed())
        sentences = [part._take_back() for part in reversed(parts)]
        return " ".join(filter(None, sentences))
