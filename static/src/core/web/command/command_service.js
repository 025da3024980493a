import { showHistory } from "@livechat_command/core/web/command/run_line";

import { registry } from "@web/core/registry";

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
