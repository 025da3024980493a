import { countLetters } from "@livechat_command/core/web/command/syntax";

/**
 * Where a list opens while text is typed. The rules are made so that the list never fights
 * with writing: `Voici la liste : bonjour`, `:)`, `:p`, `10:30` and `http://x` open none.
 */

/**
 * @typedef {Object} Trigger
 * @property {"/"|":"|"::"} delimiter
 * @property {number} position of the delimiter in the text
 * @property {string} term what was typed between delimiter and cursor; of a command its whole
 *  name, wherever the cursor stands in it
 */

// The first character after a colon decides: `:)`, `:-(` and `:/` are smileys.
const TERM = /^[\p{L}\p{N}]/u;
// `:DDD`, `:ppp`: a smiley with feeling.
const REPEATED = /^(.)\1+$/iu;

/**
 * @param {string} text
 * @param {number} cursor
 * @returns {Trigger | null} the command's name being typed in the first line
 */
function findCommandTrigger(text, cursor) {
    if (!text.startsWith("/") || text.startsWith("//") || cursor < 1) {
        return null;
    }
    const [name] = text.split(/\s/, 1);
    return cursor > name.length ? null : { delimiter: "/", position: 0, term: name.slice(1) };
}

/**
 * @param {string} text
 * @param {number} cursor
 * @returns {Trigger | null} `::` at the start of a word; its term may hold one space
 */
function findDoubleColonTrigger(text, cursor) {
    const match = /(?:^|\s)::([^\s:]*(?: [^\s:]+)?)$/u.exec(text.slice(0, cursor));
    return match && { delimiter: "::", position: cursor - match[1].length - 2, term: match[1] };
}

/**
 * @param {string} text
 * @param {number} cursor
 * @returns {Trigger | null} `:` at the start of a word
 */
function findSingleColonTrigger(text, cursor) {
    const match = /(?:^|\s):([^\s:]*)$/u.exec(text.slice(0, cursor));
    const term = match?.[1];
    if (!match || (term && (!TERM.test(term) || REPEATED.test(term)))) {
        return null;
    }
    return { delimiter: ":", position: cursor - term.length - 1, term };
}

/**
 * @param {string} text
 * @param {number} cursor
 * @param {{ hasCommands?: boolean, hasSingleColon?: boolean }} [options]
 * @returns {Trigger | null} what the list above the composer is about
 */
export function findTrigger(text, cursor, { hasCommands = true, hasSingleColon = true } = {}) {
    return (
        (hasCommands && findCommandTrigger(text, cursor)) ||
        findDoubleColonTrigger(text, cursor) ||
        (hasSingleColon && findSingleColonTrigger(text, cursor)) ||
        null
    );
}

/**
 * Tell whether enough was typed for a row to be highlighted by itself: after a single
 * colon two letters, so that `:p` or `:3` stay what they are.
 *
 * @param {Trigger} trigger
 * @returns {boolean}
 */
export function isTermTelling({ delimiter, term }) {
    return delimiter === ":" ? countLetters(term) >= 2 : term.length > 0;
}
