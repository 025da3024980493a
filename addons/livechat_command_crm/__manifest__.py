{
    "name": "Live Chat Commands: CRM",
    "version": "19.0.2.0.0",
    "category": "Website/Live Chat",
    "summary": "/lead creates a lead from a live chat",
    "author": "Live Chat Commands contributors",
    "license": "LGPL-3",
    "depends": ["livechat_command", "crm_livechat", "base_word_search"],
    "data": [
        "security/ir.model.access.csv",
        "data/discuss_command_data.xml",
        "data/discuss_command_templates.xml",
        "views/crm_lead_views.xml",
    ],
    "auto_install": ["livechat_command", "crm_livechat"],
}
