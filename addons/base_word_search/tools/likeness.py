"""How alike words and titles are: typing errors are forgiven, rare words weigh more.

Pure functions. What they get are folded words, few and short ones.
"""

import math
import re
from bisect import bisect
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from .meanings import MEANINGS
from .words import get_line

TYPED_LENGTH = 250  # characters of a typed title that count
TYPED_WORDS = 20  # words of it that count, the longest
LETTERS = 3  # for less, nothing is looked for
FORGIVEN, LONGEST = 4, 30  # letters of a word that may be written in another way
BEGINNING = 3  # letters by which words that are nearly the same are looked up
ALIKE = 500  # words with the same beginning that are compared with a typed one
TITLE_WORDS = 40  # words of a title that are compared
NEAR = 0.5  # how near a word is at least that may stand for another
MEANT = 0.8  # how near a word is that means the same
LIKE = 0.2  # share of what the typed words weigh that a title holds at least
WEAK = 0.1  # share of the titles from which on a word alone is no likeness
MANY = 100  # titles from which on a word may be weak
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz")
_ASCII, _NO_ALPHABET = "\x7f", "\u2000"  # the alphabets are between these


def get_nearness(typed, word):
    """Return how near ``word`` is to a typed one: 1 is the same, 0 is another.

    Numbers, and words with digits, are the same or others: a model is no typing error.
    """
    if typed == word:
        return 1
    short, long = sorted((typed, word), key=len)
    if len(short) < FORGIVEN or not (typed.isalpha() and word.isalpha()):
        return 0
    if _is_one_slip(short, long):
        return 1 - 1.2 / len(long)
    if long.startswith(short):
        return max(len(short) / len(long), NEAR)
    return 0.9 * _get_common(short, long)


def _is_one_slip(short, long):
    """Tell whether one letter is missing, more, another, or changed with the next."""
    if len(long) - len(short) > 1:
        return False
    start = next((n for n, letter in enumerate(short) if letter != long[n]), len(short))
    short, long = short[start:], long[start:]
    return (
        short == long[1:]
        or short[1:] == long[1:]
        or (short[:2] == long[1::-1] and short[2:] == long[2:])
    )


def _get_common(one, other):
    """Return the share of groups of three letters that two words have in common."""
    ones, others = _get_groups(one), _get_groups(other)
    return 2 * len(ones & others) / (len(ones) + len(others))


def _get_groups(word):
    word = f" {word} "
    return {word[n : n + 3] for n in range(len(word) - 2)}


def get_slips(word):
    """Return what one slip makes of the beginning of ``word``.

    Slips after the beginning are found among the words that begin as it does.
    """
    alphabet = _get_alphabet(word)
    slips = set()
    for n in range(min(BEGINNING, len(word))):
        before, after = word[:n], word[n:]
        slips.add(before + after[1:])
        slips.add(before + after[1:2] + after[:1] + after[2:])
        slips.update(before + letter + after for letter in alphabet)
        slips.update(before + letter + after[1:] for letter in alphabet)
    return slips - {word}


def _get_alphabet(word):
    """Return the letters that may be meant, by the scripts of those in ``word``."""
    blocks = {ord(letter) >> 6 for letter in word if _ASCII < letter < _NO_ALPHABET}
    return _LATIN | {chr(block << 6 | n) for block in blocks for n in range(1 << 6)}


def is_forgiven(word):
    """Tell whether another word may stand for a typed one."""
    return FORGIVEN <= len(word) <= LONGEST and word.isalpha()


def find_near(typed, vocabulary):
    """Return, for each of the ``typed`` words, how near words of ``vocabulary`` are.

    :param set vocabulary: all words that there are
    :return: by typed word, the nearness by word; of near ones alone
    """
    beginnings = {word[:BEGINNING] for word in typed if is_forgiven(word)}
    alike = defaultdict(list)
    for word in vocabulary:
        if word[:BEGINNING] in beginnings:
            alike[word[:BEGINNING]].append(word)
    for words in alike.values():
        words.sort()
    near = {}
    for word in typed:
        found = {word} & vocabulary
        if is_forgiven(word):
            found |= get_slips(word) & vocabulary
            found.update(_get_neighbours(word, alike[word[:BEGINNING]]))
        near[word] = select_near(word, found)
    return near


def _get_neighbours(typed, words):
    """Return those of sorted words that begin most as the typed one does.

    All of them, unless there are so many that somebody has made them up.
    """
    place = bisect(words, typed)
    return words[max(place - ALIKE, 0) : place + ALIKE]


