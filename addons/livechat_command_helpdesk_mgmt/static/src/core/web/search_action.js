import { registry } from "@web/core/registry";

/** The link under the answer of /helpdesk_search: the list, with the same search. */
function searchTickets(env, { params }) {
    return env.services.action.doAction("livechat_command_helpdesk_mgmt.action_ticket_search", {
        additionalContext: { search_default_word_search: String(params.words || "") },
        clearBreadcrumbs: true,
    });
}

registry.category("actions").add("livechat_command_helpdesk_mgmt.search", searchTickets);
