import { registry } from "@web/core/registry";

/*
 * The only file that knows Odoo's own registry of commands, whose entries change shape from
 * version to version.
 */
const commandRegistry = registry.category("discuss.channel_commands");

/**
 * Send what Odoo would run: it looks for its command before it waits for anything.
 *
 * @param {() => Promise<void>} send
 * @returns {Promise<void>}
 */
export function sendAsText(send) {
    commandRegistry.get = () => undefined;
    try {
        return send();
    } finally {
        delete commandRegistry.get;
    }
}

/**
 * @param {import("models").Thread} thread
 * @returns {Object[]} Odoo's commands for this conversation that ours do not replace, as
 *  `{ name, help, entry }`
 */
export function getOdooCommands(thread) {
    const { store } = thread;
    const ours = new Set(store.livechat_command?.names);
    return commandRegistry
        .getEntries()
        .filter(
            ([name, { channel_types, condition }]) =>
                !ours.has(name) &&
                (!channel_types || channel_types.includes(thread.channel_type)) &&
                (!condition || condition({ store, thread }))
        )
        .map(([name, entry]) => ({ name, help: entry.help, entry }));
}
