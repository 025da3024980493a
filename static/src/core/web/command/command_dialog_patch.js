import { AlikeSearch } from "@livechat_command/core/web/suggestion/alike";

import { LivechatCommandDialog } from "@im_livechat/core/common/livechat_command_dialog";

import { onWillUnmount, useEffect } from "@odoo/owl";

import { patch } from "@web/core/utils/patch";

patch(LivechatCommandDialog.prototype, {
    setup() {
        super.setup();
        const { commandName, thread } = this.props;
        const search = new AlikeSearch((alike) => (this.state.alike = alike));
        const find = (text) => search.find(thread, thread.findCommand(commandName), text);
        useEffect(find, () => [this.state.inputText]);
        onWillUnmount(() => find(""));
    },
    /** @param {string} number of a record to which the conversation is added instead */
    addTo(number) {
        this.state.inputText = `${number} ${this.state.inputText}`;
        this.executeCommand();
    },
});
