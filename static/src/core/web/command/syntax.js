/**
 * How a line is read: which text is a command, which one only looks like one.
 *
 * The server has the same rules in `tools/syntax.py`, and holds them; here they make
 * the composer comfortable. One table of cases tests both (`static/tests/syntax_cases.js`).
 */

/** Characters that share a key, or its neighbour, with "/" on the layouts in use. */
export const WRONG_FIRST_CHARACTERS = ":;!?.,7-\\|&";

// Python's \w and \s, so that both sides cut words at the same places.
const WORD = "[\\p{L}\\p{N}_-]";
const BLANK = "(?:(?!\\ufeff)\\s|[\\x1c-\\x1f\\x85])";

const ANY_WRONG = `[${WRONG_FIRST_CHARACTERS.replace(/[\\\-|.]/g, "\\$&")}]`;
const COMMAND = new RegExp(`^/(${WORD}+)(?:${BLANK}+(.*))?$`, "su");
const MISTYPED = new RegExp(`^${ANY_WRONG}(${WORD}+)(?=${BLANK}|$)`, "u");
// `:DDD` and `:ppp` are smileys with feeling.
const LONE_SHORTCUT = new RegExp(`^:(?!(.)\\1+$)\\p{L}${WORD}{2,}$`, "u");
const SLIP_WORDS = new RegExp(`^(?:${ANY_WRONG}|/)*${BLANK}*(${WORD}*)${BLANK}*(.*)$`, "su");
const LEADING_BLANKS = new RegExp(`^${BLANK}+`, "u");
const TRAILING_BLANKS = new RegExp(`${BLANK}+$`, "u");
// eslint-disable-next-line no-control-regex
const UNPRINTABLE = /[\x00-\x08\x0b-\x1f\x7f-\x9f]|\p{Cs}/gu;

/**
 * @param {string} text
 * @returns {string} `text` without accents and case, for comparing names
 */
export function fold(text) {
    return text.toUpperCase().toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
}

/**
 * @param {string} text
 * @returns {string} `text` without control characters and lone surrogates
 */
export function clean(text) {
    return text.replace(UNPRINTABLE, " ");
}

/**
 * @param {string} text
 * @returns {string} `text` without blanks around it, as Python's `strip`
 */
export function strip(text) {
    return text.replace(LEADING_BLANKS, "").replace(TRAILING_BLANKS, "");
}

/**
 * Cut a text into its first line, which may be a command, and the draft below it.
 *
 * @param {string} text
 * @returns {{ line: string, draft: string }}
 */
export function splitFirstLine(text) {
    const end = text.indexOf("\n");
    return end < 0
        ? { line: text, draft: "" }
        : { line: text.slice(0, end), draft: text.slice(end + 1) };
}

/**
 * @param {string} text
 * @returns {{ name: string, argument: string } | null} the command in the first line of
 *  `text`: `name` is folded, `argument` as typed; null when the line is text (also when
 *  it starts with `//`, or with blanks)
 */
export function parse(text) {
    const { line } = splitFirstLine(text);
    if (!line.startsWith("/") || line.startsWith("//")) {
        return null;
    }
    const cleaned = clean(line);
    const match = COMMAND.exec(cleaned.replace(TRAILING_BLANKS, ""));
    return match
        ? { name: fold(match[1]), argument: strip(match[2] ?? "") }
        : { name: "", argument: strip(cleaned.slice(1)) };
}

/**
 * Tell whether `text` looks like a command, so must not reach a visitor.
 *
 * @param {string} text the message as plain text
 * @param {Set<string>} names folded names and aliases of all commands
 * @returns {boolean}
 */
export function isSlip(text, names) {
    text = strip(text);
    if (text.startsWith("//")) {
        return false;
    }
    if (text.startsWith("/") || LONE_SHORTCUT.test(text)) {
        return true;
    }
    const match = MISTYPED.exec(text);
    return Boolean(match) && names.has(fold(match[1]));
}

/**
 * @param {string} text
 * @returns {string} the word of a message that is only `:` and a word of three letters or
 *  more, else ""
 */
export function getLoneShortcut(text) {
    text = strip(text);
    return LONE_SHORTCUT.test(text) ? text.slice(1) : "";
}

/**
 * @param {string} text a slip
 * @returns {{ word: string, argument: string }} what was probably meant as name and argument
 */
export function readSlip(text) {
    const { line } = splitFirstLine(strip(text));
    const [, word, argument] = SLIP_WORDS.exec(clean(line));
    return { word: fold(word), argument: strip(argument) };
}

/**
 * The number of slips of a finger between two words: a letter added, left out, replaced,
 * or two neighbours swapped (Damerau-Levenshtein, optimal string alignment).
 *
 * @param {string} a
 * @param {string} b
 * @returns {number}
 */
export function countSlips(a, b) {
    let beforeLast = [];
    let last = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
        const row = [i];
        for (let j = 1; j <= b.length; j++) {
            const replaced = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
            row[j] = Math.min(last[j] + 1, row[j - 1] + 1, replaced);
            if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
                row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
            }
        }
        [beforeLast, last] = [last, row];
    }
    return last[b.length];
}

/**
 * @param {string} word folded
 * @param {string[]} names folded names, the likelier of equals first
 * @returns {string | undefined} the one of `names` that `word` was probably meant to be
 */
export function nearest(word, names) {
    if (!word || names.includes(word)) {
        return word || undefined;
    }
    const allowed = word.length < 4 ? 1 : word.length < 8 ? 2 : 3;
    let best;
    let bestSlips = allowed + 1;
    for (const name of names) {
        const isBeginning = word.length > 1 && name.startsWith(word);
        const slips = isBeginning ? 0.5 : countSlips(word, name);
        if (slips < bestSlips && slips < Math.max(word.length, name.length) / 2) {
            [best, bestSlips] = [name, slips];
        }
    }
    return best;
}
