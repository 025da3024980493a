"""A title out of what a visitor wrote first: what it is about, without the greeting."""

from collections.abc import Iterable, Iterator

from .syntax import fold

LIMIT = 60
# A sentence of fewer words says seldom what it is about: "Quick question."
ENOUGH_WORDS = 3

# Folded, in the languages that our addons speak; the longer ones are tried first.
_GREETINGS = {
    tuple(fold(greeting).split())
    for greeting in (
        *("hi", "hello", "hey", "dear", "good day", "good morning", "greetings"),
        *("good afternoon", "good evening", "dear sir or madam", "hi there"),
        *("hello there", "hey there", "hello everyone", "hi all", "hi team"),
        *("bonjour", "bonsoir", "salut", "coucou", "bonne journée", "bonjour à tous"),
        *("hola", "buenas", "buen día", "buenos días", "buenas tardes"),
        *("buenas noches", "muy buenas", "hola a todos", "estimados señores"),
        *("hallo", "moin", "servus", "guten tag", "guten morgen", "guten abend"),
        *("grüß gott", "grüezi", "hallo zusammen", "sehr geehrte damen und herren"),
    )
}
_LONGEST_GREETING = max(map(len, _GREETINGS))
_STOPS = ".!?…。！？"
# Behind a greeting, and at the end of a title; a question stays one.
_MARKS = ".!…。！,;:-–—"
_OPENING_MARKS = "¡¿"


def find_title(texts: Iterable[str]) -> str:
    """Return the first sentence that says something, 60 characters at most, or ``""``.

    That is one of three words or more; where there is none, the first that is more than
    a greeting.

    :param texts: what the visitor wrote, the first first
    """
    spare = ""
    for text in texts:
        for sentence in _split(text):
            title = _leave_out_greeting(sentence).rstrip(f"{_MARKS} ")
            if len(title.split()) >= ENOUGH_WORDS:
                return _shorten(title)
            spare = spare or title
    return _shorten(spare)


def _split(text: str) -> Iterator[str]:
    """Yield sentences: a stop within a word, as in 3.50, ends none."""
    for line in text.splitlines():
        words: list[str] = []
        for word in line.split():
            words.append(word)
            if word[-1] in _STOPS:
                yield " ".join(words)
                words = []
        if words:
            yield " ".join(words)


def _leave_out_greeting(sentence: str) -> str:
    """Return the sentence without greetings, and who is greeted, at its beginning."""
    words = sentence.split()
    is_greeting = True
    while words and is_greeting:
        # A lone mark: French sets it apart, as in "Bonjour !"
        is_greeting = not words[0].strip(_MARKS)
        count = 1 if is_greeting else _count_greeting(words)
        is_greeting = bool(count)
        words = words[count:]
    title = " ".join(words)
    # What stood behind a greeting began small; a name such as iPhone stays.
    return title if title == sentence else title[:1].upper() + title[1:]


def _count_greeting(words: list[str]) -> int:
    """Return how many words at the beginning greet."""
    bare = [
        fold(word.strip(f"{_MARKS}{_OPENING_MARKS}?"))
        for word in words[:_LONGEST_GREETING]
    ]
    for count in range(len(bare), 0, -1):
        if tuple(bare[:count]) in _GREETINGS:
            return count + _count_greeted(words[count - 1 : count + 2])
    return 0


def _count_greeted(words: list[str]) -> int:
    """Return how many words behind the first are a name: "Hello Anna," has one."""
    if words[0][-1] in _MARKS:
        return 0
    for count, word in enumerate(words[1:], 1):
        if not word[0].isupper():
            return 0
        if word[-1] in _MARKS:
            return count
    return 0


def _shorten(title: str) -> str:
    if len(title) <= LIMIT:
        return title
    return title[:LIMIT].rsplit(" ", 1)[0].rstrip(_MARKS)
