{
    "name": "Live Chat Commands: Website",
    "version": "19.0.2.0.0",
    "category": "Website/Live Chat",
    "summary": "/history shows the pages that Website tracked",
    "author": "Live Chat Commands contributors",
    "license": "LGPL-3",
    "depends": ["livechat_command", "website_livechat"],
    "demo": [
        "demo/website_visitor_demo.xml",
    ],
    "auto_install": True,
}
