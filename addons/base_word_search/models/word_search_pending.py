from odoo import api, fields, models
from odoo.tools import split_every

from ..tools.sudo import clean_sudo

AT_ONCE = 20  # records that the one who changes a contact waits for
BATCH = 1_000  # records that are indexed in one transaction


class WordSearchPending(models.Model):
    """Records that are to be indexed again in the background: a contact's, or named.

    A row is added for each change and never changed by who makes one, so nobody waits
    for another.
    """

    _name = "word.search.pending"
    _description = "Search Index Update"
    _log_access = False

    model_name = fields.Char("Model", required=True)
    partner_id = fields.Many2one("res.partner", ondelete="cascade")
    record_ids = fields.Json("Records")
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
    def _follow_records(self, records):
        """Index these records: few at once, others soon."""
        if len(records) <= AT_ONCE:
            records._update_word_search()
        else:
            self._postpone_records(records._name, records.ids)

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
        self._add(model_name, [{"partner_id": each.id} for each in partners])

    @api.model
    def _postpone_records(self, model_name, ids):
        """Index the records with these ids soon, whatever becomes of their contact."""
        batches = split_every(BATCH, ids, list)
        self._add(model_name, [{"record_ids": batch} for batch in batches])

    @api.model
    def _add(self, model_name, vals_list):
        # sudo: word.search.pending - whoever changes the contacts
        clean_sudo(self).create(
            [{"model_name": model_name, **vals} for vals in vals_list]
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
        if self.record_ids:
            return self._index_records(model)
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

    def _index_records(self, model):
        records = model.browse(self.record_ids).exists()
        records._update_word_search()
        self.unlink()
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
