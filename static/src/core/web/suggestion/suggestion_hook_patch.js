import { RowList } from "@livechat_command/core/web/suggestion/row_list";

import { UseSuggestion } from "@mail/core/common/suggestion_hook";

import { patch } from "@web/core/utils/patch";

// Binds Odoo's suggestions to our rows (`row_list.js`); where those do not apply, all is
// Odoo's.
patch(UseSuggestion.prototype, {
    /** @returns {RowList} */
    get rowList() {
        this.ownRowList ??= new RowList(this);
        return this.ownRowList;
    },
    detect() {
        this.rowList.detect(() => super.detect());
    },
    update() {
        this.rowList.update(() => super.update());
    },
    /** @override ours are loaded when the trigger is typed, without a delay */
    async fetchSuggestions() {
        if (!this.rowList.isActive) {
            return super.fetchSuggestions();
        }
    },
});
