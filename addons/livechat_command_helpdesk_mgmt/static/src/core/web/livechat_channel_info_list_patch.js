import { LivechatChannelInfoList } from "@im_livechat/core/web/livechat_channel_info_list";

import { openLink } from "@livechat_command/core/web/command/answer_targets";

import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

patch(LivechatChannelInfoList.prototype, {
    /** A plain click opens the ticket over the conversation, all others are the browser's. */
    onClickTicket(ev, { href }) {
        if (!(ev.ctrlKey || ev.metaKey || ev.shiftKey)) {
            ev.preventDefault();
            openLink(href, { action: this.actionService });
        }
    },
    getAllLabel({ length }) {
        return _t("All %(count)s", { count: length });
    },
    openTickets(name, tickets) {
        return this.actionService.doAction({
            type: "ir.actions.act_window",
            name: `${name}`,
            res_model: "helpdesk.ticket",
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain: [["id", "in", tickets.map(({ id }) => id)]],
            context: { active_test: false },
        });
    },
});
