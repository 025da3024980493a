/**
 * Which text only looks like a command or a shortcut, so must not reach a visitor.
 *
 * The server has the same rules in `tools/slip.py`, and holds them; here they make the
 * composer comfortable. One table of cases tests both (`static/tests/syntax_cases.js`).
 */

import {
    BLANK,
    WORD,
    countLetters,
    fold,
    isBlank,
    nearest,
    parse,
    strip,
} from "@livechat_command/core/web/command/syntax";

// Plain JSON, the same as in `tools/slip.py`, which says what each row is; a test of the
// server holds it equal.
// prettier-ignore
export const SIGNS = {
    "digits": "67",
    "not_slips": "@#",
    "colons": ":;.,!§。、",
    "pairs": "()[]{}<>“”„“‘’‚‘«»»«‹›「」『』【】\"\"''**__~~``",
    "accents": "´¨¯¸°",
    "fillers": "\u115f\u1160\u2800\u3164\uffa0"
};

/** Enough for a sign, a name and what follows: longer texts cost no more. */
const HEAD_LENGTH = 256;
const MAX_SHORTCUT_LENGTH = 100;
const MIN_SHORTCUT_LETTERS = 2;

const PRINTS_NOTHING = `\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}${SIGNS.fillers}\\ufe00-\\ufe0f\\u{e0000}-\\u{e0fff}`;
// eslint-disable-next-line no-misleading-character-class -- each is looked for by itself
const INVISIBLE = new RegExp(`^[\\p{Z}\\p{M}${PRINTS_NOTHING}]+`, "u");
const BETWEEN = new RegExp(`(?!${BLANK})[${PRINTS_NOTHING}]`, "gu");
const SIGN = /^[\p{P}\p{Sm}\p{Sc}\p{Sk}]/u;
const ALNUM = /^[\p{L}\p{N}]/u;
const LONE_WORD = new RegExp(`^:([\\p{L}\\p{N}]${WORD}*)$`, "u");
const BEHIND_SLASH = new RegExp(`^./(${WORD}+)(?![\\p{L}\\p{N}_/.<>-])`, "u");
const BEHIND_SIGN = new RegExp(`^.(${WORD}+)(?=${BLANK}|$)`, "u");
const BEHIND_COLON = new RegExp(`^[:;](${WORD}+)[,:;.!](?=${BLANK}|$)`, "u");
const AFTER_SIGNS = new RegExp(`^(.{1,4}?)/(${WORD}+)(?=${BLANK}|$)`, "su");
const ONE_WORD = new RegExp(`^${WORD}+$`, "u");
const REPEATED = /^(.)\1*$/u;
const PAIRS = SIGNS.pairs.match(/../gu);

/**
 * Tell whether `text` looks like a command or a shortcut, so must not reach a visitor.
 *
 * @param {string} text the message as plain text
 * @param {Set<string>} names folded names and aliases of all commands
 * @param {string[]} [shortcuts] folded shortcuts of canned responses
 * @returns {boolean}
 */
export function isSlip(text, names, shortcuts = []) {
    const head = readHead(text);
    if (head.startsWith("/")) {
        return !head.startsWith("//") || !!parse(text.replace(INVISIBLE, ""));
    }
    return (
        isLoneWord(head) || isMistyped(head, names) || findShortcut(text, shortcuts) !== undefined
    );
}

/**
 * Tell whether what is being typed is a command or a slip, or may still become one: then
 * nobody needs to know that something is typed.
 *
 * @param {string} text
 * @param {Set<string>} names
 * @param {string[]} [shortcuts]
 * @returns {boolean}
 */
export function isPrivate(text, names, shortcuts = []) {
    const head = readHead(text);
    if (!head || isSlip(text, names, shortcuts)) {
        return true;
    }
    if (!isSignFirst(head) || head.startsWith("//")) {
        return false;
    }
    const slash = /^(.{1,4}?)\/(.*)$/su.exec(head);
    const isBeforeSlash = slash ? areSigns(slash[1]) : isOneSign(head);
    const word = isBeforeSlash ? (slash?.[2] ?? "") : head.slice(1).replace(/^:/, "");
    const key = fold(head.slice(1).replace(/^:/, ""));
    return (
        !word ||
        ONE_WORD.test(word) ||
        (/^[:;]/.test(head) && ONE_WORD.test(word.replace(/[,:;.!]$/, ""))) ||
        (SIGNS.colons.includes(head[0]) && shortcuts.some((other) => other.startsWith(key)))
    );
}

/**
 * @param {string} text
 * @returns {string} its beginning as the eye sees it: without blanks and characters that
 *  print nothing, in front and between, in the usual form of full-width characters
 */
export function readHead(text) {
    const shown = text.replace(INVISIBLE, "").slice(0, 2 * HEAD_LENGTH);
    let head = [...shown].slice(0, HEAD_LENGTH).join("").replace(BETWEEN, "");
    if (head && SIGNS.accents.includes(head[0])) {
        head = `^${head.slice(1)}`; // normalized, an accent alone would be a blank
    }
    return head.normalize("NFKC").replace(INVISIBLE, "");
}

