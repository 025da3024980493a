import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.mail.tools.discuss import Store

from ...tools.sudo import clean_sudo
from ...tools.transaction import RETRIED, undoing

_logger = logging.getLogger(__name__)

# Hours to wait after the first try that failed, the second, …; then it is given up.
RETRY_HOURS = (1, 4, 24, 72)


class DiscussChannelFollowup(models.Model):
    """A record that belongs to a live chat, and gets the rest of the conversation.

    What bridges and commands make (a ticket, a lead, …), or add the conversation to,
    holds the transcript up to that moment. When the conversation ends, what was said
    later is added as one internal note. Rows are made by ``discuss.channel._follow_up``
    and ``_add_to`` alone.
    """

    _name = "discuss.channel.followup"
    _description = "Record That Waits for the Rest of a Conversation"
    _rec_name = "res_model"

    channel_id = fields.Many2one(
        "discuss.channel", required=True, ondelete="cascade", index=True, readonly=True
    )
    res_model = fields.Char("Record Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Record", model_field="res_model", required=True, readonly=True
    )
    # The last message that the record already has: no later edit sends one twice.
    last_message_id = fields.Integer(required=True, readonly=True)
    # The last note on the record with a part of the conversation, or 0.
    last_note_id = fields.Integer(readonly=True)
    is_pending = fields.Boolean("To Send", index="btree_not_null", readonly=True)
    failure_count = fields.Integer("Failed Tries", readonly=True)
    next_try = fields.Datetime(
        readonly=True, help="Not before, when the last try failed."
    )

    # Also finds the conversations of a record.
    _record_unique = models.UniqueIndex("(res_id, res_model, channel_id)")

    @api.model
    def _claim(self, channel, record):
        """Return the locked row of a conversation and a record, and whether it is new.

        Of two agents who add one at once the later waits, fails to serialize, is
        retried by Odoo, and finds how far the first has come. The ORM has neither
        ``ON CONFLICT`` nor a lock that waits, hence SQL.
        """
        key = {"res_id": record.id, "res_model": record._name, "channel_id": channel.id}
        is_new = not self.search([(name, "=", key[name]) for name in key])
        user = {"create_uid": self.env.uid, "create_date": self.env.cr.now()}
        values = {**key, **user, "last_message_id": 0}
        self.flush_model()
        [[row_id]] = self.env.execute_query(
            SQL(
                """
                INSERT INTO discuss_channel_followup AS f (%s) VALUES %s
                ON CONFLICT (res_id, res_model, channel_id)
                DO UPDATE SET last_message_id = f.last_message_id
                RETURNING id
                """,
                SQL(", ").join(map(SQL.identifier, values)),
                tuple(values.values()),
            )
        )
        return self.browse(row_id), is_new

    @api.model
    def _trigger(self, channels):
        """Have the rest of ``channels``, which just ended, sent to their records."""
        # sudo: discuss.channel.followup - the visitor's own request may end a live chat
        followups_sudo = clean_sudo(self).search([("channel_id", "in", channels.ids)])
        if followups_sudo:
            followups_sudo.write(
                {"is_pending": True, "failure_count": 0, "next_try": False}
            )
            # sudo: ir.cron - the note is sent by the system, after the conversation
            cron = clean_sudo(self.env.ref("livechat_command.ir_cron_send_followups"))
            cron._trigger()

    @api.autovacuum
    def _mark_missed_ends(self):
        """Mark what was made at the moment when its conversation ended.

        Neither transaction saw the other, so nobody marked it: its row is as old as the
        end, whose time is in whole seconds.
        """
        two_days_ago = fields.Datetime.now() - timedelta(days=2)
        missed = self.search(
            Domain("is_pending", "=", False)
            & Domain("write_date", ">=", two_days_ago)
            & Domain("channel_id.livechat_end_dt", "!=", False)
        ).filtered(
            lambda row: (
                row.write_date.replace(microsecond=0) <= row.channel_id.livechat_end_dt
            )
        )
        if missed:
            self._trigger(missed.channel_id)

    @api.model
    def _send_pending(self, limit=100):
        """Add the notes that are due. Called by the scheduled action.

        One that fails holds up no other: it is tried again later, and given up in the
        end, with an error in the log.
        """
        now = fields.Datetime.now()
        is_due = Domain("is_pending", "=", True) & (
            Domain("next_try", "=", False)
            | Domain("next_try", "<=", now)
            # The clock was ahead when it was put off.
            | Domain("next_try", ">", now + timedelta(hours=max(RETRY_HOURS)))
        )
        remaining = self.search_count(is_due, limit=1000)
        for followup in self.search(is_due, limit=limit, order="id"):
            followup._try_to_send()
            remaining -= 1
            # What was sent stays sent, whatever happens to the next one.
            if not self.env["ir.cron"]._commit_progress(1, remaining=remaining):
                break

    def _try_to_send(self):
        """Add the note, or put it off; what failed leaves nothing behind."""
        try:
            with undoing(self.env.cr):
                self._send()
        except RETRIED:
            raise
        except Exception:
            _logger.exception(
                "The rest of the conversation %s could not be added to %s,%s",
                self.channel_id.id,
                self.res_model,
                self.res_id,
            )
            self._put_off()

    def _put_off(self):
        """Try again later; after the last try never."""
        count = self.failure_count
        is_last = count >= len(RETRY_HOURS)
        wait = timedelta(hours=0 if is_last else RETRY_HOURS[count])
        self.write(
            {
                "is_pending": not is_last,
                "failure_count": count + 1,
                "next_try": fields.Datetime.now() + wait,
            }
        )

    def _send(self):
        """Add what was said since the last message sent, as one internal note."""
        self.ensure_one()
        record = self._get_record()
        if not record:
            self.unlink()
            return
        self.write({"is_pending": False, "failure_count": 0, "next_try": False})
        # In the language and time zone of the agent who made the record.
        user = self.create_uid or self.env.user
        lang = self.env["res.lang"]._get_active_code(user.lang)
        channel = self.channel_id.with_user(user).with_context(lang=lang)
        is_later = Domain("id", ">", self.last_message_id)
        last_message_id = channel._get_last_message_id()
        if text := channel._get_transcript(is_later):
            body = channel.env["ir.qweb"]._render(
                "livechat_command.followup_note", {"transcript": text}
            )
            note = channel._post_note(record, body, is_later)
            self.last_note_id = note.id
        self.last_message_id = max(last_message_id, self.last_message_id)

    @api.model
    def _move(self, records, target):
        """Have ``target`` get the rest of the conversations of ``records``.

        For models whose records are merged: what the others held is in ``target`` now.

        :param records: of any model, which are deleted afterwards
        :param target: one record of the same model
        """
        is_of_model = Domain("res_model", "=", target._name)
        own = self.search(is_of_model & Domain("res_id", "=", target.id))
        by_channel = {row.channel_id: row for row in own}
        for row in self.search(is_of_model & Domain("res_id", "in", records.ids)):
            kept = by_channel.setdefault(row.channel_id, row)
            if kept == row:
                row.res_id = target.id
                continue
            kept.last_message_id = max(kept.last_message_id, row.last_message_id)
            row.unlink()

    def _get_record(self):
        """Return the record, or None when it or its app is gone."""
        if self.res_model not in self.env:
            return None
        return self.env[self.res_model].browse(self.res_id).exists()


