import re

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.sql import escape_psql

from ...tools import placeholders
from ...tools.syntax import clean, fold

# Rows of one answer to the composer: more than are seen, few enough to come at once.
ROW_LIMIT = 50
TERM_LENGTH = 100


class MailCannedResponse(models.Model):
    """The list of responses in the composer: which ones, and in what order."""

    _inherit = "mail.canned.response"

    @api.model
    def _get_picker_data(self, channel_id=None, term=""):
        """Return the responses for the list in the composer, best first.

        :param channel_id: of the conversation, if it is one
        :param str term: what was typed after the colon
        :return: ``rows``; ``is_complete``, when there are no more for this term; and
            ``placeholders``, ``{name: [label, value]}``, for the browser to put in
        """
        channel = self._get_picker_channel(channel_id)
        found = self._search_for_picker(channel, term, ROW_LIMIT + 1)
        Placeholder = self.env["mail.canned.response.placeholder"]
        lang_code = Placeholder._get_visitor_lang_code(channel)
        rows = [self._prepare_picker_row(row, lang_code) for row in found[:ROW_LIMIT]]
        return {
            "rows": rows,
            "is_complete": len(found) <= ROW_LIMIT,
            "placeholders": self._prepare_placeholders(channel, rows),
        }

    @api.model
    def _get_picker_channel(self, channel_id):
        """Return the conversation, or an empty recordset when it may not be read."""
        # Not by a search: that reads all memberships of the user.
        channel = self.env["discuss.channel"].browse([channel_id])._get_requested()
        return channel._filtered_access("read")

    @api.model
    def _prepare_placeholders(self, channel, rows):
        """Return ``{name: [label, value]}`` for what stands in the rows."""
        names = set().union(*(placeholders.find_names(row["text"]) for row in rows))
        if not names:
            return {}
        Placeholder = self.env["mail.canned.response.placeholder"]
        known = Placeholder._get_placeholders()
        values = Placeholder._get_values(channel, names=names)
        return {name: [known[name].label, value] for name, value in values.items()}

    @api.model
    def _prepare_picker_row(self, found, lang_code):
        """Return a row of the list, with the text in the visitor's language.

        :param found: as ``_search_for_picker`` has it
        :param str lang_code: of the visitor, or ``""``
        """
        own_text = (found["lang_id"], found["substitution"])
        return {
            "id": found["id"],
            "source": found["source"],
            **self._choose_text(lang_code, [own_text, *found["texts"]]),
            "tags": found["tags"],
            "files": found["files"],
            "use": [found["own_count"], found["use_total"]],
        }

    @api.model
    def _search_for_picker(self, channel, term, limit):
        """Return what the current user may insert in ``channel``, best matches first.

        By hand, because no ORM order says *shortcut equal, begins, a word of it begins,
        contains, else*, then by use; and because reading each part of a row by the ORM
        takes longer than Odoo's whole list. Who may read a response may read its texts,
        its tags and the names of its files.

        :return: a list of dicts with ``id``, ``source``, ``lang_id``, ``substitution``,
            ``own_count``, ``use_total``, ``texts``, ``tags`` and ``files``
        """
        term = fold(clean(str(term))[:TERM_LENGTH]).strip()
        query = self._get_picker_query(channel)
        text = self._field_to_sql(self._table, "search_text", query)
        for word in term.split():
            query.add_where(SQL("%s LIKE %s", text, _contains(word)))
        key = self._field_to_sql(self._table, "shortcut_key", query)
        query.order = SQL(
            '%s own_count DESC, use_total DESC, %s COLLATE "C", %s',
            SQL("%s,", _get_rank(key, term)) if term else SQL(),
            key,
            SQL.identifier(self._table, "id"),
        )
        query.limit = limit
        found = query.select(self._get_picker_columns())
        # Outside of the limit: PostgreSQL may make them for all, and drop most.
        parts = SQL(", ").join(self._get_picker_parts())
        return self.env.execute_query_dict(
            SQL("SELECT *, %s FROM (%s) AS found", parts, found)
        )

    @api.model
    def _get_picker_query(self, channel):
        """Return the query of all that is listed for the current user, as Odoo does:
        one's own and what is shared with one's groups; with ``own``, the use of it.
        """
        query = self._search(Domain.TRUE)
        id_ = SQL.identifier(self._table, "id")
        query.add_where(self._get_audience_condition(id_))
        query.add_where(self._get_channel_condition(id_, channel))
        own_use = SQL(
            "own.canned_response_id = %s AND own.user_id = %s", id_, self.env.uid
        )
        query.add_join("LEFT JOIN", "own", "mail_canned_response_use", own_use)
        return query

    @api.model
    def _get_picker_columns(self):
        names = ("source", "lang_id", "substitution", "use_total")
        fields = [self._fields[name] for name in names]
        fields.append(self.env["mail.canned.response.use"]._fields["count"])
        return SQL(
            """%(table)s.id, %(table)s.source, %(table)s.lang_id,
               %(table)s.substitution, COALESCE(%(table)s.use_total, 0) AS use_total,
               COALESCE(own.count, 0) AS own_count""",
            table=SQL.identifier(self._table),
            to_flush=fields,
        )

    @api.model
    def _get_picker_parts(self):
        """Return the columns ``texts``, ``tags`` and ``files``, which are lists."""
        Text = self.env["mail.canned.response.text"]
        Tag = self.env["mail.canned.response.tag"]
        return [
            SQL(
                """ARRAY(SELECT json_build_array(lang_id, substitution)
                           FROM mail_canned_response_text
                          WHERE canned_response_id = found.id
                          ORDER BY lang_id) AS texts""",
                to_flush=[Text._fields["lang_id"], Text._fields["substitution"]],
            ),
            SQL(
                """ARRAY(SELECT json_build_object('name', tag.name, 'color', tag.color)
                           FROM mail_canned_response_tag AS tag
                           JOIN mail_canned_response_mail_canned_response_tag_rel AS rel
                             ON rel.mail_canned_response_tag_id = tag.id
                          WHERE rel.mail_canned_response_id = found.id
                          ORDER BY tag.name) AS tags""",
                to_flush=[self._fields["tag_ids"], Tag._fields["name"]],
            ),
            SQL(
                """ARRAY(SELECT file.name FROM ir_attachment AS file
                           JOIN mail_canned_response_attachment_rel AS rel
                             ON rel.attachment_id = file.id
                          WHERE rel.canned_response_id = found.id
                          ORDER BY file.id DESC) AS files""",
                to_flush=self._fields["attachment_ids"],
            ),
        ]

    @api.model
    def _get_audience_condition(self, response_id):
        """Return the condition that a response is meant for the current user.

        Administrators may read all that is shared with anybody.
        """
        return SQL(
            """(
                %(owner)s = %(uid)s
                OR %(response)s IN (SELECT mail_canned_response_id
                                      FROM mail_canned_response_res_groups_rel
                                     WHERE res_groups_id IN %(groups)s)
            )""",
            owner=SQL.identifier(self._table, "create_uid"),
            uid=self.env.uid,
            response=response_id,
            groups=self.env.user._get_group_ids(),
            to_flush=self._fields["group_ids"],
        )

    @api.model
    def _get_channel_condition(self, response_id, channel):
        """Return the condition that a response is meant for this conversation."""
        # sudo: discuss.channel - the live chat channel's id only narrows the list
        livechat_channel_id = channel.sudo().livechat_channel_id.id
        return SQL(
            """%(response)s NOT IN (
                SELECT canned_response_id FROM %(rel)s GROUP BY 1
                HAVING NOT bool_or(livechat_channel_id = %(channel)s)
            )""",
            rel=SQL.identifier("mail_canned_response_livechat_channel_rel"),
            response=response_id,
            channel=livechat_channel_id or 0,
        )


def _get_rank(key, term):
    """Return 0 for a shortcut equal to ``term``, up to 4 for a match in the text.

    The browser has the same in ``row.js``; one table of cases tests both.
    """
    return SQL(
        """CASE WHEN %(key)s = %(term)s THEN 0
                WHEN starts_with(%(key)s, %(term)s) THEN 1
                WHEN %(key)s ~ %(word)s THEN 2
                WHEN %(key)s LIKE %(part)s THEN 3
                ELSE 4 END""",
        key=key,
        term=term,
        word=f"[^[:alnum:]]{re.escape(term)}",
        part=_contains(term),
    )


def _contains(text):
    """Return the pattern of LIKE for a text that contains ``text`` as it is."""
    return f"%{escape_psql(text)}%"
