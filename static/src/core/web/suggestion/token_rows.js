import { findAlikeTrigger } from "@livechat_command/core/web/suggestion/alike";
import { parse, splitFirstLine } from "@livechat_command/core/web/command/syntax";
import { makeKey } from "@livechat_command/core/web/command/tokens";
import { MATCH, matchName, rank } from "@livechat_command/core/web/suggestion/name_match";

/** The sign of what completes the whole argument, as `/status` has it. */
export const CHOICE = "choice";

const LISTED = ["#", "@", ":"];
/** A list longer than this is narrowed by typing, not by scrolling. */
const LIMIT = 100;
const foldedKeys = new WeakMap();
const namedResponses = new WeakMap();

/**
 * @typedef {Object} TokenName what can be named behind a command
 * @property {string} key how it is typed
 * @property {string[]} [keys] all ways to type it
 * @property {string} name
 * @property {boolean} [is_online] of an agent
 */

/**
 * @typedef {Object<string, TokenName[]>} TokenNames by sign; `choices` of the whole argument
 */

/**
 * Tell whether a name that a command takes is being typed: after a blank in the command's
 * line, or, where the argument is one of some choices, from its beginning on; or a title that
 * may be the same as another.
 *
 * @param {string} text of the composer
 * @param {number} cursor
 * @param {{ tokens?: string, has_choices?: boolean } | undefined} command of the first line
 * @returns {import("@livechat_command/core/web/suggestion/trigger").Trigger | null}
 */
export function findTokenTrigger(text, cursor, command) {
    const { line } = splitFirstLine(text);
    const [name] = /^\/\S+\s+/u.exec(line) ?? [];
    if (!command || !name || cursor < name.length || cursor > line.length) {
        return null;
    }
    if (command.has_choices) {
        const term = line.slice(name.length, cursor);
        return { delimiter: CHOICE, position: name.length, term, isToken: true };
    }
    const [word] = /\S*$/u.exec(line.slice(0, cursor));
    const sign = word[0];
    if (!LISTED.includes(sign) || !command.tokens?.includes(sign)) {
        return findAlikeTrigger(text, cursor, command);
    }
    return { delimiter: sign, position: cursor - word.length, term: word.slice(1), isToken: true };
}

/**
 * @param {{ delimiter: string, term: string }} trigger
 * @param {TokenName[]} names in the server's order
 * @returns {import("@livechat_command/core/web/suggestion/row").Row[]}
 */
export function getTokenRows({ delimiter, term }, names) {
    const wanted = makeKey(term);
    return rank(names.map((named) => ({ named, match: matchToken(named, wanted) })))
        .slice(0, LIMIT)
        .map(({ named, match }) => makeTokenRow(delimiter, named, match, wanted));
}

function matchToken(named, wanted) {
    const match = (key) => matchName(key, wanted);
    return wanted ? Math.min(...getKeys(named).map(match)) : MATCH.BEGINS;
}

/**
 * @param {TokenName} named
 * @returns {string[]} all that it can be found by, made once: each key looks at all names
 */
export function getKeys(named) {
    const { key, keys, name } = named;
    return once(foldedKeys, named, () => [...(keys ?? [key]), makeKey(name)]);
}

function once(made, object, make) {
    if (!made.has(object)) {
        made.set(object, make());
    }
    return made.get(object);
}

function makeTokenRow(delimiter, { key, name, is_online }, match, wanted) {
    const sign = delimiter === CHOICE ? "" : delimiter;
    return {
        id: `token-${sign}${key}`,
        label: `${sign}${key}`,
        title: name,
        optionTemplate: "livechat_command.CommandRow",
        classList: "o-mail-Composer-suggestion",
        help: name,
        isOnline: is_online,
        isPrefixMatch: !!wanted && match <= MATCH.BEGINS,
        onTake(target, taking) {
            if (taking === "enter" && match === MATCH.EQUAL) {
                target.runFirstLine();
            } else {
                target.replaceTerm(`${sign}${key} `);
            }
        },
    };
}

/**
 * @param {{ source: string, text: string }[]} responses
 * @returns {TokenName[]} what can be named after `:`
 */
export function nameResponses(responses) {
    return responses.map((response) =>
        once(namedResponses, response, () => ({
            key: makeKey(response.source),
            name: response.text,
        }))
    );
}

/**
 * @param {string} text of the composer
 * @param {(name: string) => Object | undefined} findCommand
 * @returns {Object | undefined} the command of the first line, when its name is typed
 */
export function getTypedCommand(text, findCommand) {
    const command = /^\/[^/\s]\S*\s/u.test(text) && parse(text);
    return command ? findCommand(command.name) : undefined;
}
