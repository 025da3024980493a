import { getTextOfHtml } from "@livechat_command/core/web/composer/composer_text";

import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { rpcBus } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

/**
 * @param {Error | undefined} error of a request
 * @returns {boolean} whether the server's guard refused a text
 */
export function isHeldByServer(error) {
    return error?.data?.context?.livechat_command === "held";
}

/**
 * Take back a message that the server's guard refused. Odoo would show it as failed, with a
 * *retry* that fails for ever: the text goes back into its composer, which shows what its own
 * guard would have shown; where it may not (a new text is in it), the operator is told.
 *
 * @param {import("models").Store} store
 * @param {import("models").Message} message the temporary one
 * @param {Object} params of the request
 * @param {string} sentence of the server
 */
export function takeBack(store, message, { post_data }, sentence) {
    const { thread } = message;
    const text = getTextOfHtml(post_data.body);
    const held = { thread, isShown: false };
    const { composer } = thread;
    if (!composer.composerText && !composer.attachments.length) {
        composer.composerText = text;
        composer.attachments = [...message.attachment_ids];
        composer.replyToMessage = message.parent_id;
        Object.assign(composer.selection, { start: text.length, end: text.length });
        composer.forceCursorMove = true;
        store.env.bus.trigger("livechat_command:held", held);
    }
    message.delete();
    if (!held.isShown) {
        store.env.services.notification.add(
            _t("Not sent: “%(text)s”. %(reason)s", { text, reason: sentence }),
            { type: "warning", sticky: true }
        );
    }
}

export const heldService = {
    dependencies: ["mail.store", "notification"],
    /**
     * @param {import("@web/env").OdooEnv} env
     * @param {import("services").ServiceFactories} services
     */
    start(env, { "mail.store": store }) {
        // Odoo keeps the error of a post to itself: this is where it can be seen.
        rpcBus.addEventListener("RPC:RESPONSE", ({ detail: { data, error } }) => {
            const { params } = data;
            const message =
                isHeldByServer(error) && store["mail.message"].get(params.context?.temporary_id);
            if (message) {
                // Once Odoo has marked the message as failed.
                browser.setTimeout(() => takeBack(store, message, params, error.data.message));
            }
        });
    },
};

registry.category("services").add("livechat_command.held", heldService);
