/**
 * How a line is read: which text is a command, and how a slip is mended.
 *
 * The server has the same rules in `tools/syntax.py`; one table of cases tests both
 * (`static/tests/syntax_cases.js`). What only looks like a command is in `slip.js`.
 */

// Python's \w and \s, so that both sides cut words at the same places.
export const WORD = "[\\p{L}\\p{N}_-]";
export const BLANK = "(?:(?!\\ufeff)\\s|[\\x1c-\\x1f\\x85])";
/** No name is longer: what is compared letter by letter stays short. */
const MAX_NAME_LENGTH = 64;

const COMMAND = new RegExp(`^/(${WORD}+)(?:${BLANK}+(.*))?$`, "su");
const SLIP_WORDS = new RegExp(`^[^\\p{L}\\p{N}]*(${WORD}*)${BLANK}*(.*)$`, "su");
const ONE_BLANK = new RegExp(`^${BLANK}$`, "u");
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

/** @returns {boolean} whether a character is what Python takes for a blank */
export function isBlank(char) {
    return ONE_BLANK.test(char);
}

/** @returns {number} of letters: what has few of them is a smiley */
export function countLetters(text) {
    return text.match(/\p{L}/gu)?.length ?? 0;
}

/**
 * @param {string} text
 * @returns {string} `text` without blanks around it, as Python's `strip`
 */
export function strip(text) {
    let [start, end] = [0, text.length];
    while (start < end && isBlank(text[start])) {
        start++;
    }
    while (start < end && isBlank(text[end - 1])) {
        end--;
    }
    return text.slice(start, end);
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
    const match = COMMAND.exec(strip(cleaned));
    return match
        ? { name: fold(match[1]), argument: strip(match[2] ?? "") }
        : { name: "", argument: strip(cleaned.slice(1)) };
}

/**
 * @param {string} text a slip
 * @returns {{ word: string, argument: string }} what was probably meant as name and argument
 */
export function readSlip(text) {
    const { line } = splitFirstLine(strip(text));
    const [, word, argument] = SLIP_WORDS.exec(clean(line));
    return { word: fold(word.slice(0, MAX_NAME_LENGTH + 1)), argument: strip(argument) };
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
    if (names.includes(word)) {
        return word;
    }
    if (!word || word.length > MAX_NAME_LENGTH) {
        return undefined;
    }
    let best;
    let bestSlips = (word.length < 4 ? 1 : word.length < 8 ? 2 : 3) + 1;
    for (const name of names) {
        if (name.length > MAX_NAME_LENGTH) {
            continue;
        }
        const isBeginning = word.length > 1 && name.startsWith(word);
        const slips = isBeginning ? 0.5 : countSlips(word, name);
        if (slips < bestSlips && slips < Math.max(word.length, name.length) / 2) {
            [best, bestSlips] = [name, slips];
        }
    }
    return best;
}
