"""Hypothesis reads, folds, cuts and renders whatever text there is, by our pure code.

FUZZ= says how many examples each test takes; with it they differ from run to run.
"""

import importlib.util
import os
import re
import sys
import unicodedata
from datetime import datetime

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lxml.html import fromstring

from tooling.cache import ROOT

FUZZ = os.environ.get("FUZZ")
EXAMPLES = int(FUZZ or 400)
NAMES = ("help", "helpdesk", "helpdesk_search", "ticket", "note", "écran", "leave")
SIGNS = "/／:：;.,!§#@\\⟦⟧{}|?-_ \t\n\r\x00\x1b\u200b\u202e\u2028\ufeff\u115f«»“”()7"
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# Values of a year that every time zone has.
DATES = st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1))
# Also lone surrogates, which JSON can bring, and what is typed around a command.
TEXTS = st.one_of(
    st.text(st.characters(), max_size=60),
    st.text(SIGNS + "aéİßﬁ", max_size=30),
    st.lists(
        st.sampled_from((*NAMES, *SIGNS, "!!", "#refund", "@anna")), max_size=12
    ).map("".join),
    st.lists(
        st.sampled_from((*NAMES, "!", "!!!", "#tag", "@anna", ":sorry", "\\!!"))
    ).map(" ".join),
)


def _import(folder, name):
    """Import a folder of pure Python by itself, without the addon that it is of."""
    spec = importlib.util.spec_from_file_location(name, folder / "__init__.py")
    sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])
    return lambda part: importlib.import_module(f"{name}.{part}")


_main = _import(ROOT / "tools", "fuzzed_commands")
_words = _import(ROOT / "addons/base_word_search/tools", "fuzzed_words")
placeholders, slip, syntax, title, tokens, transcript_layout, visited_pages = map(
    _main,
    (
        "placeholders",
        "slip",
        "syntax",
        "title",
        "tokens",
        "transcript_layout",
        "visited_pages",
    ),
)
terms, words = map(_words, ("terms", "words"))

fuzz = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=not FUZZ,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@fuzz
@given(TEXTS)
def test_a_line_is_a_command_or_none(text):
    parsed = syntax.parse(text)
    is_command = text.startswith("/") and not text.startswith("//")
    assert bool(parsed) == is_command
    if parsed:
        assert "\n" not in parsed.argument
        assert not UNPRINTABLE.search(parsed.name + parsed.argument)
        assert parsed.argument == parsed.argument.strip()
        # What the log keeps and Edit brings back is read in the same way.
        again = syntax.parse(f"/{parsed.name} {parsed.argument}")
        if parsed.name:
            assert again.argument == parsed.argument


@fuzz
@given(TEXTS)
def test_what_starts_with_a_slash_is_never_a_message(text):
    """A command, or something like one: the guard and the parser leave no gap."""
    if syntax.parse(text):
        assert slip.is_slip(text, set())
    assert len(syntax.first_word(text)) <= 64


@fuzz
@given(st.sampled_from(NAMES), TEXTS, st.text("\u200b\ufeff \t\x00\u2060", max_size=4))
def test_what_the_eye_does_not_see_hides_no_command(name, rest, unseen):
    assert slip.is_slip(f"{unseen}/{name} {rest}", {*NAMES})


@fuzz
@given(TEXTS)
def test_folded_names_are_compared_to_folded_names(text):
    once = syntax.fold(text)
    assert not any(map(unicodedata.combining, once))
    assert syntax.nearest(once, [once]) == once


@fuzz
@given(TEXTS, st.sets(st.sampled_from(("refund", "anna", "sorry", "tag"))))
def test_tokens_are_cut_off_the_end_and_the_rest_is_as_typed(text, known):
    def is_known(token):
        return token.word in known

    reading = tokens.read(text, is_known)
    assert len(reading.tokens) <= tokens.LIMIT + 1
    assert all(t.sign == "!" or t.word in known for t in reading.tokens)
    # To the letter, but for a backslash that kept a sign.
    rest = text.strip()
    escaped = rest[: len(reading.title) + 1]
    is_escaped = any(
        escaped[:at] + escaped[at + 1 :] == reading.title
        for at, char in enumerate(escaped)
        if char == "\\"
    )
    assert rest.startswith(reading.title) or is_escaped


