from dataclasses import dataclass, replace
from typing import Any

from odoo import models
from odoo.fields import Command

from ...tools import tokens
from ...tools.errors import CommandRefusedError, CommandUsageError
from .discuss_command_token_names import TokenNames


@dataclass(frozen=True, slots=True)
class Order:
    """What a line asks for, as it was understood.

    :param argument: what is typed after the name, without the tokens
    :param values: what the tokens set, by field, as ``create()`` takes it
    :param response: the canned response that is to follow, or an empty recordset
    """

    argument: str
    values: dict[str, Any]
    response: Any


class DiscussCommand(models.Model):
    """What the tokens behind an argument set: ``Broken screen !! #refund @anna``.

    What a token names is decided in ``discuss_command_token_names.py`` alone: running,
    and the browser's list, ask there.
    """

    _inherit = "discuss.command"

    def _get_token_model(self):
        """Return the model of the record whose fields the tokens set."""
        kind = self._get_kind()
        is_of_kind = not isinstance(kind.tokens, str)
        return self.env[kind.access[0] if is_of_kind else self.model_name]

    def _get_token_fields(self):
        """Return the names of the fields that tokens of the current user set, by sign.

        :return: ``{}`` for a command whose tokens set nothing
        """
        kind = self._get_kind()
        if not kind or not kind.tokens:
            return {}
        is_of_kind = not isinstance(kind.tokens, str)
        names = kind.tokens if is_of_kind else self._ask_part("tokens", failure={})
        model = self._get_token_model() if names else None
        return {
            sign: name
            for sign, name in names.items()
            if model._has_field_access(model._fields[name], "write")
        }

    def _get_token_signs(self):
        """Return the signs that this command takes, such as ``"!#@:"``."""
        kind = self._get_kind()
        signs = "".join(self._get_token_fields())
        return signs + tokens.RESPONSE if kind and kind.speaks else signs

    def _run_order(self, channel, argument):
        """Do what ``argument`` asks for.

        :rtype: ~...tools.reply.Reply
        :raise CommandError: when it cannot be done
        """
        order = self._read_order(channel, argument)
        values = (order.values,) if self._get_kind().tokens else ()
        reply = self._call_part("run", channel, order.argument, *values)
        return replace(reply, response=order.response) if order.response else reply

    # ------------------------------------------------------------
    # READ
    # ------------------------------------------------------------

    def _read_order(self, channel, argument):
        """Read the tokens off the end of ``argument``.

        :rtype: Order
        :raise CommandUsageError: when they contradict each other
        :raise CommandRefusedError: when one names an agent who may not get the record
        """
        nothing = self.env["mail.canned.response"]
        signs = self._get_token_signs()
        if not signs:
            return Order(argument, {}, nothing)
        names = TokenNames(self, channel, argument)
        reading = tokens.read(argument, lambda token: bool(names.find(token)), signs)
        self._check_tokens(reading.tokens)
        named = {}
        for token in reading.tokens:
            is_priority = token.sign == tokens.PRIORITY
            named.setdefault(token.sign, []).append(
                token if is_priority else names.find(token)
            )
        self._check_named(names, named)
        response = named.pop(tokens.RESPONSE, [nothing])[0]
        return Order(reading.title, self._prepare_token_values(named), response)

    def _find_unknown_token(self, channel, argument):
        """Return the word behind ``argument`` that looks like a token and is none."""
        signs = self._get_token_signs()
        names = TokenNames(self, channel, argument)
        return signs and tokens.find_unknown(
            argument, lambda token: bool(names.find(token)), signs
        )

    def _check_tokens(self, read):
        """:raise CommandUsageError: when one is there twice, or more than are read"""
        if len(read) > tokens.LIMIT:
            raise CommandUsageError(
                self.env._(
                    "At most %(limit)s of ! # @ and : can follow the title.",
                    limit=tokens.LIMIT,
                )
            )
        if double := next((each for each in read if read.count(each) > 1), None):
            is_priority = double.sign == tokens.PRIORITY
            word = double.word if is_priority else "".join(double)
            raise CommandUsageError(
                self.env._("%(token)s is there twice: keep one.", token=word)
            )

    def _check_named(self, names, named):
        """:raise CommandError: when what is named does not go together"""
        sentences = {
            tokens.PRIORITY: self.env._("There are two priorities: keep one."),
            tokens.AGENT: self.env._("There are two agents: keep one."),
            tokens.RESPONSE: self.env._("There are two canned responses: keep one."),
        }
        for sign, sentence in sentences.items():
            if len(named.get(sign, [])) > 1:
                raise CommandUsageError(sentence)
        tags = named.get(tokens.TAG, [])
        if double := next((tag for tag in tags if tags.count(tag) > 1), None):
            raise CommandUsageError(
                self.env._("The tag “%(tag)s” is there twice.", tag=double.display_name)
            )
        for agent in named.get(tokens.AGENT, []):
            if agent not in names.fitting:
                raise CommandRefusedError(
                    self.env._(
                        "%(agent)s cannot get what /%(command)s makes here: choose an"
                        " agent from the list behind @.",
                        agent=agent.name,
                        command=self.name,
                    ),
                    "other_agent",
                )

    def _prepare_token_values(self, named):
        values = {}
        for sign, name in self._get_token_fields().items():
            if sign not in named:
                continue
            field = self._get_token_model()._fields[name]
            if sign == tokens.PRIORITY:
                values[name] = self._get_priority(field, named[sign][0])
            elif field.type == "many2many":
                values[name] = [Command.link(record.id) for record in named[sign]]
            else:
                values[name] = named[sign][0].id
        return values

    def _get_priority(self, field, token):
        """Return the option of ``field`` that stands so far up as there are signs.

        :raise CommandUsageError: when there is none
        """
        options = field.get_values(self.env)
        if len(token.word) < len(options):
            return options[len(token.word)]
        raise CommandUsageError(
            self.env._(
                "There is no priority %(token)s: the highest is %(highest)s.",
                token=token.word,
                highest="!" * (len(options) - 1),
            )
        )
