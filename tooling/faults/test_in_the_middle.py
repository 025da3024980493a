"""What others do while a command is run: it counts as before or after it."""

import pytest

from tooling.faults.case import Case

OUTCOMES = ("done", "refused", "failed")


def end_by_visitor(served, case):
    leave = "/im_livechat/visitor_leave_session"
    served.ask(leave, case.chat["guest"], channel_id=case.chat["channel"])


def remove_agent(served, case):
    served.execute(
        "DELETE FROM discuss_channel_member WHERE channel_id = %s"
        " AND partner_id = (SELECT partner_id FROM res_users WHERE login = 'agent0')",
        case.chat["channel"],
    )


def archive_team(served, _case):
    served.execute("UPDATE helpdesk_ticket_team SET active = false")


def switch_off(served, case):
    name = case.line.split()[0].removeprefix("/")
    served.execute("UPDATE discuss_command SET active = false WHERE name = %s", name)


def archive_agent(served, _case):
    served.execute("UPDATE res_users SET active = false WHERE login = 'agent0'")


EVENTS = (end_by_visitor, remove_agent, archive_team, switch_off, archive_agent)
LINES = ("/helpdesk {word}", "/note {word}", "/leave {word}", "/end", "/both {word}")


@pytest.fixture
def as_before(served):
    yield
    for table in ("helpdesk_ticket_team", "discuss_command"):
        served.execute(f"UPDATE {table} SET active = true")
    served.execute("UPDATE res_users SET active = true WHERE login = 'agent0'")


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("event", EVENTS)
def test_in_the_middle(served, pool, as_before, line, event):
    case = Case(served, line)
    with served.waiting("claim") as wait:
        answer = pool.submit(case.run)
        wait()
        event(served, case)
    answer = answer.result()
    assert answer["status"] in OUTCOMES and answer["body"], answer
    served.settle()
    if answer["status"] == "done":
        for query in case.effects.keys() & {*case.MADE}:
            assert case.count(query) == 1, query
    else:
        for query in case.effects.keys() & {*case.MADE}:
            assert not case.count(query), query


def test_nothing_is_lost_when_the_visitor_ends_it_meanwhile(served, pool):
    """What was said behind the command's back still comes to the ticket."""
    case = Case(served, "/helpdesk {word}")
    late = f"late{case.word}"
    with served.waiting("claim") as wait:
        answer = pool.submit(case.run)
        wait()
        served.ask(
            "/mail/message/post",
            case.chat["guest"],
            thread_model="discuss.channel",
            thread_id=case.chat["channel"],
            post_data={"body": late, "message_type": "comment"},
        )
        end_by_visitor(served, case)
    ticket = answer.result()["record"]["id"]
    served.settle()
    # Neither saw the other: the nightly cleaning finds it.
    served.run_scheduled("autovacuum_job")
    served.run_scheduled("ir_cron_send_followups")
    assert served.value(
        "SELECT count(*) FROM mail_message WHERE model = 'helpdesk.ticket'"
        " AND res_id = %s AND body LIKE %s",
        ticket,
        f"%{late}%",
    ) + served.value(
        "SELECT count(*) FROM helpdesk_ticket WHERE id = %s AND description LIKE %s",
        ticket,
        f"%{late}%",
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [("/helpdesk {word}", 2), ("/note {word}", 2), ("/lead {word}", 2), ("/end", 1)],
)
def test_two_agents_run_the_same(served, pool, line, expected):
    """Each has done it, at the same moment; what can be done once is done once."""
    case, other = Case(served, line), Case(served, line)
    other.chat, other.line, other.word = case.chat, case.line, case.word
    with served.waiting("claim") as wait:
        answers = [pool.submit(case.run), pool.submit(other.run, "ben")]
        wait(2)
    statuses = sorted(answer.result()["status"] for answer in answers)
    served.settle()
    query = next(iter(case.effects))
    assert case.count(query) == expected
    assert statuses[0] == "done" and statuses[1] in OUTCOMES


def test_the_same_request_by_two_tabs(served, pool):
    case = Case(served, "/helpdesk {word}")
    with served.waiting("done") as wait:
        answers = [pool.submit(case.run), pool.submit(case.run)]
        wait()
    first, second = (answer.result() for answer in answers)
    assert first == second
    case.is_done_once()
