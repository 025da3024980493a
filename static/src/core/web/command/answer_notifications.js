import { markup } from "@odoo/owl";

import { isMobileOS } from "@web/core/browser/feature_detection";
import { _t } from "@web/core/l10n/translation";

/**
 * After leaving, the conversation's window is gone: the answer is a notification. Alt and 0
 * take back what was done last: this, until another line that can be undone is answered.
 *
 * @param {import("models").CommandAnswer} answer
 * @param {{ body: string, can_rejoin: boolean }} result
 */
export function notifyLeft({ store, thread }, { body, can_rejoin }) {
    const { hotkey, notification, orm } = store.env.services;
    const rejoin = async () => {
        await orm.call("discuss.channel", "rejoin_conversation", [[thread.id]]);
        close();
        await store.Thread.getOrFetch(thread);
        thread.open({ focus: true });
    };
    if (!can_rejoin) {
        notification.add(markup(body), { type: "info" });
        return;
    }
    let close;
    const show = (name, onClose) => {
        close = notification.add(markup(body), {
            type: "info",
            sticky: true, // until it is used or closed: a key takes its time
            buttons: [{ name, onClick: rejoin, primary: true }],
            onClose,
        });
    };
    store.rejoinKey?.yieldToUndo();
    const removeKey = hotkey.add("alt+0", rejoin, {
        bypassEditableProtection: true,
        global: true,
    });
    show(isMobileOS() ? _t("Rejoin") : _t("Rejoin (Alt+0)"), () => {
        removeKey();
        store.rejoinKey = undefined;
    });
    store.rejoinKey = {
        rejoin,
        yieldToUndo() {
            close();
            show(_t("Rejoin"));
        },
    };
}

/**
 * The operator went on to another conversation: say which one needs attention.
 *
 * @param {import("models").CommandAnswer} answer
 */
export function notifyFailure({ line, store, thread }) {
    const name = thread.isVisitorThread ? thread.visitorName : thread.displayName;
    const close = store.env.services.notification.add(
        _t("“%(line)s” did not succeed in the conversation with %(name)s.", { line, name }),
        {
            type: "danger",
            buttons: [
                {
                    name: _t("Open"),
                    onClick: () => {
                        close();
                        thread.open({ focus: true });
                    },
                },
            ],
        }
    );
}
