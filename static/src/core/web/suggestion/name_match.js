import { fold } from "@livechat_command/core/web/command/syntax";

/** How well a name matches what was typed; the lower the better. */
export const MATCH = { EQUAL: 0, BEGINS: 1, WORD_BEGINS: 2, CONTAINS: 3, NONE: 9 };

/**
 * @param {string} name folded
 * @param {string} term folded
 * @returns {number} one of MATCH
 */
export function matchName(name, term) {
    if (name === term) {
        return MATCH.EQUAL;
    }
    if (name.startsWith(term)) {
        return MATCH.BEGINS;
    }
    let match = MATCH.NONE;
    for (let at = name.indexOf(term); at >= 0; at = name.indexOf(term, at + 1)) {
        if (!/[\p{L}\p{N}]/u.test(name[at - 1])) {
            return MATCH.WORD_BEGINS;
        }
        match = MATCH.CONTAINS;
    }
    return match;
}

/**
 * @param {{ match: number }[]} matches
 * @param {number} [worst] the worst match that is listed
 * @returns {{ match: number }[]} the best first, equals in the order that they came in
 */
export function rank(matches, worst = MATCH.CONTAINS) {
    return matches.filter(({ match }) => match <= worst).sort((a, b) => a.match - b.match);
}

/**
 * @param {string} text
 * @param {string} term
 * @returns {boolean} whether each word of `term` begins a word of `text`
 */
export function holdsAllWords(text, term) {
    const words = fold(text).split(/[^\p{L}\p{N}]+/u);
    const wanted = fold(term).split(/\s+/).filter(Boolean);
    return wanted.length > 0 && wanted.every((want) => words.some((word) => word.startsWith(want)));
}
