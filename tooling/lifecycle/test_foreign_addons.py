import os
import subprocess
import sys

import pytest

from tooling.cache import ROOT

FILES = {
    "__init__.py": "",
    "__manifest__.py": """{
    "name": "Somebody's bridge",
    "version": "19.0.1.0.0",
    "author": "Somebody",
    "license": "LGPL-3",
    "depends": ["livechat_command"],
    "data": ["data/discuss_command_data.xml"],
}
""",
    "data/discuss_command_data.xml": """<odoo>
    <record id="command_moon" model="discuss.command">
        <field name="name">moon</field>
        <field name="kind">search</field>
        <field name="model_name">res.partner</field>
    </record>
</odoo>
""",
    "tests/__init__.py": "from . import test_moon\n",
    "tests/test_moon.py": """from odoo.addons.livechat_command.tests.common import (
    LivechatCommandCase,
)


class TestMoon(LivechatCommandCase):
    def test_moon(self):
        answer = self.run_command("/moon {argument}")
        self.assertStatus(answer, "done")
""",
}


@pytest.mark.parametrize(
    ("argument", "total"), [("rise", "1 passed, 0 failed"), ("", "0 passed, 1 failed")]
)
def test_the_tests_of_somebody_else_s_bridge(tmp_path, argument, total):
    for name, content in FILES.items():
        path = tmp_path / "somebodys_bridge" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content.replace("{argument}", argument))
    result = subprocess.run(
        [sys.executable, "-m", "tooling", "test"],
        cwd=ROOT,
        env={**os.environ, "ADDONS": str(tmp_path), "K": "", "ARGS": "", "STAGE": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stdout.strip().endswith(total), result.stdout[-3000:]
    assert bool(result.returncode) == ("1 failed" in total)
