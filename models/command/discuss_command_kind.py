import logging

import psycopg2

from odoo import api, models
from odoo.tools import ormcache

from ...tools.transaction import RETRIED

_logger = logging.getLogger(__name__)


class DiscussCommand(models.Model):
    """What kinds of commands there are, and what a kind says about who, where and how.

    A part of a kind that raises costs the operator that command, never the list.
    """

    _inherit = "discuss.command"

    # ------------------------------------------------------------
    # DECLARE
    # ------------------------------------------------------------

    @api.model
    def _get_kinds(self):
        """Return the declarations by kind. To be extended by who adds kinds.

        :rtype: dict[str, ~...tools.kind.Kind]
        """
        return {}

    def _register_hook(self):
        super()._register_hook()
        for mistake in self._get_declaration_mistakes():
            _logger.error(mistake)

    @api.model
    def _get_declaration_mistakes(self):
        """Return what is wrong with the kinds, for their developers."""
        kinds, options = self._get_kinds(), dict(self._fields["kind"].selection)
        mistakes = [
            f"The kind {name!r} of commands is not declared: it is no key of"
            " discuss.command._get_kinds(), so nobody can run it"
            for name in options.keys() - kinds.keys()
        ]
        for name, kind in kinds.items():
            mistake = kind.find_mistake(self)
            if name not in options:
                mistake = "it is no option of the field discuss.command.kind"
            if mistake:
                mistakes.append(f"Nobody can run commands of kind {name!r}: {mistake}")
        return mistakes

    @api.model
    @ormcache()
    def _get_valid_kinds(self):
        return {
            name: kind
            for name, kind in self._get_kinds().items()
            if not kind.find_mistake(self)
        }

    def _get_kind(self):
        """Return the declaration of this command's kind, or None if it has none."""
        return self._get_valid_kinds().get(self.kind)

    @api.model
    def _get_definable_kinds(self):
        """Return the kinds that an admin chooses from; the others are built in."""
        kinds = self._get_valid_kinds().items()
        return [name for name, kind in kinds if kind.is_definable]

    def _call_part(self, part, *args):
        """Call the method that the kind names for ``part``, if it names one."""
        name = getattr(self._get_kind(), part, "")
        return getattr(self, name)(*args) if name else None

    def _ask_part(self, part, *args, failure=None):
        """Call ``part``; where it raises give ``failure``, and tell the log."""
        try:
            return self._call_part(part, *args)
        except (*RETRIED, psycopg2.Error):
            raise  # the transaction is lost
        except Exception:
            _logger.exception("%s of the kind %r failed", part, self.kind)
            return failure

    def _get_hint(self, channel):
        """Return the sentence of the hint line: for whom, and what is already there."""
        self.ensure_one()
        return self._ask_part("hint", channel) or ""

    # ------------------------------------------------------------
    # DEFINED BY ADMINS
    # ------------------------------------------------------------

    @api.model
    def _get_definition_fields(self):
        """Return the names of the fields that say what a command does."""
        return ["kind"]

    def _get_problem(self):
        """Tell what is wrong with the definition itself, whoever runs it and where.

        Saving, the list of commands, running and the form ask here, by the parts
        ``problem`` and, for saving and running alone, ``saving_problem`` of the kind.

        :return: a sentence for the admin, or ``""``
        """
        self.ensure_one()
        return self._call_part("problem") or ""
