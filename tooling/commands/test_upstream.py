"""Runs Odoo's own tests without our addons and with them, and compares.

ADDONS= names some of the modules, K= and ARGS= go to pytest.
"""

import os
import shlex

from .. import upstream
from ..browser import browser
from ..workplace import workplace

# Tests that fail with our addons, and are to: each with its reason.
INTENDED = {
    "TestDiscussChannel.test_livechat_conversation_history": (
        "the transcript's HTML is ours, with authors and times"
    ),
    "TestChannelInternals.test_channel_command_help_in_channel": (
        "commands are for members, whichever way they are called"
    ),
}


def main(_arguments):
    """Fail when a test fails with our addons that passes without them."""
    chosen = os.environ.get("ADDONS", "").replace(",", " ").split()
    arguments = shlex.split(os.environ.get("ARGS", ""))
    if os.environ.get("K"):
        arguments += ["-k", os.environ["K"]]
    browser()
    with workplace() as place:
        found = upstream.run(place, chosen or upstream.MODULES, arguments)
    return conclude(found)


def conclude(found):
    """Print both sides and what differs; return the exit status."""
    print("\n| | tests | failed |\n|---|---|---|")
    for name, side in (("without us", found.without), ("with us", found.with_ours)):
        print(f"| {name} | {side.count} | {len(side.failed)} |")
    reasons = {test: _get_reason(test) for test in found.broken}
    for test, reason in reasons.items():
        print(f"Intended ({reason}): {test}" if reason else f"New failure: {test}")
    for test in found.lost:
        print(f"Not run with us: {test}")
    has_new = not all(reasons.values())
    return 1 if has_new or found.lost or not found.without.passed else 0


def _get_reason(test):
    """Return why a test may fail with our addons, or None."""
    return next((INTENDED[end] for end in INTENDED if test.endswith(f".{end}")), None)
