import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tools import html2plaintext

from ...tools import placeholders
from ...tools.sudo import copy_hidden, without_defaults
from ...tools.syntax import fold


class MailCannedResponse(models.Model):
    _inherit = "mail.canned.response"

    active = fields.Boolean(default=True)
    source = fields.Char(
        help="What you type to find the response: “:” and this in a live chat, “::” and"
        " this everywhere else."
    )
    lang_id = fields.Many2one(
        "res.lang",
        "Language",
        default=lambda self: self.env["res.lang"]._get_data(code=self.env.lang).id,
        ondelete="set null",
        help="The language of the Substitution.",
    )
    text_ids = fields.One2many(
        "mail.canned.response.text",
        "canned_response_id",
        "Other Languages",
        copy=True,
        help="The text in the visitor's language is chosen, else the Substitution.",
    )
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "mail_canned_response_attachment_rel",
        "canned_response_id",
        "attachment_id",
        "Attachments",
        help="Files that are sent with the message.",
    )
    tag_ids = fields.Many2many("mail.canned.response.tag", string="Tags")
    livechat_channel_ids = fields.Many2many(
        "im_livechat.channel",
        "mail_canned_response_livechat_channel_rel",
        "canned_response_id",
        "livechat_channel_id",
        "Live Chat Channels",
        groups="im_livechat.im_livechat_group_user",
        copy=False,  # see copy()
        help="Where the response is listed; empty: everywhere. This narrows the list,"
        " it gives no right and takes none.",
    )
    shortcut_key = fields.Char(
        compute="_compute_shortcut_key",
        store=True,
        index=True,
        help="The shortcut without accents and case.",
    )
    search_text = fields.Text(
        compute="_compute_search_text",
        store=True,
        prefetch=False,
        help="All that the list in the composer searches, without accents and case.",
    )
    shortcut_warning = fields.Char(compute="_compute_shortcut_warning")
    has_duplicate = fields.Boolean(
        "Duplicate Shortcut",
        compute="_compute_has_duplicate",
        search="_search_has_duplicate",
        help="Its owner has another response with the same shortcut.",
    )

    @api.depends("source")
    def _compute_shortcut_key(self):
        for response in self:
            response.shortcut_key = fold((response.source or "").strip())

    @api.depends("source", "substitution", "text_ids.substitution", "tag_ids.name")
    def _compute_search_text(self):
        for response in self:
            parts = [
                response.source,
                response.substitution,
                *response.text_ids.mapped("substitution"),
                *response.tag_ids.mapped("name"),
            ]
            response.search_text = fold("\n".join(filter(None, parts)))

    @api.depends("source", "create_uid")
    @api.depends_context("uid")
    def _compute_shortcut_warning(self):
        namesakes = self.search(
            [("shortcut_key", "in", [fold((r.source or "").strip()) for r in self])]
        )
        for response in self:
            key = fold((response.source or "").strip())
            others = (namesakes - response._origin).filtered(
                lambda other, key=key: other.shortcut_key == key
            )
            response.shortcut_warning = others[:1]._describe_clash()

    def _describe_clash(self):
        """Return a sentence on the response that has the same shortcut, or False."""
        if not self:
            return False
        if self.create_uid == self.env.user:
            return self.env._(
                "You already have a canned response with the shortcut “%(shortcut)s”.",
                shortcut=self.source,
            )
        # sudo: res.users - the name of the owner of a response that one may read
        owner_sudo = self.create_uid.sudo()
        return self.env._(
            "%(owner)s shares a canned response with the same shortcut: both will be"
            " listed.",
            owner=owner_sudo.name or self.env._("Unknown"),
        )

    def _compute_has_duplicate(self):
        duplicates = self.filtered_domain(self._search_has_duplicate("in", [True]))
        duplicates.has_duplicate = True
        (self - duplicates).has_duplicate = False

    @api.model
    def _search_has_duplicate(self, operator, value):
        if operator != "in":
            return NotImplemented
        groups = self.with_context(active_test=False)._read_group(
            [], ["create_uid", "shortcut_key"], ["id:array_agg"], [("__count", ">", 1)]
        )
        return [("id", "in", [id_ for *_keys, ids in groups for id_ in ids])]

    # ------------------------------------------------------------
    # CONSTRAINTS
    # ------------------------------------------------------------

    @api.constrains("source")
    def _check_unique_shortcut(self):
        """Refuse a shortcut that its owner has already, when it is set or changed."""
        # sudo: mail.canned.response - an administrator changes what others own
        groups = (
            self.sudo()
            .with_context(active_test=False)
            ._read_group(
                [
                    ("create_uid", "in", self.create_uid.ids),
                    ("shortcut_key", "in", self.mapped("shortcut_key")),
                ],
                ["create_uid", "shortcut_key"],
                having=[("__count", ">", 1)],
            )
        )
        taken = {(owner.id, key) for owner, key in groups}
        for response in self:
            if (response.create_uid.id, response.shortcut_key) in taken:
                raise ValidationError(
                    self.env._(
                        "There is already a canned response with the shortcut"
                        " “%(shortcut)s”, perhaps archived. Choose another shortcut.",
                        shortcut=response.source,
                    )
                )

    @api.constrains("substitution")
    def _check_placeholders(self):
        for response in self:
            self._check_text(response.substitution)

    @api.model
    def _check_text(self, text):
        """Refuse a text with a placeholder that does not exist.

        :raise ValidationError: with its name and those that exist
        """
        names = set(self.env["mail.canned.response.placeholder"]._get_placeholders())
        if unknown := placeholders.find_unknown(text, names):
            raise ValidationError(
                self.env._(
                    "%(placeholder)s is not a placeholder. Choose one of: %(names)s.",
                    placeholder=unknown,
                    names=", ".join(sorted(names)),
                )
            )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        responses = super().create(vals_list)
        responses._adopt_attachments()
        return responses

    def write(self, vals):
        result = super().write(vals)
        if "attachment_ids" in vals:
            self._adopt_attachments()
        return result

    def copy(self, default=None):
        """Keep the channels, also for those who have no rights on live chats."""
        responses = super().copy(default)
        if "livechat_channel_ids" not in (default or {}):
            copy_hidden(self, responses, "livechat_channel_ids")
        return responses

    def copy_data(self, default=None):
        vals_list = super().copy_data(default=default)
        for response, vals in zip(self, vals_list, strict=True):
            if "source" not in (default or {}):
                vals["source"] = self.env._("%s (copy)", response.source)
            files = response._get_files().copy({"res_id": 0})
            vals["attachment_ids"] = [Command.set(files.ids)]
        return vals_list

    def _adopt_attachments(self):
        """Files uploaded in the form become readable by who reads the response.

        :raise AccessError: for a file, linked by its id, that the user may not read
        """
        for response in self:
            response._get_files().filtered(
                lambda file: file.res_model == self._name and not file.res_id
            ).res_id = response.id

    def _get_files(self):
        """Return the files of these responses, all of them.

        :raise AccessError: for one that the current user may not read
        """
        # Without what makes the copy of a file say "12.00 bytes".
        files = without_defaults(self._get_files_sudo().with_env(self.env))
        files.check_access("read")
        return files

    def _get_files_sudo(self):
        # What was read as the user, without closed files, is what a superuser gets too.
        self.invalidate_recordset(["attachment_ids"])
        # sudo: mail.canned.response - as the user, closed files would be left out
        return self.sudo().attachment_ids

    def _broadcast(self, /, *, delete=False):
        """Tell all internal users which responses changed, nothing of their content.

        Odoo sends the text to those who may read it now: who could read it before
        keeps it. Browsers drop what changed and ask again.
        """
        if self:
            self._notify_changed(self.env.ref("base.group_user"), self.ids)

    @api.model
    def _notify_changed(self, target, ids=None):
        """Let the browsers of ``target`` (users or groups) drop responses.

        :param ids: of the responses; None for all
        """
        target._bus_send("livechat_command/canned_responses_changed", {"ids": ids})

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    @api.readonly
    @api.model
    def get_placeholders(self):
        """Return what can be put into a text: a list of name, label and example."""
        self.check_access("read")
        known = self.env["mail.canned.response.placeholder"]._get_placeholders()
        return [
            {"name": name, "label": placeholder.label, "example": placeholder.example}
            for name, placeholder in known.items()
        ]

    @api.readonly
    @api.model
    def get_defaults_from_message(self, message_id):
        """Return the values of a form that makes a response of an agent's message.

        :return: a context with ``default_…`` keys
        """
        self.check_access("create")
        message = self.env["mail.message"].search([("id", "=", message_id)])
        text = html2plaintext(message.body or "", include_references=False).strip()
        channel = self.env["discuss.channel"]
        if message.model == "discuss.channel":
            channel = channel.search([("id", "=", message.res_id)])
        values = self.env["mail.canned.response.placeholder"]._get_values(channel)
        for name in ("visitor.name", "visitor.first_name"):
            if values[name]:
                word = re.compile(rf"(?<!\w){re.escape(values[name])}(?!\w)")
                text = word.sub("{{" + name + "}}", text)
        return {"default_substitution": text}
