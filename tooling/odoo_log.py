"""Finds in an Odoo log what must not be overlooked.

Every warning and error counts, whoever logs it: what is wrong with our views, models
or queries is reported by Odoo's loggers, often without our name. Excused is only
what Odoo logs without any addon of ours, listed here with its reason.
"""

import re

RECORD = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ (?P<level>[A-Z]+) \S+"
    r" (?P<logger>[^:\s]+): (?P<message>.*)$"
)
SERIOUS = {"WARNING", "ERROR", "CRITICAL"}
# The start of "LEVEL logger: message", as a pattern, and why it is excused.
EXCUSED = {
    r"[A-Z]+ odoo\.addons\.(iap|partner_autocomplete)\b": (
        "calls out of a machine offline"
    ),
    r"WARNING odoo\.http: ": "the sentence that a request was refused with",
    r"ERROR odoo\.http: (?s:.*)recs = model\.browse\(ids\)(?s:.*)is not iterable": (
        "Odoo's own answer to ids that are none, before any addon is asked"
    ),
    r"ERROR odoo\.sql_db: bad query: (?s:.*)ERROR: could not serialize access ": (
        "two requests at once, which Odoo repeats; what it gives up is logged otherwise"
    ),
    r'ERROR odoo\.sql_db: bad query: b\' UPDATE "(discuss_channel|'
    r'im_livechat_channel_member_history)"(?s:.*)ERROR: deadlock detected\n': (
        "two agents of one conversation at once: half the times that two leave together"
        " in Odoo alone, which repeats it. A deadlock in another table counts"
    ),
}


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


def problems(log):
    """Return the serious records, each once, with how often it came."""
    times = {}
    for level, logger, message in records(log):
        line = f"{level} {logger}: {message}"
        if level in SERIOUS and not any(re.match(start, line) for start in EXCUSED):
            times[line] = times.get(line, 0) + 1
    return [f"{line} ({count} times)" for line, count in times.items()]
