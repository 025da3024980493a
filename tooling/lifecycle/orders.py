"""Removes and installs addons in Odoo's shell, and looks at what is left.

Run below ``fill.py``.
"""


def walk(env, steps):
    """Take all steps; return what is seen before the first and after each."""
    _fill_all(env)
    seen = [_look_around(env)]
    for verb, name in steps:
        action = {
            "add": "button_immediate_install",
            "remove": "button_immediate_uninstall",
        }[verb]
        module = env["ir.module.module"]._get(name)
        # What another step did with it.
        if (module.state == "installed") == (verb == "remove"):
            getattr(module, action)()
        env.transaction.reset()
        env = env(context={})
        _set_team_up(env)
        seen.append(_look_around(env))
    return seen


def _fill_all(env):
    """Make data, also of a second company and website, and a language not active."""
    fill(env)  # noqa: F821
    company = env["res.company"].create({"name": "Second"})
    env["website"].create({"name": "Second", "company_id": company.id})
    env["helpdesk.ticket.team"].create(
        {"name": "Of the second", "use_livechat": True, "company_id": company.id}
    )
    env["res.users"].search([("login", "=", "anna")]).company_ids += company
    # A website takes all languages that are active when it is made.
    env["website"].search([]).language_ids = env.ref("base.lang_en")
    env["res.lang"].search([("code", "=", "fr_FR")]).active = False
    for model in ("helpdesk.ticket", "crm.lead"):
        env[model].search([], limit=1).message_post(body="We look into it.")
    env.cr.commit()


def _set_team_up(env):
    """Choose the team of the live chat again: its option goes with the addon."""
    team = env["helpdesk.ticket.team"].search([("name", "=", "Chat team")])
    if "use_livechat" in team._fields and not team.use_livechat:
        support = env["im_livechat.channel"].search([("name", "=", "Support")])
        team.write({"use_livechat": True, "livechat_channel_ids": support.ids})
        env.cr.commit()


def _look_around(env):
    """Return what may never be lost, what no longer works, and what addons bring."""
    env = env(context={"lang": "en_US", "active_test": False})
    return {
        "kept": {
            "tickets": _look_at(env, "helpdesk.ticket", "number name partner_name"),  # noqa: F821
            "leads": _look_at(env, "crm.lead", "name contact_name"),  # noqa: F821
            "responses": _look_at_shortcuts(env),
            "teams": _look_at(env, "helpdesk.ticket.team", "name"),  # noqa: F821
            "messages": env["mail.message"].search_count(
                [("model", "in", ("helpdesk.ticket", "crm.lead"))]
            ),
        },
        "commands": sorted(_get_commands(env)),
        "found": "HT00002" in _run(env, "/helpdesk_search zephyr"),
        "broken": _find_broken(env),
    }


def _look_at_shortcuts(env):
    return sorted(env["mail.canned.response"].search([]).mapped("source"))


def _get_commands(env):
    if "discuss.command" not in env:
        return []
    builtin = env["discuss.command"].search([("kind", "!=", "create")])
    return builtin.filtered("is_builtin").mapped("name")


def _run(env, line):
    """Run a command as the agent of the one live chat; return the answer's text."""
    if "discuss.command" not in env:
        return ""
    agent = env["res.users"].search([("login", "=", "anna")])
    channel = env["discuss.channel"].search([("livechat_status", "!=", False)], limit=1)
    answer = channel.with_user(agent).run_command(line, uuid.uuid4().hex)  # noqa: F821
    return f"{answer['status']}: {answer['body']}"


def _find_broken(env):
    """Return what does not work: views, and commands that end unexpectedly."""
    broken = []
    for model in ("discuss.channel", "helpdesk.ticket", "crm.lead", "res.users"):
        for kind in ("list", "form"):
            try:
                env[model].get_view(view_type=kind)
            except Exception as error:  # noqa: BLE001
                broken.append(f"{model} {kind}: {error}")
    for line in ("/help", "/helpdesk_search zephyr", "/history", "/nonsense"):
        if "Something went wrong" in _run(env, line):
            broken.append(line)
    env.cr.rollback()
    return broken
