from functools import cached_property, lru_cache

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import tokens
from ...tools.syntax import fold

ROW_LIMIT = 200


class TokenNames:
    """What the tokens of one line name: each list is read once.

    :param command: the command of the line, as the current user
    :param channel: the conversation
    :param str argument: what is typed after the command's name
    """

    def __init__(self, command, channel, argument):
        self._command = command
        self._channel = channel
        self._argument = argument
        self.find = lru_cache(maxsize=None)(self._find)
        self.fitting = command.env["res.users"]

    @cached_property
    def _scope(self):
        return self._command._get_token_scope(self._channel)

    @cached_property
    def _tags(self):
        words = tokens.find_words(self._argument, tokens.TAG)
        return self._command._find_tags(self._channel, self._scope, words)

    def _find(self, token):
        """Return the record that ``token`` names, or an empty recordset.

        An agent who may not get what is made is found, too, to be refused by name; the
        others are in ``fitting``.
        """
        if token.sign == tokens.TAG:
            return _get_first(self._tags, token.word)
        if token.sign == tokens.AGENT:
            domain = self._command._get_agents_domain(self._channel, self._scope)
            agent = self._command._find_agent(token.word, domain)
            self.fitting |= agent
            return agent or self._command._find_agent(token.word)
        return self._command.env["mail.canned.response"]._find_by_key(token.word)


class DiscussCommand(models.Model):
    """What a token names: tags, agents and responses that the current user may use."""

    _inherit = "discuss.command"

    def _get_token_scope(self, channel):
        """Return the company of what is made, and the domain of who may get it."""
        return self._call_part("token_scope", channel) or (self.env.company, [])

    def _find_tags(self, channel, scope=None, words=()):
        """Return the tags that the current user may put on what is made here.

        :param scope: what :meth:`_get_token_scope` returns, where it is known
        :param words: leave out what is surely typed otherwise than these, if any
        """
        name = self._get_token_fields()[tokens.TAG]
        model = self._get_token_model()
        tags = self.env[model._fields[name].comodel_name]
        if not tags.has_access("read"):
            return tags
        domain = Domain.TRUE
        if "company_id" in tags._fields:
            company, _agents = scope or self._get_token_scope(channel)
            domain = Domain("company_id", "in", [False, company.id])
        if words and _is_shown_by_name(tags):
            domain &= Domain.OR(_may_be_named(word) for word in words)
        return tags.with_context(active_test=True).search_fetch(
            domain, ["display_name"]
        )

    def _get_agents_domain(self, channel, scope=None):
        """Return which agents may get the record that is made here.

        :param scope: what :meth:`_get_token_scope` returns, where it is known
        """
        company, members = scope or self._get_token_scope(channel)
        return Domain("company_ids", "in", company.ids) & Domain(members)

    def _find_agent(self, word, domain=Domain.TRUE):
        """Return who of the agents in ``domain`` is typed as ``word``, or nobody."""
        keys = self._get_agent_keys(domain, word)
        found = [agent_id for agent_id, own in keys.items() if word in own]
        return self.env["res.users"].browse(found)

    def _get_agent_keys(self, domain=Domain.TRUE, word=""):
        """Return by what each active internal user in ``domain`` is typed, by id.

        Rows are read without making records: of 200 agents these take most of the time.

        :param str word: leave out who is surely typed otherwise
        """
        users = self.env["res.users"]
        is_agent = Domain("active", "=", True) & Domain("share", "=", False)
        query = users._search(is_agent & domain)
        name, login = (
            users._field_to_sql(query.table, each, query) for each in ("name", "login")
        )
        if word:
            query.add_where(_may_be_typed(word, name, login))
        user_id = SQL.identifier(query.table, "id")
        rows = self.env.execute_query(query.select(user_id, name, login))
        return tokens.make_agent_keys({row[0]: row[1:] for row in rows})

    # ------------------------------------------------------------
    # BROWSER
    # ------------------------------------------------------------

    @api.model
    def _get_token_data(self, channel_id, command_id, sign=None, term=None):
        """Return what can be named behind a command, for its list and hint line.

        :param channel_id: of the conversation
        :param command_id: of a command that the current user may run there
        :param str sign: ``"#"`` or ``"@"`` for these alone
        :param str term: what was typed behind the sign
        :return: ``{"!": rows, "#": rows, "@": rows, "choices": rows,
            "is_complete": bool}``; a row has ``key``, how it is typed, ``name``, and an
            agent ``keys``, all ways to type it, and ``is_online``
        """
        lists = (tokens.PRIORITY, tokens.TAG, tokens.AGENT, "choices")
        data = {**{each: [] for each in lists}, "is_complete": True}
        channel, command = self._get_named(channel_id, command_id)
        if not command:
            return data
        term = tokens.make_key(term) if isinstance(term, str) else ""
        found = {
            tokens.TAG: command._get_tag_rows,
            tokens.AGENT: command._get_agent_rows,
        }
        for each in command._get_token_fields().keys() & found.keys():
            if sign in (None, "", each):
                rows = [
                    row
                    for row in found[each](channel)
                    if term in tokens.make_key(row["name"]) or term in row["key"]
                ]
                data[each] = rows[:ROW_LIMIT]
                data["is_complete"] &= len(rows) <= ROW_LIMIT
        if not sign:
            data[tokens.PRIORITY] = command._get_priority_rows()
        data["choices"] = command._ask_part("choices", channel, failure=[]) or []
        return data

    def _get_priority_rows(self):
        name = self._get_token_fields().get(tokens.PRIORITY)
        if not name:
            return []
        field = self._get_token_model()._fields[name]
        labels = [label for _value, label in field._description_selection(self.env)]
        return [
            {"key": tokens.PRIORITY * steps, "name": label}
            for steps, label in enumerate(labels[:4])
            if steps
        ]

    @api.model
    def _get_named(self, channel_id, command_id):
        """Return a conversation and a command, by whatever a client sends as ids.

        :return: no command where the current user may not run it there
        """
        channel = self.env["discuss.channel"].browse([channel_id])._get_requested()
        command = self.browse()
        if type(command_id) is int and 0 < command_id < 2**31:
            command = self.browse(command_id).exists()._filtered_access("read")
        if not channel or not command or command._get_refusal(channel):
            return channel, self.browse()
        return channel, command

    def _get_tag_rows(self, channel):
        tags = {}
        for tag in self._find_tags(channel):
            tags.setdefault(tokens.make_key(tag.display_name), tag.display_name)
        return [{"key": key, "name": name} for key, name in tags.items() if key]

    def _get_agent_rows(self, channel):
        keys = self._get_agent_keys(self._get_agents_domain(channel))
        rows = [
            {
                "key": keys[agent.id][0],
                "keys": keys[agent.id],
                "name": agent.name,
                "is_online": "online" in (agent.im_status or ""),
            }
            for agent in self.env["res.users"].browse(keys)
            if keys[agent.id]
        ]
        return sorted(rows, key=lambda row: (not row["is_online"], row["name"]))


