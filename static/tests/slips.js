const ARGUMENTS = ["", " Broken mouse", " the customer is angry\nHello Marie"];
// Wrong first characters: by keyboard layout, and of input methods.
const WRONG = ":;!?.,7-\\|&§('\"=67_；：！。、";
// What stands unseen in front of a slash.
const UNSEEN = [" ", "\t", "\n", "\u00a0", "\u200b", "\u200e", "\u00ad", "\u3164", "\ufe0f "];
const BEFORE_SLASH = '.:>("§-';

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
        ...[...WRONG].map((wrong) => `${wrong}${name}${ARGUMENTS[1]}`),
        ...UNSEEN.map((unseen) => `${unseen}/${name}`),
        ...[...BEFORE_SLASH].map((sign) => `${sign}/${name}`),
        `/ ${name}`,
        `／${name}${ARGUMENTS[1]}`,
    ]);
}
