import pytest

from tooling import stages

PASSED = '<testcase classname="c" name="good"/>'
FINE = PASSED.replace("good", "fine")
FAILED = '<testcase classname="c" name="bad"><failure/></testcase>'
BROKEN = '<testcase classname="c" name="worse"><failure/><error/></testcase>'
SKIPPED = '<testcase classname="c" name="lazy"><skipped/></testcase>'
WARNING = "2030-01-01 10:00:00,123 4711 WARNING db odoo.fields: careless\n"


@pytest.fixture
def weigh(tmp_path):
    """Return what a stage comes to by pytest's status, its report and Odoo's log."""

    def weigh(status, cases=None, log=""):
        report = tmp_path / "report.xml"
        if cases is not None:
            report.write_text(
                f"<testsuites><testsuite>{cases}</testsuite></testsuites>"
            )
        (tmp_path / "odoo.log").write_text(log)
        return stages.weigh("main", status, report, tmp_path / "odoo.log")

    return weigh


def test_passes_alone_are_a_success(weigh):
    result = weigh(0, PASSED + FINE)
    assert (result.passed, result.all_failed) == (2, 0)


@pytest.mark.parametrize(
    ("status", "cases", "log"),
    [
        (1, PASSED + FAILED, ""),
        (1, PASSED + BROKEN, ""),
        (0, PASSED + SKIPPED, ""),
        (5, "", ""),
        (0, "", ""),
        (5, None, ""),
        (3, PASSED, ""),
        (-9, None, ""),
        (0, PASSED, WARNING),
    ],
)
def test_anything_else_fails_once(weigh, status, cases, log):
    assert weigh(status, cases, log).all_failed == 1


def test_a_failure_is_not_counted_for_pytest_s_status_as_well(weigh):
    assert weigh(1, FAILED + BROKEN).all_failed == 2


def test_a_skipped_test_is_named(weigh):
    assert weigh(0, SKIPPED).complaints == ["main: skipped: c.lazy"]


def test_a_test_that_was_run_again_counts_once(weigh):
    assert weigh(0, PASSED * 2).passed == 1
    assert weigh(1, PASSED + FAILED * 2).failed == 1