def find_near_in(typed, text, slipped):
    """Return, for each of the ``typed`` words, those of ``text`` that are near.

    :param text: words between blanks
    :param slipped: words of which those in the text are among what slips make of it
    :return: by typed word, the nearest first
    """
    vocabulary = {word for word in slipped if f" {word} " in text}
    if beginnings := {word[:BEGINNING] for word in typed if is_forgiven(word)}:
        vocabulary.update(re.findall(rf" ((?:{'|'.join(beginnings)})[^ ]*)", text))
    near = find_near(typed, vocabulary)
    return {word: sort_near(nearness) for word, nearness in near.items()}


def sort_near(nearness):
    """Return the words of which this is the nearness, the nearest first."""
    return sorted(nearness, key=lambda word: (-nearness[word], word))


def select_near(typed, words):
    """Return how near those of ``words`` are that are near."""
    nearness = {word: get_nearness(typed, word) for word in words}
    return {word: each for word, each in nearness.items() if each >= NEAR}


def split_title(title):
    """Return the words of a typed title that are looked for, and the last if begun."""
    tokens = get_line(title[:TYPED_LENGTH]).split()
    if sum(map(len, tokens)) < LETTERS:
        return [], ""
    words = [word for word in dict.fromkeys(tokens) if len(word) > 1]
    last = tokens[-1] if len(tokens[-1]) >= LETTERS else ""
    return sorted(words, key=len, reverse=True)[:TYPED_WORDS], last


@dataclass(frozen=True, slots=True)
class Likeness:
    """The typed words, by which titles are compared.

    ``last`` is the last one, which may be only begun; ``stops`` are those that say
    nothing; ``shares`` in which share of all titles they are, as far as it is known.
    """

    words: list[str]
    last: str = ""
    stops: frozenset[str] = frozenset()
    shares: dict[str, float] = field(default_factory=dict)

    def rank(self, titles):
        """Return the ids of those ``titles`` that are like the typed one, best first.

        :param titles: pairs of id and folded title
        """
        titles = [(each, title.split()[:TITLE_WORDS]) for each, title in titles]
        vocabulary = {word for _id, words in titles for word in words}
        near = self._find_near(vocabulary)
        meant = defaultdict(list)
        for typed, words in near.items():
            for word, nearness in words.items():
                meant[word].append((typed, nearness))
        weights, weak = self._weigh(near, titles)
        scores = []
        for each, words in titles:
            if not meant.keys().isdisjoint(words):
                score = self._score(words, meant, weights, weak)
                scores.append((-score, -each, each))
        return [each for score, _newest, each in sorted(scores) if score]

    def _find_near(self, vocabulary):
        """Return how near words are: written like the typed, or of the same meaning."""
        near = find_near(self.words, vocabulary)
        for typed in self.words:
            same = MEANINGS.get(typed, frozenset()) & vocabulary
            near[typed] = {**dict.fromkeys(same, MEANT), **near[typed]}
        if self.last in near:
            begun = (word for word in vocabulary if word.startswith(self.last))
            near[self.last] = {**dict.fromkeys(begun, 0.9), **near[self.last]}
        return near

    def _weigh(self, near, titles):
        """Return what the typed words weigh, and those that alone are no likeness."""
        counts = Counter(word for _id, words in titles for word in {*words})
        weights, weak = {}, set(self.stops)
        for typed, words in near.items():
            count = counts[typed] or max((counts[word] for word in words), default=0)
            share = self.shares.get(typed, max(count, 1) / max(len(titles), 1))
            weights[typed] = math.log1p(1 / share) * (0.2 if typed in self.stops else 1)
            if share > WEAK and (self.shares or len(titles) > MANY):
                weak.add(typed)
        return weights, weak

    def _score(self, words, meant, weights, weak):
        """Return how like a title of these words is, 0 for not at all."""
        held, others = {}, 0
        for word in words:
            for typed, nearness in meant.get(word, ()):
                held[typed] = max(held.get(typed, 0), nearness)
            others += word not in meant and len(word) > LETTERS
        if held.keys() <= weak:
            return 0
        total = sum(weights.values())
        weight = sum(weights[typed] * nearness for typed, nearness in held.items())
        if weight < LIKE * total:
            return 0
        return 2 * weight / (total + weight + others * total / len(weights) / 2)
