import { MATCH, matchName } from "@livechat_command/core/web/suggestion/name_match";
import { fold } from "@livechat_command/core/web/command/syntax";

/** A list longer than this is narrowed by typing, not by scrolling. */
const LIMIT = 100;
const IN_TEXT = 4;

/**
 * The rows of canned responses, in the order of the list: equal, shortcut begins, a word of
 * it begins, contains, then all words are in the text; equals by the operator's own use,
 * then by everybody's. Without a term: by use.
 *
 * @param {string} term what was typed after `:` or `::`
 * @param {Object} context
 * @param {import("@livechat_command/core/web/canned_responses/response_cache").CannedResponse[]}
 *  context.responses
 * @param {Set<number>} [context.found] ids of those that the server found for this term,
 *  perhaps by their text in another language
 * @returns {import("@livechat_command/core/web/suggestion/row").Row[]}
 */
export function getCannedResponseRows(term, { responses, found = new Set() }) {
    term = fold(term).trim();
    const words = term.split(/\s+/);
    return responses
        .map((response) => ({ response, match: getMatch(response, term, words, found) }))
        .filter(({ match }) => match !== MATCH.NONE)
        .sort((a, b) => a.match - b.match || compare(a.response, b.response))
        .slice(0, LIMIT)
        .map(({ response, match }) => makeResponseRow(response, term, match));
}

function getMatch({ id, key, searched }, term, words, found) {
    if (!term) {
        return MATCH.BEGINS;
    }
    const match = matchName(key, term);
    if (match !== MATCH.NONE) {
        return match;
    }
    const isInText = words.every((word) => searched.includes(word)) || found.has(id);
    return isInText ? IN_TEXT : MATCH.NONE;
}

function compare(a, b) {
    return (
        b.use[0] - a.use[0] ||
        b.use[1] - a.use[1] ||
        (a.key < b.key ? -1 : a.key > b.key ? 1 : a.id - b.id)
    );
}

function makeResponseRow(response, term, match) {
    const { id, files, lang, source, tags, text } = response;
    return {
        id: `response-${id}`,
        label: source,
        title: text,
        optionTemplate: "livechat_command.CannedResponseRow",
        classList: "o-mail-Composer-suggestion",
        response,
        text,
        tags,
        lang,
        files,
        isInText: match === IN_TEXT,
        isPrefixMatch: !!term && match <= MATCH.BEGINS,
        onTake: (target) => target.insertCannedResponse(response),
    };
}
