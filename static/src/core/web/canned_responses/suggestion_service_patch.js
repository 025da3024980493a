import { addFiles } from "@livechat_command/core/web/canned_responses/response_files";
import { getCannedResponseRows } from "@livechat_command/core/web/suggestion/canned_response_rows";

import { UseSuggestion } from "@mail/core/common/suggestion_hook";
import { SuggestionService } from "@mail/core/common/suggestion_service";

import { patch } from "@web/core/utils/patch";

/** Where Odoo's own list stays (chatter, HTML composer), it shows our responses. */
patch(SuggestionService.prototype, {
    async fetchSuggestions({ delimiter, term }, { thread } = {}) {
        if (delimiter !== "::" || !(await this.hasOwnCannedResponses())) {
            return super.fetchSuggestions(...arguments);
        }
        await this.store.cannedResponseCache.load(getChannelId(thread), term);
    },
    searchSuggestions({ delimiter, term }, { thread } = {}) {
        if (delimiter !== "::" || !this.store.livechat_command) {
            return super.searchSuggestions(...arguments);
        }
        const known = this.store.cannedResponseCache.get(getChannelId(thread), term);
        return {
            type: "mail.canned.response",
            suggestions: getCannedResponseRows(term, known).map(({ response }) => ({
                id: response.id,
                source: response.source,
                substitution: response.text,
                files: response.files,
            })),
        };
    },
    async hasOwnCannedResponses() {
        if (!this.store.livechat_command) {
            await this.store.fetchStoreData("livechat_command", {});
        }
        return !!this.store.livechat_command;
    },
});

patch(UseSuggestion.prototype, {
    insert({ cannedResponse }) {
        super.insert(...arguments);
        if (cannedResponse?.files?.length) {
            addFiles(this.composer, cannedResponse);
        }
    },
});

function getChannelId(thread) {
    return thread?.model === "discuss.channel" ? thread.id : 0;
}
