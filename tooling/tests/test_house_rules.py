import pytest

from tooling import house_rules

EXPLAINED = """
def method(self):
    # sudo: res.users - anyone may know who answers
    names = self.sudo().mapped("name")
    return names
"""
PARAGRAPH = """
def method(self):
    # sudo: res.users - anyone may know who answers
    users = self.sudo()
    return users.sudo().partner_id
"""
UNEXPLAINED = """
def method(self):
    return self.sudo().partner_id
"""
OTHER_PARAGRAPH = """
def method(self):
    # sudo: res.users - anyone may know who answers
    users = self.sudo()

    return users.sudo().partner_id
"""
LOWERED = """
def method(self):
    return self.sudo(False).partner_id
"""


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        (EXPLAINED, []),
        (PARAGRAPH, []),
        (LOWERED, []),
        (UNEXPLAINED, [3]),
        (OTHER_PARAGRAPH, [6]),
    ],
)
def test_sudo_wants_a_reason(tmp_path, monkeypatch, source, lines):
    monkeypatch.setattr(house_rules, "ROOT", tmp_path)
    path = tmp_path / "model.py"
    path.write_text(source)
    found = house_rules.unexplained_sudo(path)
    assert [int(finding.split(":")[1]) for finding in found] == lines


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("self.sudo().create({})", [2]),
        ("self.env['x'].sudo().search([]).write({})", [2]),
        ("self.sudo().with_context(a=1).note = 'x'", [2]),
        ("x_sudo = self.sudo()\n    x_sudo.note = 'x'", [3]),
        ("x = self.sudo().partner_id\n    y = x[:1]\n    y.copy()", [4]),
        ("clean_sudo(self).create({})", []),
        ("x_sudo = clean_sudo(self)\n    x_sudo.search([]).note = 'x'", []),
        ("self.sudo(False).create({})", []),
        ("x = self.sudo().search([]).sudo(False)\n    x.write({})", []),
        ("self.sudo().search([])", []),
        ("self.create({})", []),
        ("query = self.sudo()._search([])\n    query.order = None", []),
    ],
)
def test_what_is_written_as_superuser_has_no_defaults(
    tmp_path, monkeypatch, body, lines
):
    monkeypatch.setattr(house_rules, "ROOT", tmp_path)
    path = tmp_path / "model.py"
    path.write_text(f"def method(self):\n    {body}\n")
    found = house_rules.forgeable_sudo(path)
    assert [int(finding.split(":")[1]) for finding in found] == lines


@pytest.mark.parametrize(
    ("folder", "name", "is_left_out"),
    [
        ("models", "loaded.py", False),
        ("models", "forgotten.py", True),
        ("tests", "test_forgotten.py", True),
        ("tests", "common.py", False),
        ("models/subject", "loaded.py", False),
        ("models/subject", "forgotten.py", True),
        ("tools", "words.py", False),
    ],
)
def test_models_and_tests_are_imported(
    tmp_path, monkeypatch, folder, name, is_left_out
):
    monkeypatch.setattr(house_rules, "ROOT", tmp_path)
    (tmp_path / folder).mkdir(parents=True)
    (tmp_path / folder / "__init__.py").write_text("from . import loaded\n")
    found = house_rules.unimported(tmp_path / folder / name)
    assert bool(found) == is_left_out