@fuzz
@given(TEXTS)
def test_no_token_without_a_name_that_is_known(text):
    assert all(t.sign == "!" for t in tokens.read(text, lambda token: False).tokens)


@fuzz
@given(TEXTS, TEXTS)
def test_a_value_brings_in_nothing_but_text(value, around):
    clean = placeholders.clean_value(value)
    # Blanks stay where a mention was cut out.
    assert placeholders.clean_value(clean) == " ".join(clean.split())
    assert len(clean) <= placeholders.VALUE_LENGTH
    assert not re.search(r"[{}⟦⟧\n\r\x00\u202e]", clean)
    assert not clean.startswith(("/", ":", "@"))
    assume("{" not in around and "}" not in around)
    text = f"{around}{{{{visitor.name}}}}"
    rendered = placeholders.render(text, {"visitor.name": clean}, {})
    assert rendered.lstrip(" ") == f"{around}{clean or '⟦visitor.name⟧'}".lstrip(" ")
    assert not rendered.startswith("/")


@fuzz
@given(st.lists(st.one_of(TEXTS, st.sampled_from(("{{", "}}", "|", "?"))), max_size=9))
def test_every_text_of_a_response_is_rendered_or_refused(parts):
    text = "".join(parts)
    names = placeholders.find_names(text)
    unknown = placeholders.find_unknown(text, names)
    # A lone "?" names no blank.
    assert unknown is None
    rendered = placeholders.render(text, dict.fromkeys(names, "V"), {})
    assert not rendered.startswith("/")
    assert len(rendered) <= 3 * len(text) + 2


@fuzz
@given(TEXTS)
def test_search_words_are_text_for_postgresql(text):
    found = words.get_words(text)
    assert len(found) == len({*found})
    for word in words.get_indexed_words([text]):
        assert word and not re.search(r"\s", word) and not UNPRINTABLE.search(word)
        quoted = terms.lexeme(word)
        inside = quoted[1:-1].replace("\\\\", "").replace("''", "")
        assert "'" not in inside and "\\" not in inside
    assert {*found} <= {*words.get_indexed_words([text])}
    number = terms.parse_number(text)
    assert number is None or len(number[0]) <= words.DIGITS


@fuzz
@given(TEXTS)
def test_a_link_stays_on_the_site(text):
    for page in (visited_pages.read_report(text), visited_pages.read_tracked(text)):
        assert len(page["path"]) <= visited_pages.PATH_LENGTH
        if page["is_link"]:
            # Browsers take a backslash for a slash.
            assert re.match(r"[/\\](?![/\\])", visited_pages.clean(page["path"]))


@fuzz
@given(st.lists(TEXTS, max_size=4))
def test_a_title_is_short_and_on_one_line(texts):
    found = title.find_title(texts)
    assert len(found) <= title.LIMIT and len(found.splitlines()) <= 1


ENTRIES = st.builds(
    transcript_layout.Entry, st.integers(0, 2), TEXTS, DATES, TEXTS, st.tuples(TEXTS)
)


@fuzz
@given(st.lists(ENTRIES, max_size=5))
def test_a_transcript_holds_no_markup_of_theirs(entries):
    markup = transcript_layout.render(
        entries, lambda d: (str(d.date()), "12:00"), "UTC"
    )
    assert {*re.findall(r"<[^>]*>", markup)} <= {
        *("<p>", "</p>", "<em>", "</em>", "<strong>", "</strong>", "<br>")
    }
    if entries and not UNPRINTABLE.search(markup):
        assert fromstring(f"<div>{markup}</div>").text_content()


@pytest.mark.parametrize("length", [100_000])
def test_what_is_huge_is_read(length):
    for char in SIGNS:
        text = char * length
        syntax.parse(f"/{text}")
        tokens.read(text, lambda token: True)
        placeholders.render(text, {}, {})
        words.get_indexed_words([text])
        title.find_title([text])
