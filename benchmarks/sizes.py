"""How times grow, as plots for docs/performance.md: ``python3 -m tooling bench sizes``.

Nothing is judged here: the goals are those of the other subjects, at their sizes.
"""

import uuid

from . import canned_responses, command_log, transcript
from .livechat import new_agent, new_livechat, new_own_livechat
from .report import measure_anew, measure_in_turns

SIZES = (10, 100, 1_000, 10_000)
RUNS = (100, 10_000, 1_000_000)
ROUNDS = 9


def run(env, report):
    _plot("First list of canned responses", SIZES, _measure_responses(env))
    _plot("Transcript of messages", SIZES, _measure_messages(env))
    runs = [count for count in RUNS if count <= report.scale]
    _plot("A command, with runs in the log", runs, _measure_log(env, runs))


def _measure_responses(env):
    agent, ours, theirs = canned_responses.prepare(env)
    first = 1
    for count in SIZES:
        canned_responses.fill(env, agent, first, count)
        first = count + 1
        yield measure_in_turns(env, ours, theirs, ROUNDS)


def _measure_messages(env):
    for count in SIZES:
        channel = new_livechat(env, count)
        yield measure_in_turns(
            env,
            lambda channel=channel: transcript.ours(channel),
            lambda channel=channel: transcript.theirs(channel),
            ROUNDS,
        )


def _measure_log(env, counts):
    user = new_agent(env, "benchmark_sizes")
    channel = new_own_livechat(env, user)

    def run_help():
        channel.run_command("/help", uuid.uuid4().hex)

    run_help()
    for count in counts:
        env.cr.execute("TRUNCATE discuss_command_run CASCADE")
        command_log.fill(env, user, count)
        yield [measure_anew(env, run_help, ROUNDS)]


def _plot(title, sizes, measured):
    """Print a table and a plot: milliseconds by size, ours first, then Odoo's."""
    sides = [[f"{time:.1f}" for time in each] for each in zip(*measured, strict=True)]
    labels = [f"{size:,}" for size in sizes]
    print(f"\n{title}: {labels}, in ms: {sides}")
    axis = ", ".join(f'"{label}"' for label in labels)
    print(f'```mermaid\nxychart-beta\n    title "{title}"\n    x-axis [{axis}]')
    print('    y-axis "milliseconds"')
    for side in sides:
        print(f"    line [{', '.join(side)}]")
    print("```")