/** Fingers hit the first character: a mark or a symbol, but no picture. */
function isSign(head) {
    return SIGN.test(head) && !SIGNS.not_slips.includes(head[0]);
}

/**
 * @param {string} text
 * @returns {boolean} whether it begins with a sign that may stand in the place of `/` or `:`
 */
export function isSignFirst(text) {
    const head = readHead(text);
    return head && (isSign(head) || SIGNS.digits.includes(head[0]));
}

/** All is `:` and a word of three letters or more. */
function isLoneWord(head) {
    const word = LONE_WORD.exec(strip(head))?.[1];
    return word && countLetters(word) >= 3 && !isRepeated(word);
}

/** `:DD` and `:ppp` are smileys with feeling. */
function isRepeated(word) {
    return REPEATED.test(word.toUpperCase().toLowerCase());
}

/** A command's name stands behind a wrong sign, or behind signs before a slash. */
function isMistyped(head, names) {
    if (!isSignFirst(head)) {
        return false;
    }
    const behindSlash = isSign(head) && BEHIND_SLASH.exec(head);
    if (behindSlash && nearest(fold(behindSlash[1]), [...names].sort())) {
        return true;
    }
    const afterSigns = AFTER_SIGNS.exec(head);
    if (afterSigns && names.has(fold(afterSigns[2])) && areSigns(afterSigns[1])) {
        return true;
    }
    const match = BEHIND_SIGN.exec(head) ?? BEHIND_COLON.exec(head);
    return match && names.has(fold(match[1])) && !isClosed(head);
}

/** Nothing but one sign, perhaps several times or with a blank: no smiley, and no colon. */
function isOneSign(head) {
    const [first, ...rest] = head;
    const isSame = rest.every((char) => char === first || isBlank(char));
    return isSame && rest.length < 4 && (!rest.length || !/[:;]/.test(first));
}

function areSigns(text) {
    return [...text].every((char) => isSign(char) || isBlank(char) || SIGNS.digits.includes(char));
}

/** The first sign is a quote or bracket that is closed again. */
function isClosed(head) {
    const [opener, ...rest] = head;
    return rest.some(
        (char, index) => PAIRS.includes(opener + char) && !ALNUM.test(rest[index + 1] ?? "")
    );
}

/**
 * @param {string} text
 * @returns {{ exact: string[], beginning: string }} the folded shortcuts that `text` may
 *  begin with, longest first; and, when the sign is not `:` and nothing but a word follows,
 *  that word: a shortcut may begin so
 */
export function readShortcut(text) {
    const head = readHead(text);
    const line = head.slice(head.startsWith("::") ? 2 : 1).split("\n", 1)[0];
    const chars = [...line].slice(0, MAX_SHORTCUT_LENGTH);
    if (!head || !SIGNS.colons.includes(head[0]) || !ALNUM.test(line)) {
        return { exact: [], beginning: "" };
    }
    const exact = [];
    for (let end = chars.length; end > 0; end--) {
        if (chars[end - 1].trim() && !ALNUM.test(chars[end] ?? "")) {
            exact.push(fold(chars.slice(0, end).join("")));
        }
    }
    const keys = exact.filter(
        (key) => countLetters(key) >= MIN_SHORTCUT_LETTERS && !isRepeated(key)
    );
    const isBeginning = head[0] !== ":" && ONE_WORD.test(strip(head).slice(1));
    return { exact: keys, beginning: (isBeginning && keys[0]) || "" };
}

/**
 * @param {string} text
 * @param {string[]} shortcuts folded
 * @returns {string | undefined} the one of `shortcuts` that `text` begins with, behind a sign
 */
export function findShortcut(text, shortcuts) {
    const { exact, beginning } = readShortcut(text);
    const known = new Set(shortcuts);
    return (
        exact.find((key) => known.has(key)) ??
        (beginning ? shortcuts.find((key) => key.startsWith(beginning)) : undefined)
    );
}

/**
 * @param {string} text
 * @param {string} key folded shortcut
 * @returns {{ start: number, end: number }} where sign and shortcut stand in the first line;
 *  the whole line where another word stands in its place
 */
export function locateShortcut(text, key) {
    const start = INVISIBLE.exec(text)?.[0].length ?? 0;
    const [line] = text.slice(start).split("\n", 1);
    const sign = line.startsWith("::") ? 2 : 1;
    const longest = Math.min(line.length, sign + MAX_SHORTCUT_LENGTH);
    for (let end = sign + 1; end <= longest; end++) {
        const typed = fold(line.slice(sign, end).normalize("NFKC"));
        if (typed === key && !ALNUM.test(line.slice(end))) {
            return { start, end: start + end };
        }
    }
    return { start, end: start + strip(line).length };
}
