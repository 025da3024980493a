"""Reads the tables of rights: ``rights.txt`` beside the tests of each addon."""

import json
from typing import Any, NamedTuple

CRUD = ("create", "read", "unlink", "write")
SEPARATOR = " | "


class Sample(NamedTuple):
    """A record that calls are made on."""

    name: str
    model: str
    maker: str
    values: dict[str, Any]


class Row(NamedTuple):
    """A call, and who may make it."""

    model: str
    method: str
    sample: str
    text: str
    who: str

    def __str__(self):
        return SEPARATOR.join(self)


class Table:
    """Roles, samples and rows of all files that were read."""

    def __init__(self):
        # The groups of each role, false for those who are not logged in.
        self.roles = {}
        self.samples = []
        self.rows = []

    def load(self, path):
        """Add what a file says.

        :raise ValueError: naming the line that says nothing
        """
        for line in path.read_text().splitlines():
            words = [word.strip() for word in line.split(SEPARATOR)]
            if line.startswith("#") or not line.strip():
                continue
            if words[0] == "role" and len(words) == 3:
                self.roles[words[1]] = words[2].strip("-")
            elif words[0] == "sample" and len(words) == 5:
                self.samples.append(Sample(*words[1:4], json.loads(words[4])))
            elif len(words) == 5:
                json.loads(words[3])
                self.rows.append(Row(*words))
            else:
                raise ValueError(f"{path}: {line}")

    @property
    def words(self):
        """The words for several roles, the one for most of them first."""
        roles = self.roles.items()
        outside = ("", "base.group_portal")
        return {
            "everybody": {*self.roles},
            "staff": {role for role, groups in roles if groups not in outside},
            "agents": {role for role, groups in roles if "im_livechat." in groups},
            "members": {role for role, _groups in roles if role.endswith("operator")},
            "nobody": set(),
        }

    def expand(self, who):
        """Return the roles that are there of those that ``who`` names."""
        words = self.words
        named = (words.get(word, {word}) for word in who.split())
        return set().union(*named) & self.roles.keys()

    def describe(self, roles):
        """Return the words that :meth:`expand` takes for these roles."""
        found, left = [], set(roles)
        for word, named in self.words.items():
            if named and named <= roles and not named.isdisjoint(left):
                found.append(word)
                left -= named
        found += [role for role in self.roles if role in left]
        return " ".join(found) or "nobody"
