import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain
from odoo.tools import SQL, html2plaintext

from odoo.addons.mail.tools.discuss import Store

from ...tools import placeholders
from ...tools.syntax import clean, fold

# Rows of one answer to the composer: more than are seen, few enough to come at once.
ROW_LIMIT = 50
# Beyond these, what an operator used once or twice orders nothing.
OWN_USE_LIMIT = 1000
TERM_LENGTH = 100


class MailCannedResponse(models.Model):
    _inherit = "mail.canned.response"

    active = fields.Boolean(default=True)
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
        help="Where the response is listed; empty: everywhere. This narrows the list,"
        " it gives no right and takes none.",
    )
    use_count = fields.Integer("Times Used", default=0, readonly=True, copy=False)
    last_use_date = fields.Datetime("Last Use", readonly=True, copy=False)
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

    _use_idx = models.Index(
        '(use_count DESC NULLS LAST, shortcut_key COLLATE "C", id) WHERE active IS TRUE'
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
            owner=owner_sudo.name,
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

    def copy_data(self, default=None):
        vals_list = super().copy_data(default=default)
        for response, vals in zip(self, vals_list, strict=True):
            if "source" not in (default or {}):
                vals["source"] = self.env._("%s (copy)", response.source)
            files = response.attachment_ids.copy({"res_id": 0})
            vals["attachment_ids"] = [Command.set(files.ids)]
        return vals_list

    def _adopt_attachments(self):
        """Files uploaded in the form become readable by who reads the response.

        :raise AccessError: for a file, linked by its id, that the user may not read
        """
        # sudo: mail.canned.response - as the user, closed files would be left out
        self.sudo().attachment_ids.with_env(self.env).check_access("read")
        for response in self:
            response.attachment_ids.filtered(
                lambda file: file.res_model == self._name and not file.res_id
            ).res_id = response.id

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

    @api.model
    def get_import_templates(self):
        """Offer a sample file in Odoo's import screen."""
        return [
            {
                "label": self.env._("Import Template for Canned Responses"),
                "template": "/livechat_command/static/csv/canned_responses.csv",
            }
        ]

    @api.readonly
    @api.model
    def get_placeholders(self):
        """Return what can be put into a text: a list of name, label and example."""
        known = self.env["mail.canned.response.placeholder"]._get_placeholders()
        return [
            {"name": name, "label": placeholder.label, "example": placeholder.example}
            for name, placeholder in known.items()
        ]

    def prepare_attachments(self):
        """Copy the response's files, for a message of the current user.

        A message gets copies: its attachments are open to the visitor, and deleting one
        there must not take it away from the response.

        :return: ``{"store_data", "attachment_ids"}``, as Odoo's upload route does
        """
        self.ensure_one()
        self.check_access("read")
        files = self.attachment_ids.copy(
            {"res_model": "mail.compose.message", "res_id": 0}
        )
        store = Store().add(files, extra_fields=files._get_store_ownership_fields())
        return {"store_data": store.get_result(), "attachment_ids": files.ids}

    def count_use(self):
        """Count one use of each response by the current user."""
        responses = self.exists()
        responses.check_access("read")
        if not responses:
            return
        # Atomic in SQL: two conversations may send at once, operators may not write to
        # shared responses, and a use is no change that browsers must hear of.
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO mail_canned_response_use AS mine
                       (user_id, canned_response_id, count, last_use_date)
                SELECT %(uid)s, id, 1, now() AT TIME ZONE 'UTC'
                  FROM mail_canned_response WHERE id IN %(ids)s
                    ON CONFLICT (user_id, canned_response_id)
                    DO UPDATE SET count = mine.count + 1,
                                  last_use_date = excluded.last_use_date
                """,
                uid=self.env.uid,
                ids=tuple(responses.ids),
            )
        )
        self.env.cr.execute(
            SQL(
                """
                UPDATE mail_canned_response
                   SET use_count = COALESCE(use_count, 0) + 1,
                       last_use_date = now() AT TIME ZONE 'UTC'
                 WHERE id IN %s
                """,
                tuple(responses.ids),
            )
        )
        responses.invalidate_recordset(["use_count", "last_use_date"], flush=False)
        self.env["mail.canned.response.use"].invalidate_model(flush=False)

    @api.readonly
    @api.model
    def get_defaults_from_message(self, message_id):
        """Return the values of a form that makes a response of an agent's message.

        :return: a context with ``default_…`` keys
        """
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

    # ------------------------------------------------------------
    # THE LIST IN THE COMPOSER
    # ------------------------------------------------------------

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

    def _choose_text(self, lang_code, texts):
        """Choose the text in the visitor's language, else the Substitution.

        :param str lang_code: of the visitor, or ``""``
        :param texts: those of this response in other languages
        :return: ``text``, and ``lang``, the name of its language where that is not the
            visitor's
        """
        self.ensure_one()
        own = [(self.lang_id, self.substitution)]
        texts = own + [(text.lang_id, text.substitution) for text in texts]
        lang, text = next(
            (
                candidate
                for is_same in (_is_same_lang, _is_same_base_lang)
                for candidate in texts
                if is_same(candidate[0], lang_code)
            ),
            own[0],
        )
        is_foreign = lang and lang_code and not _is_same_base_lang(lang, lang_code)
        return {
            "text": text,
            "lang": lang.name.split(" / ")[-1] if is_foreign else False,
        }

    def _render_for(self, channel, record=None):
        """Return the response as it is put into the composer of a conversation.

        :param channel: the ``discuss.channel``
        :param record: what a command just created: its placeholders get its values
        :return: ``{"id", "source", "text", "files"}``, or None when the current user
            may not read the response; blanks are left as ``⟦label⟧``
        """
        self.ensure_one()
        if not self.exists() or not self.has_access("read"):
            return None
        Placeholder = self.env["mail.canned.response.placeholder"]
        lang_code = Placeholder._get_visitor_lang_code(channel)
        text = self._choose_text(lang_code, self.text_ids)["text"]
        return {
            "id": self.id,
            "source": self.source,
            "files": self.attachment_ids.mapped("name"),
            "text": placeholders.render(
                text,
                Placeholder._get_values(channel, record),
                {name: p.label for name, p in Placeholder._get_placeholders().items()},
            ),
        }


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


def _is_same_lang(lang, code):
    return bool(code) and lang.code == code


def _is_same_base_lang(lang, code):
    return bool(code) and bool(lang) and lang.code.split("_")[0] == code.split("_")[0]
