from tooling import upstream
from tooling.commands import test_upstream

CASE = '<testcase classname="c" name="{}">{}</testcase>'


def _side(tmp_path, **outcomes):
    cases = (
        CASE.format(name, "" if tag == "passed" else f"<{tag}/>")
        for name, tag in outcomes.items()
    )
    report = tmp_path / "report.xml"
    report.write_text(f"<testsuites>{''.join(cases)}</testsuites>")
    return upstream.read_report(report)


def test_what_fails_with_us_alone_is_found(tmp_path, capsys):
    without = _side(tmp_path, a="passed", b="failure", c="passed", d="skipped")
    ours = _side(tmp_path, a="error", b="failure", c="passed", d="failure")
    found = upstream.Comparison(without, ours)
    assert (found.broken, found.lost) == (["c.a"], [])
    assert test_upstream.conclude(found) == 1
    assert "New failure: c.a" in capsys.readouterr().out


def test_what_is_not_run_with_us_is_found(tmp_path):
    without = _side(tmp_path, a="passed", b="passed")
    found = upstream.Comparison(without, _side(tmp_path, a="passed"))
    assert (found.broken, found.lost) == ([], ["c.b"])
    assert test_upstream.conclude(found) == 1


def test_equal_sides_pass(tmp_path):
    side = _side(tmp_path, a="passed", b="failure")
    assert test_upstream.conclude(upstream.Comparison(side, side)) == 0
    nothing = _side(tmp_path)
    assert test_upstream.conclude(upstream.Comparison(nothing, nothing)) == 1


def test_what_is_intended_is_no_failure(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(test_upstream, "INTENDED", {"c.a": "another transcript"})
    without = _side(tmp_path, a="passed", b="passed")
    found = upstream.Comparison(without, _side(tmp_path, a="failure", b="passed"))
    # Its class is c, in a module that has a name too.
    found.without.passed = {f"x.{test}" for test in found.without.passed}
    found.with_ours.passed = {f"x.{test}" for test in found.with_ours.passed}
    found.with_ours.failed = {f"x.{test}" for test in found.with_ours.failed}
    assert test_upstream.conclude(found) == 0
    assert "Intended (another transcript): x.c.a" in capsys.readouterr().out
