import {
    MATCH,
    holdsAllWords,
    matchName,
    rank,
} from "@livechat_command/core/web/suggestion/name_match";
import { fold } from "@livechat_command/core/web/command/syntax";

const IN_HELP = 4;

/** @returns {string[]} by which a command is called; Odoo's have no aliases */
export function getNames({ name, aliases = [] }) {
    return [name, ...aliases];
}

/**
 * @param {Object} command
 * @param {string} term folded
 * @returns {{ match: number, alias?: string }} how well the command matches: by name, by
 *  an alias that matches better, or by its help
 */
function matchCommand(command, term) {
    const names = getNames(command);
    const matches = names.map((name) => matchName(fold(name), term));
    const match = Math.min(...matches);
    if (match === MATCH.NONE) {
        return { match: holdsAllWords(command.help ?? "", term) ? IN_HELP : match };
    }
    const at = matches.indexOf(match);
    return { match, alias: at > 0 ? names[at] : undefined };
}

/**
 * @param {string} name folded
 * @param {Object[]} commands
 * @returns {Object | undefined} the command that has this name or alias
 */
export function findCommand(name, commands) {
    return commands.find((command) => getNames(command).some((other) => fold(other) === name));
}

/**
 * @param {string} term what was typed after `/`
 * @param {Object[]} commands what the operator may run here, in the server's order: `name`,
 *  `aliases`, `help`, `argument_hint`
 * @returns {import("@livechat_command/core/web/suggestion/row").Row[]}
 */
export function getCommandRows(term, commands) {
    term = fold(term);
    const matches = commands.map((command) => ({
        command,
        ...(term ? matchCommand(command, term) : { match: MATCH.BEGINS }),
    }));
    return rank(matches, IN_HELP).map((found) => makeCommandRow(found, term));
}

function makeCommandRow({ command, match, alias }, term) {
    return {
        id: `command-${command.name}`,
        label: `/${command.name}`,
        title: command.help,
        optionTemplate: "livechat_command.CommandRow",
        classList: "o-mail-Composer-suggestion",
        alias: alias && `/${alias}`,
        argumentHint: command.argument_hint,
        help: command.help,
        isPrefixMatch: !!term && match <= MATCH.BEGINS,
        onTake(target, key) {
            if (key === "enter" && match === MATCH.EQUAL) {
                target.runFirstLine();
            } else if (key === "enter" && command.is_instant) {
                target.runLine(`/${command.name}`);
            } else {
                target.replaceTerm(`/${command.name} `);
            }
        },
    };
}