class DiscussChannel(models.Model):
    _inherit = "discuss.channel"

    def write(self, vals):
        ending = self.browse()
        if vals.get("livechat_end_dt"):
            ending = self.filtered(lambda channel: not channel.livechat_end_dt)
        result = super().write(vals)
        # What keeps a conversation open takes the end out of the values.
        if ended := ending.filtered("livechat_end_dt"):
            self.env["discuss.channel.followup"]._trigger(ended)
        return result

    def _follow_up(self, record):
        """Give ``record``, just made from this live chat, its files and later the rest.

        To be called right after the record was made with the transcript in it: the
        files of the conversation are attached to the record itself, and what is said
        from now on comes to it as one internal note when the conversation ends. The
        information panel of the one who made it shows what bridges have in it.

        :param record: one record of a model with a chatter, which the user may write
        """
        self.ensure_one()
        self._copy_files(record._name, record.id)
        # sudo: discuss.channel.followup - the user made the record from what they read
        followup_sudo = clean_sudo(self.env["discuss.channel.followup"])
        followup_sudo, _is_new = followup_sudo._claim(self, record)
        followup_sudo.last_message_id = self._get_last_message_id()
        self._refresh_panel()

    def _add_to(self, record, text):
        """Add this conversation to ``record``, which was there before.

        One internal note of the current user: ``text``, and what was said, with its
        files, since the conversation was added last. What is said later comes as after
        :meth:`_follow_up`.

        :param record: one record of a model with a chatter
        :return: what taking it back has to know, as JSON values; no ``note_id`` where
            there is nothing new
        """
        self.ensure_one()
        # sudo: discuss.channel.followup - the user reads both, and may post there
        followup_sudo = clean_sudo(self.env["discuss.channel.followup"])
        followup_sudo, is_first = followup_sudo._claim(self, record)
        added = {
            "followup_id": followup_sudo.id,
            "is_first": is_first,
            "last_message_id": followup_sudo.last_message_id,
            "last_note_id": followup_sudo.last_note_id,
        }
        is_new = Domain("id", ">", followup_sudo.last_message_id)
        last_message_id = self._get_last_message_id()
        transcript = self._get_transcript(is_new)
        if not (text or transcript or is_first):
            return added
        values = {"text": text, "transcript": transcript, "is_first": is_first}
        body = self.env["ir.qweb"]._render("livechat_command.added_note", values)
        note = self._post_note(record, body, is_new)
        followup_sudo.last_message_id = max(
            last_message_id, followup_sudo.last_message_id
        )
        followup_sudo.last_note_id = note.id
        self._refresh_panel()
        return {**added, "note_id": note.id}

    def _get_followups(self, model_name):
        """Return the rows of this conversation's records of a model, as superuser."""
        # sudo: discuss.channel.followup - the links alone; records are read as the user
        followups_sudo = self.env["discuss.channel.followup"].sudo()
        domain = [("channel_id", "in", self.ids), ("res_model", "=", model_name)]
        return followups_sudo.search(domain, order="id")

    def _refresh_panel(self):
        """Show the information panel of the current user anew, with what is in it."""
        fields_to_store = self._get_livechat_session_fields_to_store()
        Store(bus_channel=self.env.user).add(self, fields_to_store).bus_send()

    def _get_last_message_id(self):
        # sudo: mail.message - only how far the conversation has come
        messages_sudo = self.env["mail.message"].sudo()
        domain = self._get_transcript_domain(None)
        return messages_sudo.search(domain, order="id desc", limit=1).id or 0
