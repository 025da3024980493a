from odoo.addons.base_word_search.tests.common import lift_time_limits
from odoo.addons.livechat_command.tests.common import LivechatCommandCase

LEVELS = {
    "personal": "helpdesk_mgmt.group_helpdesk_user_own",
    "team": "helpdesk_mgmt.group_helpdesk_user_team",
    "all": "helpdesk_mgmt.group_helpdesk_user",
}


class HelpdeskCommandCase(LivechatCommandCase):
    """A live chat, a team that takes tickets from it, and its operator."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        lift_time_limits(cls)
        cls.env["helpdesk.ticket.team"].search([]).use_livechat = False
        cls.team = cls._new_team("Support")
        cls._set_level(cls.operator, "all")

    @classmethod
    def _set_level(cls, user, level):
        """Give ``user`` one Helpdesk access level: personal, team, all or none."""
        groups = cls.env["res.groups"].concat(*map(cls.env.ref, LEVELS.values()))
        user.group_ids -= groups
        if level in LEVELS:
            user.group_ids += cls.env.ref(LEVELS[level])

    @classmethod
    def _new_team(cls, name, use_livechat=True, **values):
        return cls.env["helpdesk.ticket.team"].create(
            {"name": name, "use_livechat": use_livechat, "company_id": False, **values}
        )

    @classmethod
    def _new_ticket(cls, name, **values):
        return cls.env["helpdesk.ticket"].create(
            {"name": name, "description": name, "team_id": cls.team.id, **values}
        )

    def create_ticket(self, title="Broken mouse", **kwargs):
        """Run ``/helpdesk`` and return the ticket that the answer names."""
        answer = self.run_command(f"/helpdesk {title}", **kwargs)
        self.assertStatus(answer, "done")
        return self.env["helpdesk.ticket"].browse(answer["record"]["id"])
