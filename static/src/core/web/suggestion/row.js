/**
 * A row of the list above the composer. Commands, canned responses, emoji and the choices
 * of the guard are all rows; each kind has its builder, a pure function in its own file
 * (`command_rows.js`, `canned_response_rows.js`, `emoji_rows.js`, `guard_rows.js`).
 *
 * @typedef {Object} Row
 * @property {string} id stable over renders: the highlight follows it
 * @property {string} label the row's name, also for screen readers
 * @property {string} [title] tooltip: the text in full
 * @property {string} optionTemplate QWeb template of the row, it sees the row as `option`
 * @property {string} [classList]
 * @property {number} [group] a line is drawn between groups; rows come sorted by it
 * @property {boolean} isPrefixMatch the typed letters begin the row's name, alias, shortcut
 *  or emoji name: only such a row is highlighted by itself
 * @property {(target: RowTarget, key: "enter"|"tab"|"click") => void} onTake
 */

/**
 * What a row may do with the composer when it is taken (`row_target.js`).
 *
 * @typedef {Object} RowTarget
 * @property {(text: string) => void} replaceTerm put `text` in place of delimiter and term
 * @property {(line: string) => void} runLine run `line` in place of the composer's first line
 * @property {() => void} sendAsTyped send the text although it looks like a command
 * @property {(insertion: { row: Row, start: number, end: number }) => void} insertAt take
 *  `row` as if it had been found by what stands between `start` and `end`
 * @property {(response: Object) => void} insertCannedResponse put the response's text in
 *  place of delimiter and term, add its files, select its first blank
 */

/**
 * Put later results below earlier ones, so that no row moves under a highlight; what has the
 * same id stands there once.
 *
 * @param {Row[]} shown
 * @param {Row[]} found
 * @returns {Row[]}
 */
export function appendRows(shown, found) {
    const foundById = new Map(found.map((row) => [row.id, row]));
    const kept = shown.filter(({ id }) => foundById.has(id)).map((row) => [row.id, row]);
    return [...new Map([...kept, ...foundById]).values()];
}

/**
 * @param {Row[]} rows
 * @returns {string | null} id of the row to highlight before any arrow key was pressed
 */
export function getInitialHighlight(rows) {
    return rows.find((row) => row.isPrefixMatch)?.id ?? null;
}
