import re
from pathlib import Path

from odoo import models
from odoo.orm.model_classes import add_to_registry
from odoo.tests import TransactionCase, new_test_user

from ..models import (
    word_search_find,
    word_search_rights,
    word_search_similar,
    word_search_suggest,
)

README = Path(__file__).parent.parent / "README.md"


LIMITS = {
    word_search_find: ("PARTS_TIME", "TIME"),
    word_search_rights: ("COUNT_TIME",),
    word_search_similar: ("DOMAIN_TIME", "FIND_TIME", "TIME"),
    word_search_suggest: ("TIME",),
}


def lift_time_limits(case):
    """Let the tests of a class find all there is, however slow the machine."""
    for module, names in LIMITS.items():
        for name in names:
            case.classPatch(module, name, 60_000)


def load_example():
    """Return the models that the README shows, and Odoo does not load."""
    code = re.search(r"```python\n(.*?)```", README.read_text(), re.DOTALL)[1]
    namespace = {"__name__": "odoo.addons.base_word_search.tests.example"}
    exec(compile(code, str(README), "exec"), namespace)
    loaded = models.MetaModel._module_to_models__["base_word_search"]
    found = [each for each in loaded if each.__module__ == namespace["__name__"]]
    for each in found:
        loaded.remove(each)
    return found


class WordSearchCase(TransactionCase):
    """The models of the README, with tables that go with the tests."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        lift_time_limits(cls)
        cls.registry_enter_test_models(load_example())
        cls.books = cls.env["library.book"]
        cls.index = cls.env["library.book.search"]
        cls.words = cls.env["library.book.search.word"]

    @classmethod
    def registry_enter_test_models(cls, classes):
        names = [each._name for each in classes]
        for each in classes:
            add_to_registry(cls.registry, each)
        cls.registry._setup_models__(cls.env.cr, names)
        cls.addClassCleanup(cls._remove_models, names)
        cls.registry.init_models(cls.env.cr, names, {"module": "base_word_search"})

    @classmethod
    def _remove_models(cls, names):
        for name in names:
            del cls.registry[name]
        cls.registry._setup_models__(cls.env.cr, [])

    def _new_book(self, name="Book", **values):
        return self.books.create({"name": name, **values})

    def _search(self, text, **kwargs):
        return self.books._search_words(text, 10, 101, **kwargs)[0]

    def _get_indexed_words(self):
        self.env.cr.execute("SELECT word FROM library_book_search_word")
        return {row[0] for row in self.env.cr.fetchall()}

    def _new_reader(self, domain):
        """Return a user who may read the books that ``domain`` says."""
        model = self.env["ir.model"]._get("library.book")
        self.env["ir.model.access"].create(
            {
                "name": "Books",
                "model_id": model.id,
                "group_id": self.env.ref("base.group_user").id,
                "perm_read": True,
            }
        )
        values = {"name": "Books", "model_id": model.id, "domain_force": domain}
        self.env["ir.rule"].create(values)
        return new_test_user(self.env, "reader")
