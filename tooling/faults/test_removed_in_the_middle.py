"""The last file of all: it removes the app that commands are for."""

from tooling.faults.case import Case

IS_GONE = "SELECT to_regclass('helpdesk_ticket') IS NULL"
IS_BLOCKED = """
SELECT EXISTS (SELECT FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event = 'relation')
"""


def test_the_app_is_uninstalled(served, pool):
    """The command is done before that or not at all; the others work afterwards."""
    case = Case(served, "/helpdesk {word}")
    module = served.value(
        "SELECT id FROM ir_module_module WHERE name = 'helpdesk_mgmt'"
    )
    uninstall = ("admin", "ir.module.module", "button_immediate_uninstall", [module])
    with served.waiting("claim") as wait:
        answer = pool.submit(case.run)
        wait()
        pool.submit(served.call, *uninstall)
        served.wait_until(IS_BLOCKED)
    answer = answer.result()
    # Where each waits for the other, PostgreSQL lets one of them begin again.
    assert answer["status"] in ("done", "unknown", "refused") and answer["body"]
    served.wait_until(IS_GONE)
    served.settle()
    assert case.get_outcomes() == [answer["status"]]
    Case(served, "/note {word}").succeeds_again()
    missing = Case(served, "/helpdesk {word}").run()
    assert missing["status"] in ("unknown", "refused") and missing["body"]
