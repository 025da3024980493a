"""How names and titles are shown that anybody may have typed, beside our own words."""

import re

LENGTH = 250
# Between what the server says in a hint: what stands behind one is shown in amber.
SEPARATOR = " · "

# Control characters, marks that turn the direction of writing, lone surrogates.
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_SEPARATOR = re.compile(r"(?<!\S)·(?!\S)")


def as_label(text: str | None) -> str:
    """Return ``text`` as one line of limited length that looks like nothing else."""
    words = _UNSEEN.sub(" ", (text or "")[: 2 * LENGTH]).split()
    label = _SEPARATOR.sub("-", " ".join(words))
    return label if len(label) <= LENGTH else f"{label[: LENGTH - 1]}…"
