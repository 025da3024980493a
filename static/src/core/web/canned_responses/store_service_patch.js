import { CannedResponseCache } from "@livechat_command/core/web/canned_responses/response_cache";

import { Store } from "@mail/core/common/store_service";

import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { patch } from "@web/core/utils/patch";

patch(Store.prototype, {
    setup() {
        super.setup(...arguments);
        this.cannedResponseCache = new CannedResponseCache(
            (params) =>
                this.fetchStoreData("livechat_command/canned_responses", params, {
                    requestData: true,
                }),
            { wait: (delay) => new Promise((resolve) => browser.setTimeout(resolve, delay)) }
        );
    },
    /**
     * Drop what changed, everywhere; lists that are open ask again.
     *
     * @param {number[] | null} ids null for all
     */
    dropCannedResponses(ids) {
        const records = this["mail.canned.response"].records;
        for (const record of Object.values(records)) {
            if (!ids || ids.includes(record.id)) {
                record.delete();
            }
        }
        this.cannedResponseCache.drop(ids);
        this.env.bus.trigger("livechat_command:canned_responses_changed");
    },
});

export const cannedResponseService = {
    dependencies: ["bus_service", "mail.store"],
    /**
     * @param {import("@web/env").OdooEnv} env
     * @param {import("services").ServiceFactories} services
     */
    start(env, { bus_service: bus, "mail.store": store }) {
        bus.subscribe("livechat_command/canned_responses_changed", ({ ids }) =>
            store.dropCannedResponses(ids)
        );
    },
};

registry.category("services").add("livechat_command.canned_responses", cannedResponseService);
