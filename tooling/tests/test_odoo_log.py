from tooling import odoo_log

HEAD = "2030-01-01 10:00:00,123 4711"


def problems(tmp_path, *lines):
    log = tmp_path / "odoo.log"
    log.write_text("\n".join(lines))
    return odoo_log.problems(log)


def test_information_is_no_problem(tmp_path):
    assert problems(tmp_path, f"{HEAD} INFO db odoo.registry: Registry loaded") == []


def test_lines_that_are_no_record_are_no_problem(tmp_path):
    assert problems(tmp_path, "Running as root", "WARNING in a text") == []


def test_every_logger_s_warnings_count(tmp_path):
    line = f"{HEAD} WARNING db odoo.addons.base.models.ir_qweb: Unknown directives"
    assert problems(tmp_path, line, line) == [
        "WARNING odoo.addons.base.models.ir_qweb: Unknown directives (2 times)"
    ]


def test_a_traceback_belongs_to_its_record(tmp_path):
    lines = [f"{HEAD} ERROR ? odoo.http: Exception", "Traceback", "ValueError: x"]
    later = f"{HEAD} INFO ? odoo.http: fine"
    assert problems(tmp_path, *lines, later) == [
        "ERROR odoo.http: Exception\nTraceback\nValueError: x (1 times)"
    ]


def test_what_odoo_logs_without_us_is_excused(tmp_path):
    line = f"{HEAD} WARNING db odoo.addons.iap.tools.iap_tools: jsonrpc failed"
    assert problems(tmp_path, line) == []


def test_a_refused_request_is_excused_and_an_error_is_not(tmp_path):
    assert problems(tmp_path, f"{HEAD} WARNING db odoo.http: Choose another") == []
    assert problems(tmp_path, f"{HEAD} ERROR db odoo.http: Choose another") != []


def test_a_repeated_request_is_excused_and_a_wrong_query_is_not(tmp_path):
    start = f"{HEAD} ERROR db odoo.sql_db: bad query: b'UPDATE x"
    conflict = "ERROR: could not serialize access due to concurrent update"
    assert problems(tmp_path, start, "'", conflict, "") == []
    assert problems(tmp_path, start, "'", "ERROR: column x does not exist", "") != []


def test_a_deadlock_is_excused_in_conversations_of_odoo_alone(tmp_path):
    deadlock = "ERROR: deadlock detected"
    for table, times in (
        ("discuss_channel", 0),
        ("im_livechat_channel_member_history", 0),
        ("discuss_command_run", 1),
        ("discuss_channel_followup", 1),
    ):
        start = f'{HEAD} ERROR db odoo.sql_db: bad query: b\' UPDATE "{table}"'
        lines = (start, "'", deadlock, "DETAIL:  Process 1", "")
        assert len(problems(tmp_path, *lines)) == times, table
