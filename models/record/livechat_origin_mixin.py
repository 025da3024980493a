from odoo import api, fields, models

from odoo.addons.mail.tools.discuss import Store

from ...tools.shown import as_label


class LivechatOriginMixin(models.AbstractModel):
    """A record made from a live chat, with a way back to the conversation.

    Conversations may be added to it, too, also to one that was made in another way. The
    way back is for those who may read the conversation anyway: that a record belongs to
    it opens it to nobody.

    What commands do with such a record (``kind_record.py``) needs of its model the
    fields ``partner_id``, ``stage_id`` and ``user_id``, and what it says here:

    - ``_livechat_title``, the field with its title, and ``_livechat_number``, that with
      its number, if it has one, and ``_livechat_sequence``, the code of the sequence
      that gives it;
    - ``_livechat_name`` and ``_livechat_email``, the fields with the name and e-mail of
      one who is no contact;
    - ``_livechat_open``, the domain of what is not done;
    - ``_livechat_merged``, the field of the record that this is a duplicate of;
    - ``_livechat_answer``, the template of the answer that names the new ``record``;
    - ``_livechat_list``, the client action that lists what words find, if there is one;
    - ``_livechat_panel``, the fields of the conversation in the browser that get its
      records and the customer's other open ones, if the information panel shows them.
    """

    _name = "livechat.origin.mixin"
    _description = "Made from a Live Chat"
    _livechat_title = "name"
    _livechat_number = None
    _livechat_sequence = None
    _livechat_merged = None
    _livechat_name = None
    _livechat_email = None
    _livechat_open = ()
    _livechat_answer = "livechat_command.answer_created"
    _livechat_list = None
    _livechat_panel = ()

    origin_channel_id = fields.Many2one(
        "discuss.channel",
        "Live Chat Conversation",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The live chat from which this was created.",
    )
    # Stays when the link goes: by Undo, with the conversation, in a duplicate.
    is_from_livechat = fields.Boolean("Made from a Live Chat", readonly=True)
    can_open_livechat = fields.Boolean(compute="_compute_can_open_livechat")
    is_contact_unverified = fields.Boolean(
        "Contact Not Verified",
        compute="_compute_is_contact_unverified",
        help="Name and e-mail are what a visitor gave in a live chat.",
    )

    @api.depends_context("uid")
    @api.depends("origin_channel_id")
    def _compute_can_open_livechat(self):
        conversations = self._get_livechats()
        readable = self.env["discuss.channel"].union(*conversations.values())
        readable = readable._filtered_access("read")
        for record in self:
            record.can_open_livechat = bool(conversations[record] & readable)

    def _get_livechats(self):
        """Return by record its conversations, readable or not, the last one last."""
        # sudo: discuss.channel.followup - the links alone
        followups_sudo = self.env["discuss.channel.followup"].sudo()
        by_id = dict(
            followups_sudo._read_group(
                [("res_model", "=", self._name), ("res_id", "in", self.ids)],
                ["res_id"],
                ["channel_id:recordset"],
            )
        )
        none = self.env["discuss.channel"]
        return {
            record: record.origin_channel_id
            | by_id.get(record.id, none).sorted("id").with_env(self.env)
            for record in self
        }

    @api.depends(
        lambda self: (
            "is_from_livechat",
            "origin_channel_id",
            *self._get_contact_fields(),
        )
    )
    def _compute_is_contact_unverified(self):
        typed = [name for name in self._get_contact_fields() if name != "partner_id"]
        for record in self:
            record.is_contact_unverified = bool(
                (record.is_from_livechat or record.origin_channel_id)
                and not ("partner_id" in self._fields and record.partner_id)
                and any(record[name] for name in typed)
            )

    def _get_contact_fields(self):
        """Return the fields of the contact, and of one who is none."""
        names = ("partner_id", self._livechat_name, self._livechat_email)
        return [name for name in names if name in self._fields]

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create([_note_origin(vals) for vals in vals_list])
        records._check_origin_access()
        return records

    def write(self, vals):
        result = super().write(_note_origin(vals))
        if "origin_channel_id" in vals:
            self._check_origin_access()
        return result

    def _check_origin_access(self):
        """Refuse a conversation that the user may not read: its name would be shown.

        No constraint: Odoo checks those as superuser.

        :raise AccessError: when it may not be read
        """
        self.origin_channel_id.check_access("read")

    def action_open_livechat(self):
        """Open its last conversation in a chat window of the current user.

        :raise AccessError: when they may read none
        """
        self._open_livechat()

    def _open_livechat(self):
        self.ensure_one()
        conversations = self._get_livechats()[self]
        channel = conversations._filtered_access("read")[-1:]
        if not channel:
            conversations.check_access("read")
        Store(bus_channel=self.env.user).add(
            channel, extra_fields={"open_chat_window": True}
        ).bus_send()

    # ------------------------------------------------------------
    # MADE
    # ------------------------------------------------------------

    @api.model
    def _prepare_livechat_values(self, channel, title):
        """Return the values of the record that a command makes. To be extended."""
        visitor = channel._get_visitor_values()
        contact = {
            "partner_id": visitor["partner"].id,
            self._livechat_name: visitor["name"],
            self._livechat_email: visitor["email"],
        }
        values = {self._livechat_title: title, "origin_channel_id": channel.id}
        known = self._get_contact_fields()
        return {**values, **{name: contact[name] for name in known}}

    @api.model
    def _create_from_livechat(self, channel, title, values):
        """Create the record of the conversation called ``title``, as the current user.

        :param dict values: further ones, which go before the others
        :raise CommandRefusedError: when the current user may not
        """
        values = {**self._prepare_livechat_values(channel, title), **values}
        self.env["discuss.command"]._check_create_rules(self._name, values)
        record = self.create(values)
        channel._keep_from_strangers(record)
        channel._follow_up(record)
        return record

    # ------------------------------------------------------------
    # WORDS
    # ------------------------------------------------------------

    @api.model
    def _get_livechat_words(self):
        """Return how to speak of such records, to be overridden where that has a noun.

        Some take what stands in ``%(…)s``.
        """
        return {
            "for": self.env._("For %(visitor)s"),
            # The customer reads the title in the portal.
            "for_reader": self.env._("For %(visitor)s"),
            "question": self.env._("What is it about?"),
            "no_match": self.env._("Nothing matches %(words)s."),
            "none": self.env._(
                "There is nothing for this conversation and its customer."
                " Type words or a number to search all."
            ),
            "make": self.env._("Create: %(line)s"),
        }

    def _get_livechat_label(self):
        """Return what this is called in a hint: by number, else by name."""
        number = self._livechat_number and self[self._livechat_number]
        return as_label(number or self[self._livechat_title] or "")

    def _get_livechat_full_name(self):
        """Return number, if there is one, and title."""
        names = filter(None, (self._livechat_number, self._livechat_title))
        return as_label(" ".join(self[name] for name in names if self[name]))


def _note_origin(vals):
    return {**vals, "is_from_livechat": True} if vals.get("origin_channel_id") else vals
