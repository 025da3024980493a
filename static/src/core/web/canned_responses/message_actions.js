import { registerMessageAction } from "@mail/core/common/message_actions";

import { _t } from "@web/core/l10n/translation";

registerMessageAction("livechat-command-save-canned-response", {
    condition: ({ message, store, thread }) =>
        thread?.channel_type === "livechat" &&
        store.canRunCommands &&
        message.author_id?.main_user_id?.share === false &&
        !message.is_transient &&
        !message.isNotification &&
        !message.isBodyEmpty,
    icon: "fa fa-bookmark-o",
    name: _t("Save as canned response"),
    onSelected: async ({ message, store }) => {
        const { action, orm } = store.env.services;
        const context = await orm.call("mail.canned.response", "get_defaults_from_message", [
            message.id,
        ]);
        await action.doAction({
            type: "ir.actions.act_window",
            name: _t("Save as canned response"),
            res_model: "mail.canned.response",
            views: [[false, "form"]],
            target: "new",
            context,
        });
    },
    sequence: 58,
});
