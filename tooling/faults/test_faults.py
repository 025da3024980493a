"""Whatever breaks in the middle: done once or not at all, and the agent was told."""

import pytest

from tooling.faults.case import COMMANDS, FEW, FEW_UNDOABLE, IS_LONG, UNDOABLE, Case
from tooling.faults.served import POINTS

IN_ANY_COMMAND = pytest.mark.parametrize("line", COMMANDS if IS_LONG else FEW)
AT_ANY_POINT = pytest.mark.parametrize("point", POINTS)
# Odoo's own patience with these takes many seconds.
REFUSED = ("/helpdesk {word}", "/both {word}") if IS_LONG else FEW[-1:]
UNDONE = UNDOABLE if IS_LONG else FEW_UNDOABLE
SERIALIZATION_FAILURE, QUERY_CANCELED = "40001", "57014"


def test_each_command_is_done_once(served):
    """The positive control: what is counted is what a command changes."""
    for line in COMMANDS:
        case = Case(served, line)
        case.is_not_done()
        case.succeeds_again()


@IN_ANY_COMMAND
@AT_ANY_POINT
def test_a_worker_is_killed(served, pool, line, point):
    case = Case(served, line)
    with served.waiting(point) as wait:
        answer = pool.submit(case.run)
        _backend, worker = wait()
        served.kill(worker)
        case.is_told(answer.result())
    if point == "commit":
        case.is_done_once()
    else:
        case.is_not_done()
    case.succeeds_again()


@IN_ANY_COMMAND
@AT_ANY_POINT
def test_the_connection_to_the_database_is_cut(served, pool, line, point):
    case = Case(served, line)
    with served.waiting(point) as wait:
        answer = pool.submit(case.run)
        backend, _worker = wait()
        served.execute("SELECT pg_terminate_backend(%s)", backend)
        case.is_told(answer.result())
    case.is_not_done()
    case.succeeds_again()


@pytest.mark.parametrize("code", [SERIALIZATION_FAILURE, QUERY_CANCELED])
@pytest.mark.parametrize("line", REFUSED)
@AT_ANY_POINT
def test_postgresql_refuses_for_good(served, line, point, code):
    case = Case(served, line)
    # Odoo tries five times, and a commit once.
    with served.raising(point, code, 100):
        case.is_told(case.run())
        case.is_not_done()
    case.succeeds_again()


@pytest.mark.parametrize("line", REFUSED)
@pytest.mark.parametrize("point", ("claim", "done"))
def test_serialization_fails_twice(served, line, point):
    """Odoo does the whole request again, by itself; not where the commit fails."""
    case = Case(served, line)
    with served.raising(point, SERIALIZATION_FAILURE, 2):
        assert case.run()["status"] == "done"
    case.is_done_once()


@pytest.mark.parametrize("line", UNDONE)
@pytest.mark.parametrize("point", ("done", "commit"))
def test_a_worker_is_killed_while_it_undoes(served, pool, line, point):
    """Still done, or undone; the same key once more undoes it once."""
    case = Case(served, line)
    assert case.run()["status"] == "done"
    with served.waiting(point) as wait:
        answer = pool.submit(case.undo)
        _backend, worker = wait()
        served.kill(worker)
        assert answer.result() is None
    served.settle()
    assert case.get_outcomes() == ["undone" if point == "commit" else "done"]
    if point == "done":
        case.is_done_once()
    for _time in range(2):
        assert case.undo()["status"] == "undone"
        assert case.get_outcomes() == ["undone"]
        case.is_not_done()
