import { findCommand } from "@livechat_command/core/web/suggestion/command_rows";
import { parse } from "@livechat_command/core/web/command/syntax";

import { _t } from "@web/core/l10n/translation";

/**
 * The hint line below the composer: who will see this, what Enter does, what is expected.
 *
 * @param {string} text of the composer
 * @param {Object} context
 * @param {Object[]} context.commands what the operator may run here
 * @param {Object<number, string>} context.hints what the server says of each
 * @param {string} context.title the visitor's first sentence
 * @param {boolean} context.isVisitorThread
 * @param {string} context.visitor name
 * @param {boolean} context.isCommandOnly
 * @param {boolean} context.isHeld whether the guard holds the text
 * @param {boolean} [context.isClosed] whether the list was closed
 * @param {boolean} context.hasRows whether the list has something to complete
 * @returns {string[]} sentences, the first one says who will see it
 */
export function getHint(text, context) {
    const { isClosed, isCommandOnly, isHeld, isVisitorThread } = context;
    if (isHeld && isCommandOnly) {
        return [_t("Nothing was sent."), _t("This conversation has ended: type / for a command.")];
    }
    if (isHeld) {
        return [
            _t("Nothing was sent."),
            isClosed
                ? _t("Correct the text, or press Enter for the choices.")
                : _t("Choose with the arrow keys and Enter, or correct the text."),
        ];
    }
    const command = parse(text);
    if (command) {
        return getCommandHint(text, command, context);
    }
    if (isCommandOnly) {
        return [_t("This conversation has ended: type / for a command.")];
    }
    if (isVisitorThread && text.startsWith("//")) {
        return [_t("Sent as typed: %(visitor)s will see it.", { visitor: context.visitor })];
    }
    return [];
}

/**
 * @param {string} label of the blank that is to be filled in next
 * @returns {string[]}
 */
export function getBlankHint(label) {
    return [
        _t("Fill in “%(blank)s”.", { blank: label }),
        _t("Enter and Tab go to the next blank; nothing is sent before."),
    ];
}

function getCommandHint(text, { name, argument }, context) {
    const { commands, hasRows, hints, isVisitorThread, title } = context;
    const isNameTyped = /^\/\S+\s/.test(text);
    const command = findCommand(name, commands);
    if (!command && !isNameTyped && hasRows) {
        return [_t("Only you see this."), _t("Tab completes, Escape closes the list.")];
    }
    if (!command) {
        return isVisitorThread ? [_t("No such command here."), _t("Enter does not send it.")] : [];
    }
    const parts = [_t("Only you see this."), _t("Enter runs it.")];
    if (!argument && command.argument_hint) {
        parts.push(_t("Expected: %(argument)s", { argument: command.argument_hint }));
    }
    if (hints?.[command.id]) {
        parts.push(hints[command.id]);
    }
    if (isNameTyped && !argument && command.takes_title && title) {
        parts.push(_t("Tab: “%(title)s”", { title }));
    }
    return parts;
}
