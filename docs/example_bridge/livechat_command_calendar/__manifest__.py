{
    "name": "Live Chat Commands: Calendar",
    "version": "19.0.1.0.0",
    "category": "Website/Live Chat",
    "summary": "Plan to call a visitor back by /callback",
    "author": "Live Chat Commands contributors",
    "license": "LGPL-3",
    "depends": ["livechat_command", "calendar"],
    "data": ["data/discuss_command_data.xml"],
    "auto_install": True,
}
