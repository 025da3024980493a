"""Agents and visitors who act at random, as their browsers would, by HTTP."""

import collections
import dataclasses
import json
import random
import threading
import time
import urllib.error
import urllib.request
import uuid

PATIENCE = 60


@dataclasses.dataclass
class Record:
    """What came of all that was done: shared by the actors of one run."""

    seconds: dict = dataclasses.field(
        default_factory=lambda: collections.defaultdict(list)
    )
    errors: list = dataclasses.field(default_factory=list)
    # Words that a done answer promises to be in exactly one row, by where they are.
    promised: dict = dataclasses.field(
        default_factory=lambda: collections.defaultdict(set)
    )


class Actor:
    """An agent in front of one conversation, and its visitor."""

    def __init__(self, url, person, record):
        self.url = url
        self.channel_id = person["channel"]
        self.login = person["login"]
        self.cookies = {
            "agent": f"session_id={person['session']}",
            "visitor": person["guest"],
        }
        self.record = record
        self.last = None

    def act(self, actions, every, until):
        """Do one of the actions again and again, at random times."""
        time.sleep(random.uniform(0, every))
        while time.monotonic() < until:
            self.do(random.choice(actions))
            time.sleep(random.uniform(0, 2 * every))

    def do(self, name):
        """Do one action, and record how long it took."""
        start = time.monotonic()
        try:
            getattr(self, name)()
        except (OSError, ValueError) as error:
            self.record.errors.append(f"{name}: {error}")
        self.record.seconds[name].append(time.monotonic() - start)

    # Both sides

    def message(self):
        """The agent sends a response."""
        self._post("agent")

    def visitor(self):
        """The visitor writes."""
        self._post("visitor")

    def _post(self, who):
        word = _word()
        self._ask(
            "/mail/message/post",
            who,
            thread_model="discuss.channel",
            thread_id=self.channel_id,
            post_data={
                "body": f"Something about {word}",
                "message_type": "comment",
                "subtype_xmlid": "mail.mt_comment",
            },
        )
        self.record.promised["messages"].add(word)

    # Ours

    def commands(self):
        """The list of commands."""
        self._fetch("livechat_command", {"channel_id": self.channel_id})

    def responses(self):
        """The list of responses."""
        params = {"channel_id": self.channel_id, "term": ""}
        self._fetch("livechat_command/canned_responses", params)

    def help(self):
        """The command that reads only."""
        self._run("/help")

    def note(self):
        """A note in the conversation."""
        self._run_with_word("note", "notes")

    def ticket(self):
        """A ticket."""
        self._run_with_word("helpdesk", "tickets")

    def line(self):
        """A ticket with four tokens, for oneself: another would be told by mail."""
        tokens = f"!! #tag-7 @{self.login} :response-7"
        answer = self._run_with_word("helpdesk", "tickets", tokens)
        if "composer_response" not in answer:
            raise ValueError("not read as a line with tokens")

    def lead(self):
        """A lead."""
        self._run_with_word("lead", "leads")

    def again(self):
        """The last line once more, by the same request."""
        if self.last and self._run(*self.last[:2]) != self.last[2]:
            raise ValueError("another answer to the same request")

    def _run_with_word(self, command, place, tokens=""):
        word = _word()
        answer = self._run(f"/{command} {word} {tokens}")
        self.record.promised[place].add(word)
        return answer

    def _run(self, line, request_id=None):
        request_id = request_id or uuid.uuid4().hex
        answer = self._call("run_command", line, request_id)
        if answer["status"] != "done":
            raise ValueError(answer["body"])
        if line != "/help":
            self.last = (line, request_id, answer)
        return answer

    # Odoo's own

    def odoo_responses(self):
        """Odoo's list of responses."""
        self._fetch("mail.canned.response", {})

    def odoo_help(self):
        """Odoo's own command that reads only."""
        self._call("execute_command_help")

    def odoo_lead(self):
        """Odoo's own lead."""
        word = _word()
        self._call("execute_command_lead", body=f"/lead {word}")
        self.record.promised["leads"].add(word)

    # HTTP

    def _fetch(self, name, params):
        return self._ask("/mail/data", "agent", fetch_params=[[name, params]])

    def _call(self, method, *args, **kwargs):
        return self._ask(
            f"/web/dataset/call_kw/discuss.channel/{method}",
            "agent",
            model="discuss.channel",
            method=method,
            args=[[self.channel_id], *args],
            kwargs=kwargs,
        )

    def _ask(self, route, who, **params):
        """Call a JSON-RPC route and return what it answers.

        :raise ValueError: with what Odoo says instead
        """
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "params": params}).encode()
        headers = {"Content-Type": "application/json", "Cookie": self.cookies[who]}
        request = urllib.request.Request(self.url + route, body, headers)
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:
            answer = json.load(response)
        if "error" in answer:
            raise ValueError(answer["error"]["data"]["message"])
        return answer.get("result")


def _word():
    """Return a word that stands nowhere else."""
    return f"zq{uuid.uuid4().hex}"


def play_alone(url, people, actions):
    """Let each do every action, one after another, nobody else; return the record.

    Who comes first changes: the later actions find more in the conversation.
    """
    record = Record()
    for n, person in enumerate(people):
        actor = Actor(url, person, record)
        first = n % len(actions)
        for name in [*actions[first:], *actions[:first]]:
            actor.do(name)
    return record


def play(url, people, actions, every, seconds):
    """Let all act for a time; return the record."""
    record = Record()
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(
            target=Actor(url, person, record).act,
            args=(actions, every, until),
            daemon=True,
        )
        for person in people
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + 2 * every + PATIENCE)
    return record
