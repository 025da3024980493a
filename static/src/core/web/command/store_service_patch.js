import { showHistory } from "@livechat_command/core/web/command/run_line";
import { TokenCache } from "@livechat_command/core/web/suggestion/token_cache";

import { Store } from "@mail/core/common/store_service";

import { registry } from "@web/core/registry";
import { patch } from "@web/core/utils/patch";

/** A press this soon after a line was run, with nothing typed between, belongs to it. */
const DOUBLE_PRESS_TIME = 300;

patch(Store.prototype, {
    setup() {
        super.setup(...arguments);
        /**
         * What all conversations share; undefined where the server sent nothing.
         *
         * @type {{ names: string[], is_single_colon: boolean } | undefined}
         */
        this.livechat_command = undefined;
        /** @type {{ rejoin: () => void, yieldToUndo: () => void } | undefined} of Alt and 0 */
        this.rejoinKey = undefined;
        /** When a line was run, until something is typed. */
        this.lastRunTime = 0;
        this.tokenCache = new TokenCache(this);
        /** Raised when definitions change: what was fetched before is asked for again. */
        this.commandsVersion = 1;
    },
    /** @returns {boolean} whether the user may run commands at all */
    get canRunCommands() {
        return this.self_partner?.main_user_id?.share === false;
    },
    /** Whether a line was run just now, here or where the focus came from. */
    get isJustRun() {
        return Date.now() - this.lastRunTime < DOUBLE_PRESS_TIME;
    },
    /** Drop what is known of commands; focused composers ask again at once. */
    invalidateCommands() {
        this.commandsVersion++;
        this.tokenCache.entries.clear();
        for (const thread of this.allChannels) {
            if (thread.isFocused) {
                thread.fetchCommands();
            }
        }
    },
});

export const commandService = {
    dependencies: ["bus_service", "mail.store"],
    /**
     * @param {import("@web/env").OdooEnv} env
     * @param {import("services").ServiceFactories} services
     */
    start(env, { bus_service: bus, "mail.store": store }) {
        bus.subscribe("livechat_command/changed", () => store.invalidateCommands());
        bus.subscribe("livechat_command/history", (payload) => showHistory(store, payload));
    },
};

registry.category("services").add("livechat_command", commandService);
