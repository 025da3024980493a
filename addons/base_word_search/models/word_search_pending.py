from odoo import api, fields, models

from ..tools.sudo import clean_sudo

AT_ONCE = 20  # records that the one who renames a contact waits for
BATCH = 1_000  # records that are indexed in one transaction


class WordSearchPending(models.Model):
    """Contacts whose many records are to be indexed again, in the background.

    A row is added for each change and never changed by who makes one, so nobody waits
    for another.
    """

    _name = "word.search.pending"
    _description = "Search Index Update"
    _log_access = False

    model_name = fields.Char("Model", required=True)
    partner_id = fields.Many2one("res.partner", required=True, ondelete="cascade")
    last_id = fields.Integer(help="The records up to this one are indexed.")

    @api.model
    def _follow(self, partners):
        """Index the records that hold these contacts: few at once, others soon."""
        for records in self._find_all_of(partners, limit=AT_ONCE + 1):
            if len(records) <= AT_ONCE:
                records._update_word_search()
            else:
                self._postpone(records._name, partners)

    @api.model
    def _find_all_of(self, partners, limit=None):
        """Return of each searchable model the records that hold these contacts."""
        models = map(self._get_all, self._get_searchable_models())
        return [
            model.search(model._get_contact_domain(partners), limit=limit, order="id")
            for model in models
        ]

    @api.model
    def _get_searchable_models(self):
        names = self.env.registry.descendants(["word.search.mixin"], "_inherit")
        return [name for name in names if not self.env[name]._abstract]

    @api.model
    def _postpone(self, model_name, partners):
        # sudo: word.search.pending - whoever renames the contacts
        clean_sudo(self).create(
            [{"model_name": model_name, "partner_id": each.id} for each in partners]
        )
        cron = self.env.ref("base_word_search.ir_cron_index_pending")
        # sudo: ir.cron - the same
        cron.sudo()._trigger()

    @api.model
    def _get_all(self, model_name):
        # sudo: any searchable model - their words alone are read, whoever asks for it
        return self.env[model_name].sudo().with_context(active_test=False)

    @api.model
    def _index_pending(self):
        """Index what was postponed, batch by batch."""
        progress = self.env["ir.cron"]._commit_progress
        while pending := self.search([], limit=1, order="id"):
            done = pending._index_batch()
            if not progress(done, remaining=self.search_count([])):
                return

    def _index_batch(self):
        """Index some of the records, and note it; return how many."""
        self.ensure_one()
        if self.model_name not in self.env.registry:
            self.unlink()
            return 0
        model = self._get_all(self.model_name)
        self._drop_repeats()
        domain = model._get_contact_domain(self.partner_id)
        domain &= fields.Domain("id", ">", self.last_id)
        records = model.search(domain, limit=BATCH, order="id")
        records._update_word_search()
        if len(records) < BATCH:
            self.unlink()
        else:
            self.last_id = records[-1].id
        return len(records)

    def _drop_repeats(self):
        """Forget later changes of the contact, all of which this one will index.

        It has not begun, and sees what they have changed: portal users, who may rename
        themselves as often as they like, do not fill the time of the scheduled action.
        """
        if not self.last_id:
            self.search(
                [
                    ("model_name", "=", self.model_name),
                    ("partner_id", "=", self.partner_id.id),
                    ("last_id", "=", 0),
                    ("id", ">", self.id),
                ]
            ).unlink()
