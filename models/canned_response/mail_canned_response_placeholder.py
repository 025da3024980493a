from odoo import api, fields, models
from odoo.tools import format_date

from ...tools.placeholders import Placeholder, Source, clean_value


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
                lambda source: source.visitor["name"],
            ),
            "visitor.first_name": Placeholder(
                self.env._("visitor's first name"),
                self.env._("Marie"),
                self._get_visitor_first_name,
            ),
            "visitor.email": Placeholder(
                self.env._("visitor's e-mail"),
                "marie@example.com",
                lambda source: source.visitor["email"],
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
        Placeholders = self.with_context(
            lang=self._get_visitor_lang_code(channel) or self.env.lang
        )
        source = Source(channel.with_env(Placeholders.env), record)
        return {
            name: clean_value(placeholder.get_value(source))
            for name, placeholder in Placeholders._get_placeholders().items()
            if names is None or name in names
        }

    @api.model
    def _get_visitor_lang_code(self, channel):
        """Return the code of the visitor's language, or ``""``."""
        if channel.channel_type != "livechat":
            return ""
        # sudo: mail.guest - who may read a live chat may know its visitor
        return channel.livechat_lang_id.code or channel._get_visitor().sudo().lang or ""

    @api.model
    def _get_visitor_first_name(self, source):
        name = source.visitor["name"]
        if "@" in name:
            return ""
        return name.rpartition(",")[2].strip().split(" ")[0]

    @api.model
    def _get_visitor_language(self, source):
        code = self._get_visitor_lang_code(source.channel)
        name = self.env["res.lang"]._get_data(code=code).name if code else ""
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
        # sudo: res.users - one's own live chat name
        return self.env.user.sudo().livechat_username or self.env.user.name

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
        return records.search(
            [("origin_channel_id", "=", source.channel.id)], order="id desc", limit=1
        )
