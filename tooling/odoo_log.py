"""Finds in an Odoo log what must not be overlooked.

Warnings of ours are failures: whatever our addons log, and whatever Odoo logs that
names our modules, models or files.
"""

import re

from .addons import MAIN, ours, tracked_files
from .cache import CACHE

RECORD = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ (?P<level>[A-Z]+) (?P<database>\S+)"
    r" (?P<logger>[^:\s]+): (?P<message>.*)$"
)
SERIOUS = {"WARNING", "ERROR", "CRITICAL"}
MODEL_NAME = re.compile(r"^    _name = [\"']([\w.]+)[\"']", re.MULTILINE)


def records(log):
    """Yield level, logger and whole message of each record in a log."""
    level = logger = None
    message = []
    for line in log.read_text(errors="replace").splitlines():
        match = RECORD.match(line)
        if match:
            if level:
                yield level, logger, "\n".join(message)
            level, logger, message = match["level"], match["logger"], []
            line = match["message"]
        message.append(line)
    if level:
        yield level, logger, "\n".join(message)


def _names():
    """Return a pattern for the names of our modules and models."""
    models = set()
    for path in tracked_files("*.py"):
        models.update(MODEL_NAME.findall(path.read_text()))
    words = [MAIN, *ours(), *models]
    return re.compile("|".join(rf"(?<![\w.]){re.escape(word)}" for word in words))


def _without_cache_paths(text):
    """Remove the cache's own paths, which hold the main addon's name as well."""
    links = re.escape(str(CACHE / "addons"))
    text = re.sub(rf"{links}/[^/\s]+/[^/\s]+/", "", text)
    return text.replace(str(CACHE), "")


def problems(log):
    """Return the serious records that are about our addons."""
    name = _names()
    found = []
    for level, logger, message in records(log):
        text = _without_cache_paths(f"{logger}: {message}")
        if level in SERIOUS and name.search(text.replace("odoo.addons.", "")):
            found.append(f"{level} {text}")
    return found


def counts(log):
    """Return how many serious records there are in all."""
    return sum(level in SERIOUS for level, _logger, _message in records(log))
