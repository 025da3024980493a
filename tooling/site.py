"""An Odoo that is changed and asked from outside, for tests of the tooling's stages."""

import json
import subprocess

from . import odoo_log
from .cache import log_file

ANSWER = "ANSWER "


class Site:
    """An Odoo with a database of its own, and addons that come from anywhere."""

    def __init__(self, place, database):
        self.place = place
        self.database = database
        self.log = log_file("lifecycle-odoo")

    def config(self, *folders):
        """Write Odoo's configuration with these addons folders beside Odoo's own."""
        return self.place.config_with(f"lifecycle-{self.database}", folders)

    def run(self, config, *words):
        """Change the database by Odoo; return its exit status and what it logged."""
        command = [self.place.python, "-m", "odoo", "--config", config, *words]
        command += ["--database", self.database, "--stop-after-init", "--no-http"]
        with self.log.open("w") as output:
            result = subprocess.run(
                command,
                env=self.place.variables(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
            )
        return result.returncode, self.log.read_text()

    def change(self, config, *words, warnings=()):
        """Change the database by Odoo, which must complain of ``warnings`` alone."""
        status, text = self.run(config, *words)
        assert not status, text[-3000:]
        problems = odoo_log.problems(self.log)
        assert [each for each in problems if not any(w in each for w in warnings)] == []
        assert [w for w in warnings if not any(w in each for each in problems)] == []

    def ask(self, config, source, expression):
        """Return what an expression comes to in Odoo's shell, with ``env`` at hand."""
        script = (
            f"{source}\nimport json\nprint('{ANSWER}' + json.dumps({expression}))\n"
        )
        command = [self.place.python, "-m", "odoo", "shell", "--config", config]
        command += ["--database", self.database, "--no-http", "--log-level=warn"]
        result = subprocess.run(
            command,
            env=self.place.variables(),
            input=script,
            capture_output=True,
            text=True,
            check=False,
        )
        assert not result.returncode, result.stderr[-3000:]
        [line] = [x for x in result.stdout.splitlines() if x.startswith(ANSWER)]
        return json.loads(line.removeprefix(ANSWER))
