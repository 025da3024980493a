import { isSlip } from "@livechat_command/core/web/command/slip";
import { parse, splitFirstLine } from "@livechat_command/core/web/command/syntax";

import { browser } from "@web/core/browser/browser";

/** How long, in milliseconds, an Enter waits for what decides about it. */
export const PATIENCE = { delay: 1000 };

/**
 * @typedef {Object} Verdict
 * @property {"send"|"run"|"ask"|"hold"} action
 * @property {string} [line] the command's line; to be asked for what it lacks, or run
 */

/**
 * Decide what becomes of a text when Enter or the send button is pressed.
 *
 * @param {string} text of the composer
 * @param {Object} context
 * @param {(name: string) => boolean} context.canRun whether a command of this folded name
 *  or alias may be run here
 * @param {(name: string) => boolean} [context.needsArgument] whether it needs more than
 *  its name
 * @param {Set<string>} context.names folded names and aliases of all commands
 * @param {boolean} context.isVisitorThread whether a visitor would read the text
 * @param {boolean} [context.isCommandOnly] whether the conversation has ended
 * @param {boolean} [context.isEditing] whether a message is being edited: runs nothing
 * @param {string[]} [context.shortcuts] folded shortcuts of canned responses
 * @returns {Verdict}
 */
export function judge(text, context) {
    const { canRun, names, shortcuts, isVisitorThread, isCommandOnly, isEditing } = context;
    const command = parse(text);
    if (command && !isEditing && canRun(command.name)) {
        const isIncomplete = !command.argument && context.needsArgument?.(command.name);
        return { action: isIncomplete ? "ask" : "run", line: splitFirstLine(text).line };
    }
    if (isCommandOnly && !isEditing) {
        return { action: "hold" };
    }
    return { action: isVisitorThread && isSlip(text, names, shortcuts) ? "hold" : "send" };
}

/**
 * @param {Promise} loading
 * @returns {Promise<void>} resolved when `loading` is, after a second at the latest
 */
export function waitFor(loading) {
    return Promise.race([
        loading,
        new Promise((resolve) => browser.setTimeout(resolve, PATIENCE.delay)),
    ]);
}
