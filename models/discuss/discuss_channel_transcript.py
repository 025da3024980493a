from functools import cache

from pytz import timezone, utc

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL, get_lang, html2plaintext

from ...tools import transcript_layout
from ...tools.shown import as_label

# Visitors may write gigabytes, and a record that holds them is never made nor opened.
MESSAGE_LENGTH = 50_000  # characters of a message that are in the transcript
TRANSCRIPT_LENGTH = 4_000_000  # of all: 9,000 messages of 400
LINE_LENGTH = 40  # for how many a message, or a line of one, counts, however short


class DiscussChannel(models.Model):
    _inherit = "discuss.channel"

    def _get_channel_history(self):
        """Return the transcript as HTML; Odoo's leads and chatbot steps call this."""
        self.ensure_one()
        return self._get_transcript()

    def _get_transcript(self, domain=None):
        """Return who said what and when, in the time zone of the current user.

        :param domain: narrows the messages, such as those after a given one
        :return: HTML in which everything that was typed is text
        """
        return transcript_layout.render(
            self._get_transcript_entries(domain), *self._get_date_formatter()
        )

    def _get_date_formatter(self):
        """Return what gives day and minute of a UTC datetime, and the time zone."""
        lang, tz = self._get_reader_lang_and_tz()
        Lang = self.env["res.lang"]
        # Of each minute of the day, and of each day, once.
        format_day = cache(lambda day: day.strftime(lang.date_format))
        format_minute = cache(lambda minute: Lang._format_minute(minute, lang))

        def split_date(date):
            local = utc.localize(date.replace(second=0, microsecond=0)).astimezone(tz)
            return format_day(local.date()), format_minute(local.time())

        return split_date, str(tz)

    def _get_reader_lang_and_tz(self):
        """Return the language and time zone of those who will read the transcript.

        A chatbot makes a lead within the visitor's own request, and agents read it: in
        the time of the agent of the conversation, else of the company.
        """
        if self.env.user._is_internal():
            return get_lang(self.env), self.env.tz
        # sudo: discuss.channel - how its agent and company read a date
        channel_sudo = self.sudo()
        agent = channel_sudo.livechat_operator_id.main_user_id
        company_partner = self.env.company.sudo().partner_id
        lang = agent.lang or company_partner.lang or "en_US"
        tz = agent.tz or company_partner.tz or "UTC"
        return get_lang(self.env, lang), timezone(tz)

    def _get_transcript_entries(self, domain):
        """Yield the messages of the conversation, oldest first, as far as one reads.

        Rows are read without making records: at 10,000 messages the records alone took
        half of the time.
        """
        rows = self._get_transcript_rows(domain)
        files = self._get_transcript_files(domain)
        authors = self._get_author_names(rows)
        room = TRANSCRIPT_LENGTH
        for message_id, body, date, partner_id, guest_id in rows:
            text = self._get_message_text(body or "")
            room -= len(body or "") + LINE_LENGTH * (1 + text.count("\n"))
            if room < 0:
                rest = self.env._("The rest is too long: it is in the conversation.")
                yield transcript_layout.Entry(None, "…", date, rest)
                return
            if text or message_id in files:
                author = (partner_id, guest_id)
                yield transcript_layout.Entry(
                    author, authors[author], date, text, files.get(message_id, ())
                )

    def _get_transcript_rows(self, domain):
        """Return id, body, date and author of the messages, of too many the first.

        A body has at least a quarter as many characters as bytes, which are known
        without reading it: where rows are left out, those before leave no room.
        """
        # sudo: mail.message - who may call for the transcript may read the conversation
        Message = self.env["mail.message"].sudo()
        query = Message._search(self._get_transcript_domain(domain))
        query.order = None
        names = ("id", "body", "date", "author_id", "author_guest_id")
        columns = [Message._field_to_sql(query.table, name, query) for name in names]
        return self.env.execute_query(
            SQL(
                """
                SELECT id, left(body, %(most)s), date, author_id, author_guest_id
                  FROM (SELECT *, sum(%(line)s
                                      + least(coalesce(octet_length(body), 0) / 4,
                                              %(most)s))
                                  OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING
                                                             AND 1 PRECEDING) AS used
                          FROM (%(rows)s) AS messages) AS messages
                 WHERE used IS NULL OR used <= %(all)s
                 ORDER BY id
                """,
                rows=query.select(*columns),
                most=MESSAGE_LENGTH,
                line=LINE_LENGTH,
                all=TRANSCRIPT_LENGTH,
            )
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
        return {
            message.id: tuple(as_label(file.name) for file in message.attachment_ids)
            for message in messages
        }

    def _get_author_names(self, rows):
        """Return the name that the visitor saw, by (partner id, guest id)."""
        authors = {row[3:5] for row in rows}
        # sudo: res.partner - the names of those who wrote are in the conversation
        partners = self.env["res.partner"].sudo().browse(p for p, _g in authors if p)
        guests = (
            self.env["mail.guest"].sudo().browse(g for p, g in authors if g and not p)
        )
        names = {
            partner.id: partner.user_livechat_username or partner.name
            for partner in partners
        }
        guest_names = {guest.id: guest.name for guest in guests}
        return {
            (partner_id, guest_id): as_label(
                names[partner_id] if partner_id else guest_names.get(guest_id)
            )
            or self.env._("Unknown")
            for partner_id, guest_id in authors
        }

    def _get_message_text(self, body):
        text = transcript_layout.simple_text(body)
        if text is None:
            text = html2plaintext(body, include_references=False)
        return f"{text.strip()}…" if len(body) == MESSAGE_LENGTH else text.strip()
