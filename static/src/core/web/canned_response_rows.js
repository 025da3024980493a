import { MATCH, matchName } from "@livechat_command/core/web/row";
import { fold } from "@livechat_command/core/web/syntax";

/** A list longer than this is narrowed by typing, not by scrolling. */
const LIMIT = 100;

/**
 * The rows of canned responses, in the order of the list: equal, shortcut begins, a word of
 * it begins, contains; equals by use. Without a term: by use.
 *
 * The only place that knows where responses come from is `context`; whoever supplies them
 * otherwise (ordered by the server, with placeholders filled in) replaces that alone.
 *
 * @param {string} term what was typed after `:` or `::`
 * @param {Object} context
 * @param {Object[]} context.responses records with `id`, `source`, `substitution`
 * @param {(response: Object) => number} [context.getUse] how often the operator used it
 * @returns {import("@livechat_command/core/web/row").Row[]}
 */
export function getCannedResponseRows(term, { responses, getUse = () => 0 }) {
    term = fold(term);
    return responses
        .map((response) => ({
            response,
            source: fold(response.source ?? ""),
            use: getUse(response),
        }))
        .map((entry) => ({
            ...entry,
            match: term ? matchName(entry.source, term) : MATCH.BEGINS,
        }))
        .filter(({ match }) => match !== MATCH.NONE)
        .sort(
            (a, b) =>
                a.match - b.match ||
                b.use - a.use ||
                (a.source < b.source ? -1 : a.source > b.source ? 1 : 0) ||
                a.response.id - b.response.id
        )
        .slice(0, LIMIT)
        .map(({ response, match }) => makeResponseRow(response, term, match));
}

function makeResponseRow(response, term, match) {
    const text = response.substitution ?? "";
    return {
        id: `response-${response.id}`,
        label: response.source,
        title: text,
        optionTemplate: "livechat_command.CannedResponseRow",
        classList: "o-mail-Composer-suggestion",
        text,
        isPrefixMatch: Boolean(term) && match <= MATCH.BEGINS,
        onTake(target) {
            target.addCannedResponse(response);
            target.replaceTerm(`${text} `);
        },
    };
}
