/**
 * Blanks, `⟦order number⟧`: what the operator fills in before a text can be sent.
 */

const BLANK = /⟦[^⟦⟧\n]*⟧/g;

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
