from functools import cached_property, lru_cache

from odoo import api, models
from odoo.fields import Domain

from ...tools import tokens
from ...tools.syntax import fold

ROW_LIMIT = 200


class TokenNames:
    """What the tokens of one line name: each list is read once.

    :param command: the command of the line, as the current user
    :param channel: the conversation
    """

    def __init__(self, command, channel):
        self._command = command
        self._channel = channel
        self.find = lru_cache(maxsize=None)(self._find)

    @cached_property
    def agent_keys(self):
        """By what those are typed to whom the record may be assigned, by id."""
        return self._command._get_agent_keys(self._channel, self._scope)

    @cached_property
    def _scope(self):
        return self._command._get_token_scope(self._channel)

    def _find(self, token):
        """Return the record that ``token`` names, or an empty recordset."""
        if token.sign == tokens.TAG:
            tags = self._command._find_tags(self._channel, self._scope)
            return _get_first(tags, token.word)
        if token.sign == tokens.AGENT:
            # One who does not fit is found to be refused by name.
            agent_id = _get_id(self.agent_keys, token.word) or _get_id(
                self._command._get_keys_of_agents(), token.word
            )
            return self._command.env["res.users"].browse(agent_id)
        return self._command.env["mail.canned.response"]._find_by_key(token.word)


class DiscussCommand(models.Model):
    """What a token names: tags, agents and responses that the current user may use."""

    _inherit = "discuss.command"

    def _get_token_scope(self, channel):
        """Return the company of what is made, and the domain of who may get it."""
        return self._call_part("token_scope", channel) or (self.env.company, [])

    def _find_tags(self, channel, scope=None):
        """Return the tags that the current user may put on what is made here.

        :param scope: what :meth:`_get_token_scope` returns, where it is known
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
        return tags.with_context(active_test=True).search_fetch(
            domain, ["display_name"]
        )

    def _get_agent_keys(self, channel, scope=None):
        """Return by what those are typed who may get the record that is made here.

        :param scope: what :meth:`_get_token_scope` returns, where it is known
        :return: dict of keys, the shortest first, by id of a user
        """
        company, members = scope or self._get_token_scope(channel)
        return self._get_keys_of_agents(
            Domain("company_ids", "in", company.ids) & Domain(members)
        )

    def _get_keys_of_agents(self, domain=Domain.TRUE):
        """Return by what each active internal user in ``domain`` is typed, by id.

        Rows are read without making records: of 200 agents these take most of the time.
        """
        users = self.env["res.users"]
        is_agent = Domain("active", "=", True) & Domain("share", "=", False)
        query = users._search(is_agent & domain)
        names = ("id", "name", "login")
        columns = (users._field_to_sql(query.table, name, query) for name in names)
        rows = self.env.execute_query(query.select(*columns))
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
        keys = self._get_agent_keys(channel)
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


def _get_id(keys, word):
    """Return the id of the agent who is typed as ``word``, or ``()``."""
    return next((each for each, own in keys.items() if word in own), ())


def _get_first(records, key):
    """Return the record that is typed as ``key``, the most exact of several."""
    found = records.filtered(lambda each: tokens.make_key(each.display_name) == key)
    return found.filtered(lambda each: fold(each.display_name) == key)[:1] or found[:1]
