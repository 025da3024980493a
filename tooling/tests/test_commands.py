import errno
import importlib

import pytest

from tooling import __main__ as tooling
from tooling.commands import pot

HEAD = """msgid ""
msgstr ""
"POT-Creation-Date: %s\\n"
"PO-Revision-Date: %s\\n"
"Language: \\n"

msgid "%s"
msgstr ""
"""


def test_a_template_is_kept_when_dates_alone_changed(tmp_path):
    path = tmp_path / "x.pot"
    before = HEAD % ("2030-01-01", "2030-01-01", "Tag")
    path.write_text(HEAD % ("2031-01-01", "2031-01-01", "Tag"))
    pot.keep_dates(path, before)
    assert path.read_text() == before


@pytest.mark.parametrize("before", ["", HEAD % ("2030-01-01", "2030-01-01", "Old")])
def test_a_template_with_other_terms_is_new(tmp_path, before):
    path = tmp_path / "x.pot"
    after = HEAD % ("2031-01-01", "2031-01-01", "New")
    path.write_text(after)
    pot.keep_dates(path, before)
    assert path.read_text() == after


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.EROFS, "/cache cannot be written: set LIVECHAT_COMMAND_CACHE"),
        (errno.EACCES, "/cache cannot be written: set LIVECHAT_COMMAND_CACHE"),
        (errno.ENOSPC, "no disk space left (/cache)"),
    ],
)
def test_what_the_system_refuses_is_one_sentence(monkeypatch, capsys, number, sentence):
    command = importlib.import_module("tooling.commands.template")

    def refuse(_arguments):
        raise OSError(number, "refused", "/cache")

    monkeypatch.setattr(command, "main", refuse)
    assert tooling.main(["template"]) == 1
    assert sentence in capsys.readouterr().err
