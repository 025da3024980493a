from odoo import models


class DiscussChannel(models.Model):
    """The title that Tab offers for a record: what the visitor wrote about."""

    _inherit = "discuss.channel"

    def _get_offered_title(self):
        """Return the visitor's first sentence, as a title and nothing else.

        One that begins with the number of a record is put in quotes: visitors do not
        choose to which ticket they are added.
        """
        title = self._get_visitor_first_sentence()
        names = self.pool.descendants(["livechat.origin.mixin"], "_inherit")
        models_of_bridges = (self.env[name] for name in sorted(names))
        is_number = any(
            records._read_number(title) is not None
            for records in models_of_bridges
            if not records._abstract and records.has_access("read")
        )
        return f'"{title}"' if is_number else title