def _is_shown_by_name(records):
    """Tell whether the display name is what a column of the table holds."""
    field = records._fields.get(records._rec_name)
    by_name = models.BaseModel._compute_display_name
    is_by_name = (
        type(records)._compute_display_name is by_name
        and records._fields["display_name"].compute == by_name.__name__
    )
    return bool(is_by_name and field and field.store and field.type == "char")


def _may_be_named(word):
    """Return the domain of records whose name could be typed as ``word``."""
    return Domain.custom(
        to_sql=lambda model, alias, query: _may_be_typed(
            word, model._field_to_sql(alias, model._rec_name, query)
        )
    )


def _may_be_typed(word, *columns):
    """Return the condition that one of ``columns`` could be typed as ``word``.

    It holds the same letters in the same order. What is beyond ASCII is only folded in
    Python, and may be anything.
    """
    letters = "%".join(["", *tokens.split(word), ""])
    condition = """lower(%(column)s COLLATE "C") LIKE %(letters)s
                   OR octet_length(%(column)s) != length(%(column)s)"""
    conditions = [SQL(condition, column=each, letters=letters) for each in columns]
    return SQL("(%s)", SQL(" OR ").join(conditions))


def _get_first(records, key):
    """Return the record that is typed as ``key``, the most exact of several."""
    found = records.filtered(lambda each: tokens.make_key(each.display_name) == key)
    return found.filtered(lambda each: fold(each.display_name) == key)[:1] or found[:1]
