import re

from odoo.tests import HttpCase, no_retry, tagged

from odoo.addons.web.tests.test_js import unit_test_error_checker

OUR_SUITE = "@livechat_command"
# What this addon stands in the way of: these are Odoo's own, and pass unchanged.
ODOO_SUITES = (
    "@mail/composer",
    "@mail/suggestion",
    "@mail/discuss/typing",
    "@im_livechat",
)


@tagged("post_install", "-at_install")
class TestUnits(HttpCase):
    """HOOT units in a real browser, Odoo's own beside ours."""

    def _run_suites(self, *suites):
        """Run suites, and count the tests: HOOT succeeds when a filter has no match."""
        ids = "".join(f"&id={self._hash(suite)}" for suite in suites)
        with self.assertLogs(self._logger.getChild("browser"), "INFO") as logs:
            try:
                self.browser_js(
                    f"/web/tests?headless&loglevel=2&preset=desktop&timeout=30000{ids}",
                    "",
                    "",
                    login="admin",
                    timeout=900,
                    success_signal="[HOOT] Test suite succeeded",
                    error_checker=unit_test_error_checker,
                )
            except AssertionError as error:
                # What the browser said is caught here, so it is told here.
                self.fail("\n".join([str(error), *logs.output[-20:]]))
        passed = re.search(r"\[HOOT\] Passed (\d+) tests", "\n".join(logs.output))
        self.assertTrue(passed, "HOOT did not say how many tests it ran.")
        return int(passed[1])

    def _hash(self, suite):
        """Return the id that HOOT gives to a suite."""
        value = 0
        for char in suite:
            value = ((value << 5) - value + ord(char)) & 0xFFFFFFFF
        return f"{value:08x}"

    @no_retry
    def test_units(self):
        self.assertGreaterEqual(self._run_suites(OUR_SUITE), 155)

    @no_retry
    def test_units_of_odoo(self):
        self.assertGreater(self._run_suites(*ODOO_SUITES), 200)
