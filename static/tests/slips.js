const ARGUMENTS = ["", " Broken mouse", " the customer is angry\nHello Marie"];
const WRONG_FIRST_CHARACTERS = ":;!?.,7-\\|&";

/**
 * Mistakes of fingers, made from the names of commands; `tests/slips.py` makes them for the
 * server's half.
 *
 * @param {string[]} names
 * @returns {string[]} texts that must not reach a visitor
 */
export function makeSlips(names) {
    return names.flatMap((name) => [
        ...[
            name.slice(0, -1),
            name.slice(1),
            name[0] + name.slice(2),
            name.slice(0, 2) + name.slice(1),
            name[1] + name[0] + name.slice(2),
            `${name}s`,
            `${name.toUpperCase()}x`,
            `x${name}`,
        ].flatMap((word) => ARGUMENTS.map((argument) => `/${word}${argument}`)),
        ...[...WRONG_FIRST_CHARACTERS].map((wrong) => `${wrong}${name}${ARGUMENTS[1]}`),
        ...[" ", "\t", "\n", "\u00a0"].map((blank) => `${blank}/${name}`),
        `/ ${name}`,
    ]);
}
