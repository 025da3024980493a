import re

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import placeholders
from ...tools.syntax import clean, fold

# Rows of one answer to the composer: more than are seen, few enough to come at once.
ROW_LIMIT = 50
# Beyond these, what an operator used once or twice orders nothing.
OWN_USE_LIMIT = 1000
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
        channel = self.env["discuss.channel"]
        if isinstance(channel_id, int):
            channel = channel.browse(channel_id).exists()._filtered_access("read")
        own_use = self._get_own_use()
        responses = self._search_for_picker(channel, term, own_use, ROW_LIMIT + 1)
        rows = responses[:ROW_LIMIT]._prepare_picker_rows(
            self.env["mail.canned.response.placeholder"]._get_visitor_lang_code(
                channel
            ),
            own_use,
        )
        return {
            "rows": rows,
            "is_complete": len(responses) <= ROW_LIMIT,
            "placeholders": self._prepare_placeholders(channel, rows),
        }

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
    def _search_for_picker(self, channel, term, own_use, limit):
        """Return what the current user may insert in ``channel``, best matches first.

        :param own_use: how often the current user used what, by id
        """
        term = fold(clean(str(term))[:TERM_LENGTH]).strip()
        if term:
            return self._search_matching(channel, term, own_use, limit)
        return self._search_most_used(channel, own_use, limit)

    @api.model
    def _search_most_used(self, channel, own_use, limit):
        """Return what the current user used most, then what everybody did."""
        query = self._get_picker_query(channel)
        key, use_count, id_ = self._get_picker_columns(query)
        self._join_own_use(query, "JOIN", own_use)
        query.order = SQL(
            'own_use.count DESC, COALESCE(%s, 0) DESC, %s COLLATE "C", %s',
            use_count,
            key,
            id_,
        )
        query.limit = limit
        own = self.browse(tuple(query))
        if len(own) == limit:
            return own
        query = self._get_picker_query(channel)
        key, use_count, id_ = self._get_picker_columns(query)
        query.add_where(SQL("%s != ALL(%s)", id_, own.ids))
        # As the index has it, which ends the search after the first rows.
        query.order = SQL('%s DESC NULLS LAST, %s COLLATE "C", %s', use_count, key, id_)
        query.limit = limit - len(own)
        return own + self.browse(tuple(query))

    @api.model
    def _search_matching(self, channel, term, own_use, limit):
        """Return what holds all words of ``term``, the better matches first.

        In SQL, because no ORM order says *shortcut equal, begins, a word of it begins,
        contains, else*, then by the user's own use.
        """
        query = self._get_picker_query(channel)
        key, use_count, id_ = self._get_picker_columns(query)
        text = self._field_to_sql(self._table, "search_text", query)
        for word in term.split():
            query.add_where(SQL("%s LIKE %s", text, _contains(word)))
        self._join_own_use(query, "LEFT JOIN", own_use)
        query.order = SQL(
            """%s, COALESCE(own_use.count, 0) DESC, COALESCE(%s, 0) DESC,
               %s COLLATE "C", %s""",
            _get_rank(key, term),
            use_count,
            key,
            id_,
        )
        query.limit = limit
        return self.browse(tuple(query))

    @api.model
    def _get_picker_columns(self, query):
        """Return what the list is ordered by: shortcut, everybody's use, id."""
        key, use_count = (
            self._field_to_sql(self._table, name, query)
            for name in ("shortcut_key", "use_count")
        )
        return key, use_count, SQL.identifier(self._table, "id")

    @api.model
    def _join_own_use(self, query, kind, own_use):
        """Join ``own_use(id, count)``, how often the current user used what.

        As values: a join of the table would look up each response in it.
        """
        query.add_join(
            kind,
            "own_use",
            SQL(
                "(SELECT unnest(%s::int[]) AS id, unnest(%s::int[]) AS count)",
                list(own_use.keys()),
                list(own_use.values()),
            ),
            SQL("own_use.id = %s", SQL.identifier(self._table, "id")),
        )

    @api.model
    def _get_picker_query(self, channel):
        """Return the query of all that is listed for the current user, as Odoo does:
        one's own and what is shared with one's groups.
        """
        query = self._search(
            Domain("create_uid", "=", self.env.uid)
            | Domain("group_ids", "in", self.env.user.all_group_ids.ids)
        )
        id_ = SQL.identifier(self._table, "id")
        query.add_where(self._get_channel_condition(id_, channel))
        return query

    @api.model
    def _get_channel_condition(self, response_id, channel):
        """Return the condition that a response is meant for this conversation."""
        # sudo: discuss.channel - the live chat channel's id only narrows the list
        livechat_channel_id = channel.sudo().livechat_channel_id.id
        return SQL(
            """(
                NOT EXISTS (SELECT 1 FROM %(rel)s AS rel
                             WHERE rel.canned_response_id = %(response)s)
                OR EXISTS (SELECT 1 FROM %(rel)s AS rel
                            WHERE rel.canned_response_id = %(response)s
                              AND rel.livechat_channel_id = %(channel)s)
            )""",
            rel=SQL.identifier("mail_canned_response_livechat_channel_rel"),
            response=response_id,
            channel=livechat_channel_id or 0,
        )

    @api.model
    def _get_own_use(self):
        """Return how often the current user used what: ``{response id: count}``."""
        used = self.env["mail.canned.response.use"].search_fetch(
            [("user_id", "=", self.env.uid)],
            ["canned_response_id", "count"],
            order="count desc",
            limit=OWN_USE_LIMIT,
        )
        return {use.canned_response_id.id: use.count for use in used}

    def _prepare_picker_rows(self, lang_code, own_use):
        """Return the rows of the list, with the text in the visitor's language.

        :param str lang_code: of the visitor, or ``""``
        :param own_use: how often the current user used what, by id
        """
        # sudo: mail.canned.response - found with the user's rights; who may read one
        # may read its texts, its tags and the names of its files
        responses = self.sudo()
        no_texts = responses.env["mail.canned.response.text"]
        texts = responses.text_ids.grouped("canned_response_id")
        return [
            {
                "id": response.id,
                "source": response.source,
                **response._choose_text(lang_code, texts.get(response, no_texts)),
                "tags": [
                    {"name": tag.name, "color": tag.color} for tag in response.tag_ids
                ],
                "files": response.attachment_ids.mapped("name"),
                "use": [own_use.get(response.id, 0), response.use_count],
            }
            for response in responses
        ]


def _get_rank(key, term):
    """Return 0 for a shortcut equal to ``term``, up to 4 for a match in the text."""
    words = SQL(r"' ' || regexp_replace(%s, '[^[:alnum:]]+', ' ', 'g')", key)
    return SQL(
        """CASE WHEN %(key)s = %(term)s THEN 0
                WHEN starts_with(%(key)s, %(term)s) THEN 1
                WHEN %(words)s LIKE %(word)s THEN 2
                WHEN %(key)s LIKE %(part)s THEN 3
                ELSE 4 END""",
        key=key,
        term=term,
        words=words,
        word=_contains(f" {term}"),
        part=_contains(term),
    )


def _contains(text):
    """Return the pattern of LIKE for a text that contains ``text`` as it is."""
    escaped = re.sub(r"([\\%_])", r"\\\1", text)
    return f"%{escaped}%"
