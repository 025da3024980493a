from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import TransactionCase, new_test_user

from ..models import res_config_settings


class TestSettings(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = new_test_user(cls.env, "definer", groups="base.group_system")
        cls.Settings = cls.env["res.config.settings"].with_user(cls.admin)

    def _save(self, **values):
        self.Settings.create(values).set_values()

    def test_single_colon_stays_off(self):
        self.assertTrue(self.Settings._is_single_colon(), "on, where nobody chose")
        for is_single in (False, True, False):
            self._save(livechat_command_single_colon=is_single)
            self.assertEqual(self.Settings._is_single_colon(), is_single)
            self.assertEqual(
                self.Settings.create({}).livechat_command_single_colon, is_single
            )

    def test_retention_is_a_day_at_least(self):
        for days in (0, -1, 10**9):
            with self.assertRaisesRegex(ValidationError, "for 1 to"):
                self._save(livechat_command_retention_days=days)
        self._save(livechat_command_retention_days=1)
        self.assertEqual(self.Settings.create({}).livechat_command_retention_days, 1)

    def test_missing_bridge_says_how_to_add_it(self):
        can_install, hint = self.Settings._get_bridge_hint("livechat_command_nowhere")
        self.assertFalse(can_install)
        self.assertIn("livechat_command_nowhere is not on this server", hint)

    def test_a_bridge_inside_the_clone_says_where_it_is(self):
        with (
            TemporaryDirectory() as folder,
            patch.object(res_config_settings, "BRIDGES_FOLDER", Path(folder)),
        ):
            (Path(folder) / "livechat_command_nowhere").mkdir()
            can_install, hint = self.Settings._get_bridge_hint(
                "livechat_command_nowhere"
            )
        self.assertFalse(can_install)
        self.assertIn(f"Add {folder} to addons_path", hint)

    def test_missing_app_says_how_to_add_it(self):
        module = self.env["ir.module.module"].create(
            {
                "name": "livechat_command_moon",
                "state": "uninstallable",
                "dependencies_id": [(0, 0, {"name": "no_such_moon"})],
            }
        )
        can_install, hint = self.Settings._get_bridge_hint(module.name)
        self.assertFalse(can_install)
        self.assertIn("The app no_such_moon is not on this server", hint)

    def test_app_that_ticking_installs(self):
        app = self.env["ir.module.module"].create(
            {"name": "moon", "shortdesc": "Moon", "state": "uninstalled"}
        )
        bridge = self.env["ir.module.module"].create(
            {
                "name": "livechat_command_moon",
                "state": "uninstalled",
                "dependencies_id": [(0, 0, {"name": "moon"})],
            }
        )
        self.assertEqual(
            self.Settings._get_bridge_hint(bridge.name),
            (True, "Ticking installs Moon too."),
        )
        app.state = "installed"
        self.assertEqual(
            self.Settings._get_bridge_hint(bridge.name),
            (True, "The app is there. Tick to connect it."),
        )
        bridge.state = "installed"
        self.assertEqual(self.Settings._get_bridge_hint(bridge.name), (True, ""))

    def test_managers_change_no_settings(self):
        manager = new_test_user(
            self.env, "manager", groups="im_livechat.im_livechat_group_manager"
        )
        with self.assertRaises(AccessError):
            self.env["res.config.settings"].with_user(manager).create({})
