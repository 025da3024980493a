/**
 * What a command's argument sets beside its title: `Broken screen !! #refund @anna`.
 *
 * The server has the same rules in `tools/tokens.py`, and decides; here they serve the hint
 * line and the list. One table of cases and one generator of lines test both
 * (`static/tests/token_cases.js`).
 */

import { fold, isBlank, strip } from "@livechat_command/core/web/command/syntax";

export const LIMIT = 8;

const TOKEN = /^(?:!{1,3}|[#@:][^]+)$/u;

/**
 * @typedef {Object} Token
 * @property {"!"|"#"|"@"|":"} sign
 * @property {string} word what follows the sign, folded, with `-` for `_`, to be compared with
 *  what `makeKey` gives; of a priority `!` to `!!!`
 */

/**
 * @param {string} name
 * @returns {string} how it is typed in a token: `Return label` is `return-label`
 */
export function makeKey(name) {
    return (fold(name).match(/[\p{L}\p{N}]+/gu) ?? []).join("-");
}

/**
 * Cut the tokens off the end of an argument. A single `!` alone is no token: French puts a
 * blank before its exclamation marks.
 *
 * @param {string} argument one line, as typed
 * @param {(token: Token) => boolean} isKnown whether a token of `# @ :` names something that
 *  exists and that the operator may use
 * @param {string} [signs] those that the command takes; the others are text like any other
 * @returns {{ title: string, tokens: Token[] }} of more than LIMIT tokens the last LIMIT + 1
 */
export function readTokens(argument, isKnown, signs = "!#@:") {
    const whole = strip(argument);
    let rest = whole;
    const tokens = [];
    while (rest && tokens.length <= LIMIT) {
        const start = findLastWord(rest);
        const [before, word] = [rest.slice(0, start), rest.slice(start)];
        if (word[0] === "\\" && TOKEN.test(word.slice(1)) && signs.includes(word[1])) {
            rest = before + word.slice(1);
            break;
        }
        const sign = word[0];
        if (!signs.includes(sign)) {
            break;
        }
        const token = { sign, word: sign === "!" ? word : normalize(word.slice(1)) };
        if (!TOKEN.test(word) || (sign !== "!" && !isKnown(token))) {
            break;
        }
        tokens.unshift(token);
        rest = strip(before);
    }
    if (tokens.length === 1 && tokens[0].word === "!" && tokens[0].sign === "!") {
        return { title: whole, tokens: [] };
    }
    return { title: rest, tokens };
}

/**
 * @param {string} text that somebody else wrote
 * @param {string} signs those that the command takes
 * @returns {string} as it is typed to be a title to its last word, whatever tokens there are
 */
export const escapeTokens = (text, signs) =>
    text.replace(
        /\S+$/,
        (word) => (signs.includes(word[0]) && TOKEN.test(word) ? "\\" : "") + word
    );

function normalize(word) {
    return fold(word).replaceAll("_", "-");
}

function findLastWord(text) {
    let start = text.length;
    while (start > 0 && !isBlank(text[start - 1])) {
        start--;
    }
    return start;
}
