import { fields } from "@mail/core/common/record";
import { Thread } from "@mail/core/common/thread_model";

import { patch } from "@web/core/utils/patch";

patch(Thread.prototype, {
    setup() {
        super.setup(...arguments);
        this.helpdesk_ticket_ids = fields.Many("helpdesk.ticket");
        this.customer_ticket_ids = fields.Many("helpdesk.ticket");
    },
});
