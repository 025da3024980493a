import re
from pathlib import Path

import polib

from odoo.tests import BaseCase

ADDON = Path(__file__).parent.parent
PLACEHOLDER = re.compile(r"%\(\w+\)\w|%s")


class TestTranslations(BaseCase):
    """The French catalogues say all that the addons say, bridges included."""

    def test_no_addon_is_forgotten(self):
        self.assertIn(ADDON / "i18n" / "fr.po", self._get_catalogues())

    def test_every_term_is_translated(self):
        for path, french in self._get_catalogues().items():
            with self.subTest(path.parent.parent.name):
                untranslated = [
                    term for term in self._get_terms(path) if not french.get(term)
                ]
                self.assertFalse(untranslated)

    def test_placeholders_are_kept(self):
        for path, french in self._get_catalogues().items():
            for term in self._get_terms(path):
                with self.subTest(path.parent.parent.name, term=term):
                    self.assertEqual(
                        set(PLACEHOLDER.findall(french.get(term, ""))),
                        set(PLACEHOLDER.findall(term)),
                    )

    def _get_catalogues(self):
        """Return ``{path: {term: its French}}`` of this addon and the bridges in it."""
        folders = [ADDON, *sorted(ADDON.glob("addons/*"))]
        paths = [folder / "i18n" / "fr.po" for folder in folders]
        return {
            path: {entry.msgid: entry.msgstr for entry in polib.pofile(path)}
            for path in paths
            if path.is_file()
        }

    def _get_terms(self, path):
        """Return the terms that the addon of a catalogue has."""
        (template,) = path.parent.glob("*.pot")
        return [entry.msgid for entry in polib.pofile(template)]
