"""A command in a conversation of its own, and what it changes there, counted."""

import os
import uuid

TICKETS = "SELECT count(*) FROM helpdesk_ticket WHERE name = %(word)s AND active"
NOTES = (
    "SELECT array_length(string_to_array(livechat_note, %(word)s), 1) - 1"
    " FROM discuss_channel WHERE id = %(channel)s"
)
MEMBERS = (
    "SELECT count(*) FROM discuss_channel_member m"
    " JOIN res_users u ON u.partner_id = m.partner_id AND u.login = 'agent0'"
    " WHERE channel_id = %(channel)s"
)
CONTACTS = "SELECT count(*) FROM res_partner WHERE name = %(word)s AND active"
LEADS = "SELECT count(*) FROM crm_lead WHERE name = %(word)s AND active"
ENDS = (
    "SELECT count(*) FROM mail_message WHERE model = 'discuss.channel'"
    " AND res_id = %(channel)s AND body LIKE '%%ended the conversation%%'"
)
TAGS = (
    "SELECT count(*) FROM livechat_conversation_tag_rel"
    " WHERE discuss_channel_id = %(channel)s"
)
STATUS = (
    "SELECT count(*) FROM discuss_channel"
    " WHERE id = %(channel)s AND livechat_status = 'need_help'"
)
FILES = (
    "SELECT count(*) FROM ir_attachment WHERE res_model = 'helpdesk.ticket'"
    " AND res_id = (SELECT max(id) FROM helpdesk_ticket WHERE name = %(word)s)"
)
FOLLOWUPS = (
    "SELECT count(*) FROM discuss_channel_followup WHERE channel_id = %(channel)s"
)
ADDED = (
    "SELECT count(*) FROM mail_message"
    " WHERE model = 'helpdesk.ticket' AND body LIKE '%%' || %(word)s || '%%'"
)
# What each command changes, counted: before it, and when it was done once.
COMMANDS = {
    "/helpdesk {word}": {TICKETS: (0, 1), FILES: (0, 1), FOLLOWUPS: (0, 1)},
    "/helpdesk {ticket} {word}": {ADDED: (0, 1), FOLLOWUPS: (0, 1)},
    "/lead {word}": {LEADS: (0, 1), FOLLOWUPS: (0, 1)},
    "/note {word}": {NOTES: (None, 1)},
    "/tag refund": {TAGS: (0, 1)},
    "/status help": {STATUS: (0, 1)},
    "/leave {word}": {MEMBERS: (1, 0), NOTES: (None, 1)},
    "/end": {ENDS: (0, 1)},
    "/contact {word}": {CONTACTS: (0, 1)},
    "/act {word}": {CONTACTS: (0, 1)},
    "/both {word}": {
        TICKETS: (0, 1),
        NOTES: (None, 1),
        TAGS: (0, 1),
        MEMBERS: (1, 0),
    },
    "/help": {},
    "/history": {},
    "/find {word}": {},
    "/helpdesk_search {word}": {},
}
# Those that do most. FAULTS=all breaks all commands.
FEW = ("/helpdesk {word}", "/helpdesk {ticket} {word}", "/leave {word}", "/end")
FEW += ("/both {word}",)
# What can be taken back, and those of them that do most.
UNDOABLE = ("/lead {word}", "/note {word}", "/tag refund", "/status help")
UNDOABLE += ("/contact {word}", "/helpdesk {word}", "/helpdesk {ticket} {word}")
FEW_UNDOABLE = UNDOABLE[-2:]
IS_LONG = os.environ.get("FAULTS") == "all"


class Case:
    """A command in a conversation of its own, and what it has changed there."""

    # What is there as often as it was made.
    MADE = (TICKETS, ADDED, NOTES, ENDS, CONTACTS)

    def __init__(self, served, line):
        self.served = served
        self.chat = next(served.chats)
        self.effects = COMMANDS[line]
        self.word = f"zq{uuid.uuid4().hex}"
        self.line = line.format(word=self.word, ticket=served.prepared["ticket"])
        self.request_id = uuid.uuid4().hex

    def run(self, who="anna"):
        return self.served.run(self.chat, self.line, self.request_id, who)

    def undo(self):
        """Take it back, as the button does."""
        return self.served.call("anna", "discuss.command.run", "undo", self.request_id)

    def count(self, query):
        params = {"word": self.word, "channel": self.chat["channel"]}
        return self.served.value(query, params)

    def is_not_done(self):
        self.served.settle()
        for query, (before, _after) in self.effects.items():
            assert self.count(query) == before, query

    def is_done_once(self):
        self.served.settle()
        for query, (_before, after) in self.effects.items():
            assert self.count(query) == after, query
        assert self.get_outcomes() == ["done"]

    def get_outcomes(self):
        rows = self.served.execute(
            "SELECT outcome FROM discuss_command_run WHERE request_id = %s",
            self.request_id,
        )
        return [outcome for (outcome,) in rows]

    def is_told(self, answer):
        """See that the agent knows it failed: no answer, an error, or a sentence."""
        assert answer is None or answer["status"] in ("failed", "refused"), answer
        assert answer is None or answer["body"]

    def succeeds_again(self):
        """Retry, as the button does, and see that it was done once."""
        assert self.run()["status"] == "done"
        self.is_done_once()
        # And once more, as when the answer is lost again.
        assert self.run()["status"] == "done"
        self.is_done_once()
