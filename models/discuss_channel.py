import re
from datetime import timedelta

from markupsafe import Markup
from pytz import utc

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import email_normalize, format_datetime, get_lang, html2plaintext
from odoo.tools.translate import code_translations

from odoo.addons.mail.tools.discuss import Store

from ..command import transcript
from ..command.errors import CommandRefusedError

# In the context of a ``write``: the conversation stays open. Compared by identity, so
# that no client, whose context is JSON, can send it.
_KEEP_OPEN = object()

SENTENCE_LIMIT = 60
# What follows "Visitor" in Odoo's default names: "#12", "nº 12", or nothing.
_GUEST_NUMBER = re.compile(r"(\W*(\w{1,8}\W+)?\d+)?$")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


class DiscussChannel(models.Model):
    _inherit = "discuss.channel"

    def write(self, vals):
        if self.env.context.get("livechat_command_end_dt") is _KEEP_OPEN:
            vals = {key: vals[key] for key in vals if key != "livechat_end_dt"}
        ending = self.browse()
        if vals.get("livechat_end_dt"):
            ending = self.filtered(lambda channel: not channel.livechat_end_dt)
        result = super().write(vals)
        if ending:
            self.env["discuss.channel.followup"]._trigger(ending)
        return result

    # ------------------------------------------------------------
    # COMMANDS
    # ------------------------------------------------------------

    def run_command(self, line, request_id=None):
        """Run what an operator typed, once for each request id.

        :param str line: the command's line, such as ``/helpdesk Broken mouse``
        :param str request_id: 8 to 64 characters, made by the browser for this line; the
            same id again gives the first answer and does nothing twice
        :return: a dict with ``status`` (done, usage, unknown, refused or failed),
            ``body`` (HTML of the answer), ``name`` of the command found or False, and
            what the command adds, such as ``record``
        """
        return self.env["discuss.command.run"]._handle(self, line, request_id)

    def rejoin_conversation(self):
        """Join again a live chat that the current user left and that still goes on.

        :raise AccessError: when the user never answered in it, or it has ended
        """
        try:
            channel = self._check_command_access()
        except CommandRefusedError as error:
            raise AccessError(str(error)) from error
        if not channel._has_answered() or channel.livechat_end_dt:
            raise AccessError(
                self.env._("You can only rejoin a conversation that still goes on.")
            )
        channel._add_members(users=self.env.user)
        return True

    def _get_requested(self):
        """Return the one conversation that an RPC call names, or none.

        Odoo passes on as ids whatever a client sends.
        """
        ids = self._ids
        if len(ids) != 1 or type(ids[0]) is not int or not 0 < ids[0] < 2**31:
            return self.browse()
        return self.exists()

    def _check_command_access(self):
        """Return the conversation, read as the current user.

        :raise CommandRefusedError: alike when it does not exist and may not be read
        """
        channel = self._get_requested()
        if not channel or not channel.has_access("read"):
            raise CommandRefusedError(
                self.env._("This conversation does not exist or is not open to you.")
            )
        return channel

    def _get_command_refusal(self):
        """Tell why the current user may run no command at all here, or return ``""``."""
        self.ensure_one()
        if not self.env.user._is_internal():
            return self.env._("Commands are for agents only.")
        if not self.has_access("read"):
            return self.env._("This conversation does not exist or is not open to you.")
        if self.channel_type == "livechat" and self.livechat_end_dt:
            if self._has_answered():
                return ""
            return self.env._(
                "This conversation has ended: only agents who answered in it can run"
                " commands here."
            )
        if not self.is_member:
            return self.env._("Join this conversation to run commands in it.")
        return ""

    def _has_answered(self):
        """Tell whether the current user answered in this live chat as an agent."""
        # sudo: im_livechat.channel.member.history - looking for one's own row
        return bool(
            self.env["im_livechat.channel.member.history"]
            .sudo()
            .search_count(
                [
                    ("channel_id", "=", self.id),
                    ("partner_id", "=", self.env.user.partner_id.id),
                    ("livechat_member_type", "=", "agent"),
                    ("message_count", ">", 0),
                ],
                limit=1,
            )
        )

    def _check_odoo_command(self, kind):
        """Apply the rule of our commands to Odoo's methods, which RPC can call.

        :raise AccessError: when the current user may not run the command here
        """
        # sudo: discuss.command - a switched off command is refused here too
        commands = self.env["discuss.command"].sudo().with_context(active_test=False)
        command = commands.search([("kind", "=", kind)], limit=1).sudo(False)
        refusal = self._get_command_refusal()
        if not refusal and command and not command.active:
            refusal = self.env._("/%(name)s is switched off.", name=command.name)
        if not refusal and command:
            refusal = command._refuse(self)
        if refusal:
            raise AccessError(refusal)

    def execute_command_help(self, **kwargs):
        self._check_odoo_command("help")
        return super().execute_command_help(**kwargs)

    def execute_command_leave(self, **kwargs):
        self._check_odoo_command("leave")
        return super().execute_command_leave(**kwargs)

    def execute_command_who(self, **kwargs):
        self._check_odoo_command("who")
        return super().execute_command_who(**kwargs)

    def execute_command_history(self, **kwargs):
        self._check_odoo_command("history")
        return super().execute_command_history(**kwargs)

    def _get_command_store_fields(self):
        """Return what the browser needs to offer commands in this conversation."""
        self.ensure_one()
        commands = self.env["discuss.command"]._get_available(self)
        is_livechat = self.channel_type == "livechat"
        hints = {command.id: command._get_hint(self) for command in commands}
        is_ended = bool(is_livechat and self.livechat_end_dt)
        title = self._get_visitor_first_sentence() if is_livechat and commands else ""
        return [
            Store.Many("livechat_commands", value=commands),
            Store.Attr("livechat_command_hints", hints),
            Store.Attr("livechat_command_title", title),
            Store.Attr("is_command_only", is_ended and bool(commands)),
        ]

    # ------------------------------------------------------------
    # NOTE, LEAVE, END
    # ------------------------------------------------------------

    def _add_note(self, text):
        """Add ``text`` with name and time to the conversation's own Notes."""
        # sudo: discuss.channel - members may update the note, as in Odoo's own route
        channel_sudo = self.sudo()
        now = format_datetime(self.env, fields.Datetime.now(), dt_format="short")
        channel_sudo.livechat_note = Markup("%s<p><strong>%s, %s</strong><br>%s</p>") % (
            channel_sudo.livechat_note or "",
            self.env.user.name,
            now,
            text,
        )
        Store(bus_channel=self.env.user).add(channel_sudo, ["livechat_note"]).bus_send()

    def _leave_open(self):
        """Take the current user out; the conversation goes on for the visitor."""
        self.with_context(livechat_command_end_dt=_KEEP_OPEN).action_unfollow()
        # sudo: discuss.channel - the status follows from this agent's leaving
        channel_sudo = self.sudo()
        if not channel_sudo._get_agent_members():
            channel_sudo._set_unattended_status()

    def _get_agent_members(self):
        return self.channel_member_ids.filtered(
            lambda member: member.livechat_member_type == "agent"
        )

    def _set_unattended_status(self):
        """Set the status of a live chat without agents, and call for help if needed."""
        if not self._is_visitor_waiting():
            self.livechat_status = "waiting"
        elif self.livechat_status != "need_help":
            self.livechat_status = "need_help"
            self._notify_need_help()

    def _is_visitor_waiting(self):
        """Tell whether the visitor wrote last."""
        last = self.env["mail.message"].search(
            [
                ("model", "=", "discuss.channel"),
                ("res_id", "=", self.id),
                ("message_type", "!=", "notification"),
            ],
            order="id desc",
            limit=1,
        )
        return bool(last) and self._is_from_visitor(last)

    def _is_from_visitor(self, message):
        visitors = self.livechat_customer_history_ids
        if message.author_guest_id:
            return message.author_guest_id in visitors.guest_id
        return bool(message.author_id) and message.author_id in visitors.partner_id

    def _notify_need_help(self):
        """Tell the other online agents of the live chat channel."""
        agents = self.livechat_channel_id.available_operator_ids - self.env.user
        for agent in agents:
            agent._bus_send(
                "simple_notification",
                {
                    "type": "info",
                    "title": self.with_context(lang=agent.lang).env._(
                        "Looking for help"
                    ),
                    "message": self.with_context(lang=agent.lang).env._(
                        "%(visitor)s waits in a live chat without an agent.",
                        visitor=self._get_visitor_name(),
                    ),
                },
            )

    def _message_post_after_hook(self, message, msg_vals):
        result = super()._message_post_after_hook(message, msg_vals)
        # sudo: discuss.channel - the status follows from the visitor's message
        channel_sudo = self.sudo()
        if (
            channel_sudo.channel_type == "livechat"
            and not channel_sudo.livechat_end_dt
            and message.message_type != "notification"
            and channel_sudo.livechat_agent_history_ids
            and not channel_sudo._get_agent_members()
            and channel_sudo._is_from_visitor(message)
        ):
            channel_sudo._set_unattended_status()
        return result

    def _get_leave_hint(self):
        """Return what will happen to the conversation when the current user leaves."""
        if self.channel_type != "livechat" or self.livechat_end_dt:
            return ""
        # sudo: discuss.channel - counting the agents of a conversation one may read
        channel_sudo = self.sudo()
        visitor = self._get_visitor_name()
        if len(channel_sudo._get_agent_members()) > 1:
            return self.env._("%(visitor)s stays with the other agents", visitor=visitor)
        if channel_sudo._is_visitor_waiting():
            return self.env._(
                "%(visitor)s stays, and other agents are asked to help", visitor=visitor
            )
        return self.env._(
            "%(visitor)s stays; other agents are asked to help at the next message",
            visitor=visitor,
        )

    def _end_by_agent(self):
        """End the live chat for everybody, with a notice that names the agent."""
        # sudo: discuss.channel.rtc.session - one may leave one's own call
        self.self_member_id.sudo()._rtc_leave_call()
        # sudo: discuss.channel - who may run /end here may set the end
        channel_sudo = self.sudo()
        channel_sudo.livechat_end_dt = fields.Datetime.now()
        Store(bus_channel=self).add(channel_sudo, ["livechat_end_dt"]).bus_send()
        channel_sudo.message_post(
            author_id=self.env.ref("base.partner_root").id,
            body=Markup('<div class="o_mail_notification o_hide_author">%s</div>')
            % self.env._(
                "%(agent)s ended the conversation.",
                agent=self.env.user.livechat_username or self.env.user.name,
            ),
            message_type="notification",
            subtype_xmlid="mail.mt_comment",
        )

    @api.autovacuum
    def _gc_unattended_livechat_sessions(self):
        """End live chats that all agents left, after a day without messages."""
        day_ago = fields.Datetime.now() - timedelta(days=1)
        is_agent = Domain("livechat_member_history_ids.livechat_member_type", "=", "agent")
        self.search(
            Domain("channel_type", "=", "livechat")
            & Domain("livechat_end_dt", "=", False)
            & Domain("last_interest_dt", "<=", day_ago)
            & Domain("livechat_agent_partner_ids", "!=", False)
            & ~Domain("channel_member_ids", "any", is_agent)
        ).livechat_end_dt = fields.Datetime.now()

    # ------------------------------------------------------------
    # VISITOR
    # ------------------------------------------------------------

    def _get_visitor(self):
        """Return the visitor: a ``res.partner`` who is logged in, or a ``mail.guest``.

        Public and internal partners are never the visitor.
        """
        self.ensure_one()
        # sudo: discuss.channel - who may read a live chat may know its visitor
        customers = self.sudo().with_context(active_test=False).livechat_customer_history_ids
        partners = customers.partner_id.filtered(
            lambda partner: partner.partner_share and not partner.is_public
        )
        return (partners[:1] or customers.guest_id[:1]).sudo(False)

    def _get_visitor_values(self):
        """Return what is known of the visitor, for records made from the conversation.

        :return: a dict with ``partner`` (the contact of a logged-in visitor, else an
            empty recordset), ``name`` and ``email`` (text or ``""``; Odoo's default
            guest names count as none). The e-mail address of a guest is what the visitor
            typed or gave to the chatbot: nobody verified it.
        """
        # sudo: mail.guest - who may read a live chat may know its visitor
        visitor = self._get_visitor().sudo()
        if visitor._name == "res.partner" and visitor:
            return {
                "partner": visitor.sudo(False),
                "name": visitor.name or "",
                "email": visitor.email or "",
            }
        name = visitor.name or ""
        return {
            "partner": self.env["res.partner"],
            "name": "" if self._is_default_guest_name(name) else name,
            "email": visitor.email or self._find_visitor_email(),
        }

    @api.model
    def _is_default_guest_name(self, name):
        """Tell whether ``name`` is one that Odoo gives, in any installed language."""
        words = {"visitor", "guest"}
        for code, _name in self.env["res.lang"].get_installed():
            terms = code_translations.get_python_translations("im_livechat", code)
            words.add((terms.get("Visitor") or "visitor").casefold())
        name = name.casefold()
        return any(
            name.startswith(word) and _GUEST_NUMBER.match(name[len(word) :])
            for word in words
        )

    def _get_visitor_name(self):
        """Return how to speak of the visitor in a sentence for the operator."""
        # sudo: mail.guest - who may read a live chat may know its visitor
        return self._get_visitor().sudo().name or self.env._("The visitor")

    def _find_visitor_email(self):
        """Return an address that the visitor gave to the chatbot or typed, or ``""``."""
        # sudo: chatbot.message - who may read a live chat may read its answers
        asked = self.sudo()._chatbot_find_customer_values_in_messages(
            {"question_email": "email"}
        )
        if address := email_normalize(asked.get("email") or ""):
            return address
        for message in self._get_visitor_messages([("body", "like", "@")], limit=100):
            if match := _EMAIL.search(html2plaintext(message.body)):
                return email_normalize(match[0]) or ""
        return ""

    def _get_visitor_messages(self, domain, limit):
        """Return the first messages of the visitor that match ``domain``."""
        # sudo: discuss.channel - who may read a live chat may read its messages
        visitors = self.sudo().livechat_customer_history_ids
        return (
            self.env["mail.message"]
            .sudo()
            .search(
                Domain("model", "=", "discuss.channel")
                & Domain("res_id", "=", self.id)
                & Domain("message_type", "!=", "notification")
                & (
                    Domain("author_id", "in", visitors.partner_id.ids)
                    | Domain("author_guest_id", "in", visitors.guest_id.ids)
                )
                & Domain(domain),
                order="id",
                limit=limit,
            )
        )

    def _get_visitor_first_sentence(self):
        """Return the visitor's first sentence, 60 characters at most, or ``""``."""
        for message in self._get_visitor_messages([("body", "!=", False)], limit=3):
            text = " ".join(html2plaintext(message.body, include_references=False).split())
            sentence = re.split(r"(?<=[.!?])\s", text)[0]
            if len(sentence) > SENTENCE_LIMIT:
                sentence = sentence[:SENTENCE_LIMIT].rsplit(" ", 1)[0]
            if sentence:
                return sentence
        return ""

    def _is_visitor_online(self):
        # sudo: mail.guest - who may read a live chat may see that the visitor is there
        return (self._get_visitor().sudo().im_status or "offline") != "offline"

    def _request_browser_history(self):
        """Ask the visitor's browser for its pages, by Odoo's own notification."""
        super().execute_command_history()

    # ------------------------------------------------------------
    # TRANSCRIPT
    # ------------------------------------------------------------

    def _get_channel_history(self):
        """Return the transcript as HTML; Odoo's leads and chatbot steps call this."""
        self.ensure_one()
        return self._get_transcript()

    def _get_transcript(self, domain=None):
        """Return who said what and when, in the time zone of the current user.

        :param domain: narrows the messages, such as those after a given one
        :return: HTML in which everything that was typed is text
        """
        return transcript.render(
            self._get_transcript_entries(domain), self._get_date_formatter()
        )

    def _get_date_formatter(self):
        """Return a function from a UTC datetime to its text for the current user."""
        lang = get_lang(self.env)
        pattern = f"{lang.date_format} {lang.time_format}".replace(":%S", "")
        tz = self.env.tz
        return lambda date: utc.localize(date).astimezone(tz).strftime(pattern)

    def _get_transcript_entries(self, domain):
        """Yield the messages of the conversation, oldest first.

        Rows are read without making records: at 10,000 messages the records alone took
        half of the time.
        """
        # sudo: mail.message - who may call for the transcript may read the conversation
        Message = self.env["mail.message"].sudo()
        query = Message._search(self._get_transcript_domain(domain), order="id")
        names = ("id", "body", "date", "author_id", "author_guest_id")
        columns = (Message._field_to_sql(query.table, name, query) for name in names)
        rows = self.env.execute_query(query.select(*columns))
        files = self._get_transcript_files(domain)
        authors = self._get_author_names(rows)
        for message_id, body, date, partner_id, guest_id in rows:
            text = self._get_message_text(body or "")
            if text or message_id in files:
                author = (partner_id, guest_id)
                yield transcript.Entry(
                    author, authors[author], date, text, files.get(message_id, ())
                )

    def _get_transcript_messages(self, domain=None):
        """Return the messages of the transcript, oldest first."""
        # sudo: mail.message - who may call for the transcript may read the conversation
        return (
            self.env["mail.message"]
            .sudo()
            .search(self._get_transcript_domain(domain), order="id")
        )

    def _get_transcript_domain(self, domain):
        return (
            Domain("model", "=", "discuss.channel")
            & Domain("res_id", "=", self.id)
            & Domain("message_type", "!=", "notification")
            & Domain(domain or Domain.TRUE)
        )

    def _get_transcript_files(self, domain):
        """Return the names of attached files by message id."""
        messages = self._get_transcript_messages(
            Domain("attachment_ids", "!=", False) & Domain(domain or Domain.TRUE)
        )
        return {m.id: tuple(m.attachment_ids.mapped("name")) for m in messages}

    def _get_author_names(self, rows):
        """Return the name that the visitor saw, by (partner id, guest id)."""
        authors = {row[3:5] for row in rows}
        # sudo: res.partner - the names of those who wrote are in the conversation
        partners = self.env["res.partner"].sudo().browse(p for p, _g in authors if p)
        guests = self.env["mail.guest"].sudo().browse(g for p, g in authors if g and not p)
        names = {(None, None): self.env._("Unknown")}
        for partner in partners:
            names[partner.id] = partner.user_livechat_username or partner.name
        for guest in guests:
            names[None, guest.id] = guest.name
        return {author: names.get(author[0]) or names[author] for author in authors}

    def _get_message_text(self, body):
        text = transcript.simple_text(body)
        if text is None:
            text = html2plaintext(body, include_references=False)
        return text.strip()

    # ------------------------------------------------------------
    # RECORDS MADE FROM A CONVERSATION
    # ------------------------------------------------------------

    def _follow_up(self, record):
        """Give ``record``, just made from this live chat, its files and later the rest.

        To be called right after the record was made with the transcript in it: the
        files of the conversation are attached to the record itself, and what is said
        from now on comes to it as one internal note when the conversation ends.

        :param record: one record of a model with a chatter, which the user may write
        """
        self.ensure_one()
        self._copy_files(record)
        # sudo: discuss.channel.followup - the user made the record from what they read
        self.env["discuss.channel.followup"].sudo().create(
            {
                "channel_id": self.id,
                "res_model": record._name,
                "res_id": record.id,
                "last_message_id": self._get_last_message_id(),
            }
        )

    def _get_last_message_id(self):
        # sudo: mail.message - only how far the conversation has come
        messages = self.env["mail.message"].sudo()
        domain = self._get_transcript_domain(None)
        return messages.search(domain, order="id desc", limit=1).id or 0

    def _copy_files(self, record, domain=None):
        """Attach copies of the conversation's files to ``record`` itself.

        :param domain: narrows the messages whose files are copied
        :return: the copies
        """
        has_files = Domain("attachment_ids", "!=", False)
        # sudo: mail.message - who may read the conversation may read its files
        messages_sudo = self.env["mail.message"].sudo()
        domain = self._get_transcript_domain(domain) & has_files
        copies_sudo = messages_sudo.search(domain, order="id").attachment_ids.copy(
            {"res_model": record._name, "res_id": record.id, "access_token": False}
        )
        return copies_sudo.sudo(False)
