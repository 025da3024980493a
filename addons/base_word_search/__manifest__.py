{
    "name": "Search by Words",
    "version": "19.0.2.0.0",
    "category": "Hidden/Tools",
    "summary": "Find records by words in milliseconds, also among a million",
    "author": "Live Chat Commands contributors",
    "license": "LGPL-3",
    "depends": ["base"],
    "data": [
        "security/ir.model.access.csv",
        "data/ir_cron.xml",
    ],
}
