"""The server's part of the hint line: a sentence, and what to beware of.

The browser shows in amber what stands behind each separator.
"""

SEPARATOR = " · "


def quote(text: str) -> str:
    """Return what others wrote without separators: it adds no warning of its own."""
    return " ".join(text.replace(SEPARATOR, " ").split())
