from tooling.commands import load

NUMBERS = {"USERS": "8", "SECONDS": "10", "EVERY": "1", "WORKERS": "2"}


def test_some_agents_at_once_lose_and_double_nothing(monkeypatch, capfd):
    for name, number in NUMBERS.items():
        monkeypatch.setenv(name, number)
    monkeypatch.delenv("BEHIND", raising=False)
    monkeypatch.setattr(load, "SIDES", {"ours": load.SIDES["ours"]})
    status = load.main([])
    printed = capfd.readouterr().out
    assert not status, printed
    assert "websockets: 16 open, 0 failed" in printed
    for action in {*load.SIDES["ours"]}:
        assert f"| ours | {action} |" in printed, printed
