import re
from pathlib import Path

import polib

from odoo.tests import BaseCase

ADDON = Path(__file__).parent.parent
LANGUAGES = ("de", "es", "fr")
# Placeholders and markup, which a translation must have exactly as the term has them.
KEPT = re.compile(r"%\(\w+\)\w|%[sd]|\{\{.*?\}\}|</?\w[^>]*>")


class TestTranslations(BaseCase):
    """The catalogues say all that the addons say, bridges included."""

    def test_every_term_is_translated(self):
        for template, language, catalogue in self._iter_catalogues():
            translated = {entry.msgid for entry in catalogue.translated_entries()}
            with self.subTest(template.fpath, language=language):
                self.assertEqual(
                    [
                        entry.msgid
                        for entry in template
                        if entry.msgid not in translated
                    ],
                    [],
                )

    def test_nothing_is_left_of_former_terms(self):
        for template, language, catalogue in self._iter_catalogues():
            terms = {entry.msgid for entry in template}
            with self.subTest(template.fpath, language=language):
                self.assertEqual(
                    [entry.msgid for entry in catalogue if entry.msgid not in terms],
                    [],
                )

    def test_placeholders_and_markup_are_kept(self):
        for template, language, catalogue in self._iter_catalogues():
            for entry in catalogue:
                with self.subTest(template.fpath, language=language, term=entry.msgid):
                    self.assertCountEqual(
                        KEPT.findall(entry.msgstr), KEPT.findall(entry.msgid)
                    )

    def test_each_catalogue_is_of_its_language(self):
        for template, language, catalogue in self._iter_catalogues():
            with self.subTest(template.fpath, language=language):
                self.assertEqual(catalogue.metadata["Language"], language)

    def _iter_catalogues(self):
        """Yield each addon's terms with each language and its catalogue of them.

        An addon without terms or a language fails here: no file stands for itself.
        """
        for manifest in [
            ADDON / "__manifest__.py",
            *ADDON.glob("addons/*/__manifest__.py"),
        ]:
            folder = manifest.parent / "i18n"
            (template,) = folder.glob("*.pot")
            for language in LANGUAGES:
                catalogue = polib.pofile(folder / f"{language}.po")
                yield polib.pofile(template), language, catalogue
