{
    "name": "Live Chat Commands & Canned Responses",
    "version": "19.0.2.0.0",
    "category": "Website/Live Chat",
    "summary": "The operator's keyboard for Live Chat: / to act, : to answer",
    "author": "Live Chat Commands contributors",
    "license": "LGPL-3",
    "depends": ["im_livechat"],
    "data": [
        "security/ir.model.access.csv",
        "security/discuss_command_security.xml",
        "security/mail_canned_response_security.xml",
        "data/discuss_command_data.xml",
        "data/discuss_command_templates.xml",
        "data/discuss_command_kind_templates.xml",
        "data/ir_cron_data.xml",
        "views/mail_canned_response_views.xml",
        "views/discuss_command_views.xml",
        "views/discuss_command_run_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "demo": [
        "demo/discuss_command_demo.xml",
        "demo/mail_canned_response_demo.xml",
        "demo/discuss_channel_demo.xml",
    ],
    "uninstall_hook": "uninstall_hook",
    "assets": {
        "web.assets_backend": [
            "livechat_command/static/src/core/web/**/*",
        ],
        # Loaded when a canned response is opened in a form.
        "livechat_command.assets_canned_response_form": [
            "livechat_command/static/src/canned_response_form/**/*",
        ],
        "web.assets_unit_tests": [
            "livechat_command/static/tests/**/*",
        ],
        "im_livechat.embed_assets_unit_tests_setup": [
            ("remove", "livechat_command/static/**/*"),
        ],
    },
}
