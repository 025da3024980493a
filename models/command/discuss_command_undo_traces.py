from odoo import models
from odoo.fields import Domain


class DiscussCommand(models.Model):
    """Who else has worked on a record since a run made it, or added to it.

    *Somebody else* is a person: neither who ran the command nor the system, whose
    scheduled actions and automation (also those that run with the rights of the
    agent's own change) stop nobody from taking back. *Since* is later than the
    run's transaction: what Odoo writes, logs, subscribes and notifies while the
    record is made has the same date, to the microsecond.

    So these stop it: the record's last change by somebody else; a message, an
    activity or a file of somebody else, customers and mails that came in among
    them; another conversation that was added, or more of the same. And, noted when it
    happens (``tools.undo``): any mail about the record that leaves later, and one to a
    customer or a bare address at any time, the run's own included. The notification of
    a colleague to whom the run itself assigned the record does not: it stays, and the
    answer names who was told.

    These do not: one's own changes and messages, followers, reading, words in the
    search index, files that only got an access token. Of two people who change an
    untracked field one after the other only the last is seen.
    """

    _inherit = "discuss.command"

    def _get_domain_on(self, record):
        return [("res_model", "=", record._name), ("res_id", "=", record.id)]

    def _get_own_users(self):
        return self.env.user | self.env.ref("base.user_root")

    def _find_trace(self, channel, done):
        """Return how somebody else has worked on the record since, and their name.

        :return: a code of ``_get_trace_sentence`` and a name, or two empty texts
        """
        for find in (
            self._find_change,
            self._find_message,
            self._find_rows,
            self._find_conversation,
            self._find_addition,
            self._find_use,
        ):
            if trace := find(channel, done):
                return trace
        return "", ""

    def _search_since(self, model_name, domain, done):
        """Return the rows that were made after the run, by whomever."""
        # sudo: any model - who works on a record that the current user may read
        rows_sudo = self.env[model_name].sudo().with_context(active_test=False)
        domain = Domain(domain) & Domain("create_date", ">=", done.date)
        # The database compares to the microsecond, domains to the second.
        return rows_sudo.search(domain, order="id").filtered(
            lambda row: row.create_date > done.date
        )

    def _find_change(self, channel, done):
        if not done.record._log_access:
            return None
        # sudo: any model - who changed it last, named to one who may read the record
        record_sudo = done.record.sudo()
        is_own = record_sudo.write_uid in self._get_own_users()
        # What was loaded by SQL may have no date.
        is_later = record_sudo.write_date and record_sudo.write_date > done.date
        return (
            ("changed", record_sudo.write_uid.name) if is_later and not is_own else None
        )

    def _find_message(self, channel, done):
        authors = self._get_own_users().partner_id
        on_record = [("model", "=", done.record._name), ("res_id", "=", done.record.id)]
        for message in self._search_since("mail.message", on_record, done):
            if message.author_id.id not in authors.ids:
                who = message.author_id or message.author_guest_id
                return "message", who.name or message.email_from or ""
        return None

    def _find_rows(self, channel, done):
        own, on_record = self._get_own_users(), self._get_domain_on(done.record)
        codes = {"mail.activity": "activity", "ir.attachment": "attachment"}
        for model_name, code in codes.items():
            for row in self._search_since(model_name, on_record, done):
                if row.create_uid not in own:
                    return code, row.create_uid.name
        return None

    def _find_conversation(self, channel, done):
        on_record = self._get_domain_on(done.record)
        rows = self._search_since("discuss.channel.followup", on_record, done)
        is_other = any(row.channel_id.id != channel.id for row in rows)
        return ("conversation", "") if is_other else None

    def _find_addition(self, channel, done):
        """Look for a part of the same conversation that was added later, by whomever.

        It begins where what is to be taken back ends.
        """
        added = done.values.get("added", {})
        # sudo: discuss.channel.followup - of the current user's own run
        rows_sudo = self.env["discuss.channel.followup"].sudo()
        row_sudo = rows_sudo.browse(added.get("followup_id")).exists()
        is_later = row_sudo and row_sudo.last_note_id != added["note_id"]
        return ("continued", "") if is_later else None

    def _find_use(self, channel, done):
        """Look for rows that others made and that would be deleted with the record."""
        record = done.record
        if record._active_name or "added" in done.values:
            return None
        is_others = Domain("create_uid", "not in", self._get_own_users().ids)
        for field in self._get_links_to(record._name):
            # sudo: any model - who uses it, to one who may read the record
            rows_sudo = (
                self.env[field.model_name].sudo().with_context(active_test=False)
            )
            is_link = Domain(field.name, "=", record.id)
            if row := rows_sudo.search(is_others & is_link, limit=1):
                return "used", row.create_uid.name
        return None

    def _get_links_to(self, model_name):
        """Return the columns of all models that hold records of this one."""
        return [
            field
            for model in self.pool.values()
            if model._auto and model._log_access
            for field in model._fields.values()
            if field.type == "many2one"
            and field.store
            and field.comodel_name == model_name
        ]

    def _get_told_sentence(self, done):
        """Name the colleagues whom the run itself has told of the record, if any."""
        on_record = [("model", "=", done.record._name), ("res_id", "=", done.record.id)]
        # sudo: mail.message - who was told, to the one whose run told them
        messages_sudo = self.env["mail.message"].sudo().search(on_record)
        messages_sudo = messages_sudo.filtered(lambda row: row.create_date == done.date)
        told = messages_sudo.notification_ids.res_partner_id - self.env.user.partner_id
        if not told:
            return None
        names = ", ".join(told.mapped("name"))
        return self.env._("%(names)s had been told of it already.", names=names)
