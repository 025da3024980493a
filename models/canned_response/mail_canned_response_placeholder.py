import logging

import psycopg2

from odoo import api, fields, models
from odoo.tools import format_date

from ...tools import placeholders
from ...tools.placeholders import Placeholder, Source, clean_value
from ...tools.transaction import RETRIED

_logger = logging.getLogger(__name__)


class MailCannedResponsePlaceholder(models.AbstractModel):
    """What ``{{name}}`` can stand for in a canned response; bridges add their own."""

    _name = "mail.canned.response.placeholder"
    _description = "Placeholders of Canned Responses"

    @api.model
    def _get_placeholders(self):
        """Return all placeholders, in the order of the form's helper.

        :return: ``{name: Placeholder(label, example, function of a Source)}``
        """
        return {
            "visitor.name": Placeholder(
                self.env._("visitor's name"),
                self.env._("Marie Dupont"),
                lambda source: source.visitor_name,
            ),
            "visitor.first_name": Placeholder(
                self.env._("visitor's first name"),
                self.env._("Marie"),
                self._get_visitor_first_name,
            ),
            "visitor.email": Placeholder(
                self.env._("visitor's e-mail"),
                "marie@example.com",
                lambda source: source.visitor_email,
            ),
            "visitor.language": Placeholder(
                self.env._("visitor's language"),
                self.env._("French"),
                self._get_visitor_language,
            ),
            "visitor.country": Placeholder(
                self.env._("visitor's country"),
                self.env._("France"),
                self._get_visitor_country,
            ),
            "operator.name": Placeholder(
                self.env._("your live chat name"),
                self.env._("Anna Smith"),
                self._get_operator_name,
            ),
            "operator.first_name": Placeholder(
                self.env._("your first name"),
                self.env._("Anna"),
                lambda source: self._get_operator_name(source).split(" ")[0],
            ),
            "company": Placeholder(
                self.env._("company"),
                self.env._("My Company"),
                lambda source: self.env.company.name,
            ),
            "website": Placeholder(
                self.env._("website"), "https://www.example.com", self._get_website
            ),
            "channel": Placeholder(
                self.env._("live chat channel"),
                self.env._("Support"),
                self._get_livechat_channel_name,
            ),
            "page": Placeholder(
                self.env._("current page"),
                "https://www.example.com/shop",
                self._get_page,
            ),
            "date": Placeholder(self.env._("date"), self._get_date(), self._get_date),
            "record.name": Placeholder(
                self.env._("name of the new record"),
                self.env._("Mouse broken"),
                self._get_record_name,
            ),
            "record.number": Placeholder(
                self.env._("number of the new record"),
                "HT00012",
                self._get_record_number,
            ),
            "record.link": Placeholder(
                self.env._("customer's link to the new record"),
                "https://www.example.com/my/ticket/12",
                self._get_record_link,
            ),
        }

    @api.model
    def _get_values(self, channel, record=None, names=None):
        """Return ``{name: text}`` for a conversation; ``""`` where there is no value.

        :param channel: a ``discuss.channel`` that the user may read, or an empty one
        :param record: what a command just created, or None
        :param names: of the placeholders that are needed; None for all
        """
        lang_code = self._get_visitor_lang_code(channel)
        active_code = self.env["res.lang"]._get_active_code(lang_code)
        Placeholders = self.with_context(lang=active_code or self.env.lang)
        source = Source(channel.with_env(Placeholders.env), record)
        known = Placeholders._get_placeholders()
        if names is not None:
            known = {name: known[name] for name in known if name in names}
        return Placeholders._compute_values(known, source)

    @api.model
    def _fill_in(self, text, channel, record=None):
        """Return ``text`` with its placeholders filled in, for a conversation.

        :param record: what a command just created, or None
        """
        values, labels = {}, {}
        if names := placeholders.find_names(text):
            values = self._get_values(channel, record, names)
            labels = {name: p.label for name, p in self._get_placeholders().items()}
        return placeholders.render(text, values, labels)

    @api.model
    def _compute_values(self, known, source):
        """Return ``{name: text}``; a placeholder that fails is a blank, and is logged.

        One savepoint for all: only when PostgreSQL refused something, which spoils all
        that follows, each gets its own.
        """
        try:
            with self.env.cr.savepoint():
                return {
                    name: self._compute_value(name, placeholder, source)
                    for name, placeholder in known.items()
                }
        except RETRIED:
            raise
        except psycopg2.Error:
            return {
                name: self._compute_value_alone(name, placeholder, source)
                for name, placeholder in known.items()
            }

    @api.model
    def _compute_value(self, name, placeholder, source):
        try:
            return clean_value(placeholder.get_value(source))
        except (psycopg2.Error, *RETRIED):
            raise
        except Exception:  # noqa: BLE001 - whatever a bridge does, the list goes on
            self._log_failure(name)
            return ""

    @api.model
    def _compute_value_alone(self, name, placeholder, source):
        try:
            with self.env.cr.savepoint():
                return self._compute_value(name, placeholder, source)
        except RETRIED:
            raise
        except psycopg2.Error:
            self._log_failure(name)
            return ""

    @api.model
    def _log_failure(self, name):
        _logger.exception(  # noqa: LOG004 - called by those who caught it
            "The placeholder {{%s}} of canned responses failed", name
        )

    @api.model
    def _get_visitor_lang_code(self, channel):
        """Return the code of the visitor's language, active or not, or ``""``."""
        if channel.channel_type != "livechat":
            return ""
        code, _name = self.env["res.lang"]._get_code_and_name(
            channel.livechat_lang_id.id
        )
        # sudo: mail.guest - who may read a live chat may know its visitor
        return code or channel._get_visitor().sudo().lang or ""

    @api.model
    def _get_visitor_first_name(self, source):
        name = source.visitor_name
        if "@" in name:
            return ""
        return name.rpartition(",")[2].strip().split(" ")[0]

    @api.model
    def _get_visitor_language(self, source):
        code = self._get_visitor_lang_code(source.channel)
        Lang = self.env["res.lang"].with_context(active_test=False)
        name = code and Lang.search([("code", "=", code)]).name
        return (name or "").split(" / ")[-1]

    @api.model
    def _get_visitor_country(self, source):
        if source.channel.channel_type != "livechat":
            return ""
        # sudo: mail.guest - who may read a live chat may know its visitor
        visitor_sudo = source.channel._get_visitor().sudo()
        return (source.channel.country_id or visitor_sudo.country_id).name

    @api.model
    def _get_operator_name(self, source):
        # sudo: res.users.settings - one's own live chat name
        Settings = self.env["res.users.settings"].sudo()
        own = Settings.search_fetch(
            [("user_id", "=", self.env.uid)], ["livechat_username"]
        )
        return own.livechat_username or self.env.user.name

    @api.model
    def _get_website(self, source):
        return self.env.company.website

    @api.model
    def _get_livechat_channel_name(self, source):
        # sudo: im_livechat.channel - its name is shown to who reads the conversation
        return source.channel.sudo().livechat_channel_id.name

    @api.model
    def _get_page(self, source):
        """Return the page that the visitor looks at, which other apps may know."""
        return ""

    @api.model
    def _get_date(self, source=None):
        return format_date(self.env, fields.Date.context_today(self))

    @api.model
    def _get_record_name(self, source):
        return source.record.display_name if source.record else ""

    @api.model
    def _get_record_number(self, source):
        has_number = source.record and "number" in source.record._fields
        return source.record.number if has_number else ""

    @api.model
    def _get_record_link(self, source):
        return self._get_link(source.record)

    @api.model
    def _get_link(self, record):
        """Return the portal page of a record, without a token: it asks to log in."""
        if not record or "access_url" not in record._fields:
            return ""
        path = record.access_url
        return f"{record.get_base_url()}{path}" if path and path[0] == "/" else ""

    @api.model
    def _get_made_record(self, source, model_name):
        """Return the record of a ``livechat.origin.mixin`` model to speak of.

        The one just made, else the conversation's last one that the user may read.
        """
        if source.record and source.record._name == model_name:
            return source.record
        records = source.channel.env[model_name]
        if not source.channel or not records.has_access("read"):
            return records
        return records._search_of_livechat(source.channel, limit=1)
