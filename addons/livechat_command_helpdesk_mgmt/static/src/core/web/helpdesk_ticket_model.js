import { fields, Record } from "@mail/core/common/record";

import { router } from "@web/core/browser/router";

export class HelpdeskTicket extends Record {
    static _name = "helpdesk.ticket";
    static id = "id";

    /** @type {number} */
    id;
    /** @type {string} number and title */
    name;
    /** @type {string} name of its stage */
    stage;
    href = fields.Attr("", {
        compute() {
            return router.stateToUrl({ model: "helpdesk.ticket", resId: this.id });
        },
    });
}

HelpdeskTicket.register();
