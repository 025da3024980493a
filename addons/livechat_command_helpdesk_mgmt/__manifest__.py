{
    "name": "Live Chat Commands: Helpdesk",
    "version": "19.0.2.0.0",
    "category": "Website/Live Chat",
    "summary": "Make and find Helpdesk tickets by command, from a live chat",
    "author": "Live Chat Commands contributors",
    "license": "AGPL-3",
    "depends": ["livechat_command", "helpdesk_mgmt", "base_word_search"],
    "demo": ["demo/helpdesk_ticket_demo.xml"],
    "auto_install": ["livechat_command", "helpdesk_mgmt"],
    "data": [
        "security/ir.model.access.csv",
        "data/helpdesk_ticket_channel_data.xml",
        "data/discuss_command_data.xml",
        "data/discuss_command_templates.xml",
        "views/helpdesk_ticket_views.xml",
        "views/helpdesk_ticket_team_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "livechat_command_helpdesk_mgmt/static/src/core/web/**/*",
        ],
        "im_livechat.embed_assets_unit_tests_setup": [
            ("remove", "livechat_command_helpdesk_mgmt/static/**/*"),
        ],
    },
}
