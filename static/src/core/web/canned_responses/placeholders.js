/**
 * Placeholders in the text of a canned response, and blanks, `⟦order number⟧`: what the
 * operator fills in before the text can be sent. The twin of `tools/placeholders.py`; one
 * table of cases tests both (`static/tests/canned_responses/placeholder_cases.js`).
 */

const PLACEHOLDER = /\{\{([^{}\n]*)\}\}/g;
const BLANK = /⟦[^⟦⟧\n]*⟧/g;

/**
 * Put values in, in one pass: nothing that a value holds is read again.
 *
 * @param {string} text
 * @param {Object<string, string>} values by placeholder name; "" is no value
 * @param {Object<string, string>} labels what the blank of a placeholder is called
 * @returns {string} what has neither value nor fallback is a blank
 */
export function render(text, values, labels) {
    const rendered = text.replace(PLACEHOLDER, (_all, inner) => {
        const [first, ...rest] = inner.split("|");
        const name = first.trim();
        if (name.startsWith("?")) {
            return makeBlank(name.slice(1));
        }
        const value = Object.hasOwn(values, name) && values[name];
        if (value) {
            return value;
        }
        const label = Object.hasOwn(labels, name) ? labels[name] : name;
        return rest.length ? rest.join("|").trim() : makeBlank(label);
    });
    // Put at the start of the composer, it must not become a command.
    return rendered.startsWith("/") ? ` ${rendered}` : rendered;
}

function makeBlank(label) {
    return `⟦${label.replace(/[⟦⟧]/g, "").trim()}⟧`;
}

/**
 * @param {string} text
 * @returns {{ start: number, end: number, label: string }[]}
 */
export function findBlanks(text) {
    return [...text.matchAll(BLANK)].map(({ 0: blank, index }) => ({
        start: index,
        end: index + blank.length,
        label: blank.slice(1, -1),
    }));
}

/**
 * @param {string} text
 * @param {{ end: number }} selection
 * @returns {{ start: number, end: number, label: string } | undefined} the blank to select
 *  next: the first one behind the selection, else the first of all
 */
export function findNextBlank(text, { end }) {
    const blanks = findBlanks(text);
    return blanks.find((blank) => blank.start >= end) ?? blanks[0];
}
