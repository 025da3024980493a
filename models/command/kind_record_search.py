from werkzeug.urls import url_encode

from odoo import models

from ...tools import syntax
from ...tools.errors import CommandUsageError
from ...tools.reply import Reply
from ...tools.shown import as_label
from .kind_search import PAGE

COUNT_LIMIT = 100
WORD_LIMIT = 32


class DiscussCommand(models.Model):
    """Find records of a model with ``livechat.origin.mixin`` by words or number.

    A part of the kinds that bridges declare, as in ``kind_record.py``.
    """

    _inherit = "discuss.command"

    def _run_record_search(self, channel, argument):
        records, is_complete = self._find_records(channel, argument)
        same = records.browse()
        if not argument:
            same = records._search_of_same_email(channel) - records
        shown = (records | same)[:PAGE]
        unverified = same & shown
        return Reply(
            "livechat_command.answer_records_found",
            {
                "groups": [
                    ("", shown - unverified),
                    (records._get_same_email_sentence(), unverified),
                ],
                "rows": {each: self._prepare_found(each) for each in shown},
                "nothing": self._get_nothing_sentence(argument),
                "more": self._get_more_sentence(len(records | same)),
                "more_url": self._get_more_url(channel, argument),
                "is_complete": is_complete,
            },
            found=records,
            extra={"offers": [] if shown else self._get_offers(channel, argument)},
        )

    def _find_records(self, channel, argument):
        records = self._get_record_model()
        if not argument:
            own = records._search_of_livechat(channel)
            return own + (records._search_of_customer(channel) - own), True
        if len(set(syntax.fold(argument).split())) > WORD_LIMIT:
            raise CommandUsageError(
                self.env._("Search for %(limit)s words at most.", limit=WORD_LIMIT)
            )
        return records._search_words(argument, PAGE, COUNT_LIMIT + 1)

    def _prepare_found(self, record):
        return {
            **self._prepare_record_link(record),
            "is_closed": not record.filtered_domain(record._livechat_open),
            "details": record._get_details(),
        }

    def _get_offers(self, channel, words):
        """Offer what was probably meant by words that found none, and to make one."""
        if not words:
            return []
        return [*self._get_meant(words), *self._get_made_of(channel, words)]

    def _get_meant(self, words):
        offers = []
        for text, count in self._get_record_model()._suggest_words(words, limit=1):
            label = self.env._(
                "Did you mean %(words)s? (%(count)s)",
                words=text,
                count=f"{COUNT_LIMIT}+" if count > COUNT_LIMIT else count,
            )
            line = f"/{self.name} {text}"
            offers.append({"label": label, "line": line, "is_run": True})
        return offers

    def _get_made_of(self, channel, words):
        """Offer to make a record of words, if one may."""
        model = self._get_record_model()
        command = self._get_available(channel).filtered(
            lambda command: command._makes(model)
        )[:1]
        if not command:
            return []
        line = f"/{command.name} {words}"
        label = model._get_livechat_words()["make"] % {"line": line[:80]}
        return [{"label": label, "line": line}]

    def _makes(self, model):
        """Tell whether this command makes records of ``model``."""
        kind = self._get_kind()
        return kind.run == "_run_record" and kind.access[0] == model._name

    def _get_more_sentence(self, total):
        """Return what stands below a page of ``total`` records, or ``""``."""
        if total > COUNT_LIMIT:
            return self.env._("More than %(count)s in all", count=COUNT_LIMIT)
        if total > PAGE:
            return self.env._("%(count)s more", count=total - PAGE)
        return ""

    def _get_more_url(self, channel, words):
        """Return the address of the list with the same search, or None.

        Without words it is the one for the visitor.
        """
        if not words:
            words = channel._get_visitor_email() or channel._get_visitor_known_name()
            words = as_label(words)
        action = words and self._get_record_model()._livechat_list
        return action and f"/odoo/action-{action}?{url_encode({'words': words})}"

    def _get_nothing_sentence(self, words):
        sentences = self._get_record_model()._get_livechat_words()
        if words:
            return sentences["no_match"] % {"words": words[:80]}
        return sentences["none"]
