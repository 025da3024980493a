"""What was measured: rows with a figure of ours, one of theirs, and a goal."""

import json
import os
import platform
import statistics
import sys
import time
from dataclasses import asdict, dataclass, field


@dataclass
class Row:
    """``ratio`` is theirs divided by ours where more is better, else ours by theirs."""

    name: str
    ours: float
    theirs: float
    unit: str
    ratio: float
    goal: str
    met: bool
    is_judged: bool = True


FULL_SCALE = 1_000_000


@dataclass
class Report:
    scale: int
    rows: list[Row] = field(default_factory=list)

    @property
    def is_met(self):
        return all(row.met for row in self.rows if row.is_judged)

    def say(self, text):
        print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)

    def add(self, name, ours, theirs, unit, ratio, goal, met, at_size=False):
        """Add a row.

        :param at_size: whether the goal need only be met among as many tickets as it
            speaks of: with fewer it is shown, but not judged. So are times: a small run
            is for seeing that all works, on a machine that does other things too
        """
        figures = _round(ours), _round(theirs), unit, _round(ratio)
        is_judged = self.scale >= FULL_SCALE or not (at_size or unit == "ms")
        row = Row(name, *figures, goal, met, is_judged)
        self.rows.append(row)
        self.say(_format(row))

    def add_faster(self, name, ours, theirs, unit, times, **kwargs):
        """Add a row whose goal is to be ``times`` times faster (or smaller)."""
        ratio = theirs / ours if ours else float("inf")
        goal, met = f">= {times} times", ratio >= times
        self.add(name, ours, theirs, unit, ratio, goal, met, **kwargs)

    def add_at_most(self, name, ours, theirs, unit, times, **kwargs):
        """Add a row whose goal is to cost at most ``times`` times as much."""
        ratio = ours / theirs if theirs else float("inf")
        goal, met = f"<= {times} times", ratio <= times
        self.add(name, ours, theirs, unit, ratio, goal, met, **kwargs)

    def add_limit(self, name, ours, most, **kwargs):
        """Add a row whose goal is to take at most ``most`` milliseconds."""
        goal, met = f"<= {most:g} ms", ours <= most
        self.add(name, ours, most, "ms", ours / most, goal, met, **kwargs)

    def print(self):
        machine = f"{platform.platform()}, {os.cpu_count()} cores"
        print(f"{machine}, scale {self.scale:,}")
        for row in self.rows:
            print(_format(row))

    def write(self, path):
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(asdict(row)) + "\n" for row in self.rows)


def _round(value):
    return round(value, 3) if value < 100 else round(value, 1)


def _format(row):
    mark = "met   " if row.met else "MISSED" if row.is_judged else "small "
    return (
        f"{mark} {row.name:<58} {row.ours:>10} {row.theirs:>10} {row.unit:<5}"
        f" {row.ratio:>9} ({row.goal})"
    )


def measure(function):
    """Return how many milliseconds ``function`` takes, as those who wait for it see."""
    start = time.perf_counter()
    function()
    return (time.perf_counter() - start) * 1000


def measure_in_turns(env, ours, theirs, rounds):
    """Return the median milliseconds of both, in turns on the same machine.

    Each starts with an empty cache, and does not pay for emptying the other's.
    """
    ours(), theirs()
    pairs = [
        (measure_anew(env, ours), measure_anew(env, theirs)) for _ in range(rounds)
    ]
    return [median(times) for times in zip(*pairs, strict=True)]


def measure_anew(env, function, rounds=1):
    """Return the median milliseconds, each from an empty cache until all is written."""
    times = []
    for _ in range(rounds):
        env.invalidate_all()
        times.append(measure(lambda: (function(), env.flush_all())))
    return median(times)


def count_queries(env, function):
    """Return how many queries ``function`` makes with an empty cache."""
    env.invalidate_all()
    before = env.cr.sql_log_count
    function()
    return env.cr.sql_log_count - before


median = statistics.median
