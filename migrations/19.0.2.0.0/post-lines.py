from odoo import SUPERUSER_ID, api

USER = (
    "['|', '|', ('owner_id', '=', user.id),"
    " ('group_ids', 'in', user.all_group_ids.ids),"
    " '&', ('group_ids', '=', False), ('owner_id', '=', False)]"
)
MANAGER = (
    "['|', '|', ('owner_id', '=', False), ('owner_id', '=', user.id),"
    " ('group_ids', '!=', False)]"
)


def migrate(cr, version):
    """Give the rules of before, which updates leave alone, what they say of owners."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    if rule := env.ref("livechat_command.discuss_command_rule_user", False):
        is_not = dict.fromkeys(("perm_create", "perm_write", "perm_unlink"), False)
        rule.write({"domain_force": USER, **is_not})
    if rule := env.ref("livechat_command.discuss_command_rule_manager", False):
        rule.domain_force = MANAGER
