import { LivechatCommandDialog } from "@im_livechat/core/common/livechat_command_dialog";

import { registerThreadAction } from "@mail/core/common/thread_actions";

import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { registry } from "@web/core/registry";

// Odoo's dialog looks its command up here. It is not listed: the list is the server's.
registry.category("discuss.channel_commands").add("helpdesk", { condition: () => false });

registerThreadAction("create-ticket", {
    actionPanelComponent: LivechatCommandDialog,
    actionPanelComponentProps: ({ action }) => ({
        close: () => action.close(),
        commandName: "helpdesk",
        placeholderText: _t("e.g. Order not delivered"),
        title: _t("Create Ticket"),
        icon: "fa fa-life-ring",
    }),
    close: ({ action }) => action.popover?.close(),
    condition: ({ owner, thread }) =>
        !owner.isDiscussSidebarChannelActions &&
        thread?.livechat_commands.some((command) => command.kind === "helpdesk"),
    panelOuterClass: "bg-100",
    icon: "fa fa-life-ring",
    name: _t("Create Ticket"),
    sequence: 11,
    sequenceGroup: 25,
    setup({ owner }) {
        if (!owner.env.inChatWindow) {
            this.popover = usePopover(LivechatCommandDialog, {
                onClose: () => this.close(),
                popoverClass: this.panelOuterClass,
            });
        }
    },
    toggle: true,
    open({ owner, thread }) {
        this.popover?.open(owner.root.el.querySelector(`[name="${this.id}"]`), {
            thread,
            ...this.actionPanelComponentProps,
        });
    },
});
