import re

from pytz import utc

from odoo import api, fields, models
from odoo.tools import format_time, get_lang


class ResLang(models.Model):
    _inherit = "res.lang"
    # A file to import says "fr_FR", whatever the user's language calls it.
    _rec_names_search = ["name", "code"]

    @api.model
    def _get_active_code(self, code):
        """Return the language to write in, where ``code`` may have been switched off.

        Odoo refuses to work in a language that is not active.

        :param code: of a visitor, an agent or a text; may be false
        :return: ``code`` if it is active, else an active one of the same language
            (French of France for a Belgian), else False
        """
        active = [active_code for active_code, _name in self.get_installed()]
        if not code or code in active:
            return code or False
        return next((other for other in active if is_same_language(other, code)), False)

    @api.model
    def _get_code_and_name(self, lang_id):
        """Return code and name of a language, active or not; two ``""`` for none."""
        if not lang_id:
            return "", ""
        # What is active is cached by Odoo.
        lang = self._get_data(id=lang_id) or self.browse(lang_id).exists()
        return lang.code or "", lang.name or ""

    @api.model
    def _format_minute(self, time, lang):
        """Return a time of the day as Odoo's messages show it.

        :param datetime.time time: as a clock beside the reader shows it
        :param lang: the reader's language, or its data
        """
        return format_time(self.env, time, False, "short", lang.code)

    @api.model
    def _format_when(self, date, has_day=False):
        """Return a UTC datetime as the user reads it: of today the time alone.

        :param bool has_day: name the day in any case, where it is read on others, too
        """
        local = utc.localize(date).astimezone(self.env.tz)
        lang = get_lang(self.env)
        minute = self._format_minute(local.time(), lang)
        has_day = has_day or local.date() != fields.Date.context_today(self)
        return f"{local.strftime(lang.date_format)} {minute}" if has_day else minute


def is_same_language(code, other):
    """Tell whether two codes differ at most in country or script."""
    return re.split("[_@]", code)[0] == re.split("[_@]", other)[0]
