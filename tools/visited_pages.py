"""Pages that a visitor viewed: which of them may become links for an agent.

The pages are the visitor's word, be it a report of the browser or an address that
Website tracked. One rule holds for both: a link never leaves the site it stands on.
"""

from urllib.parse import urlsplit

LIMIT = 15
PATH_LENGTH = 200

# What browsers drop before they read an address (WHATWG URL): control characters and
# blanks at both ends, tabs and line breaks anywhere.
_ENDS = "".join(map(chr, range(0x21)))
_DROPPED = dict.fromkeys(map(ord, "\t\n\r"))


def clean(address: str) -> str:
    """Return an address without what a browser drops from it."""
    return address.strip(_ENDS).translate(_DROPPED)


def is_path(address: str) -> bool:
    """Tell whether a browser stays on its site when it follows ``address``.

    It does when the address begins with one slash. After two it reads the name of
    another site, and takes backslashes for slashes; what begins otherwise can be an
    address with a scheme.
    """
    start = clean(address)[:2].replace("\\", "/")
    return start.startswith("/") and start != "//"


def read_report(page: object) -> dict:
    """Return ``path`` and ``is_link`` of a page that a visitor's browser reports."""
    path = clean(str(page))[:PATH_LENGTH]
    return {"path": path, "is_link": is_path(path)}


def read_tracked(url: str) -> dict:
    """Return ``path`` and ``is_link`` of an address that Website tracked.

    Without its host, and without query and fragment, which can hold tokens. An address
    that cannot be read is shown as it is up to its query, and is no link.
    """
    address = clean(url)
    try:
        path = urlsplit(address).path or "/"
    except ValueError:
        path = address.partition("?")[0].partition("#")[0]
    path = path[:PATH_LENGTH]
    return {"path": path, "is_link": is_path(path)}
