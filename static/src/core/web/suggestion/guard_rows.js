import { findCommand, getNames } from "@livechat_command/core/web/suggestion/command_rows";
import { isSignFirst } from "@livechat_command/core/web/command/slip";
import { fold, nearest, readSlip } from "@livechat_command/core/web/command/syntax";

import { _t } from "@web/core/l10n/translation";

/** A line is drawn between what mends a slip and what sends it. */
const GROUP = { MEND: 1, SEND: 2 };

/**
 * @param {string} text a slip
 * @param {Object[]} commands what the operator may run here
 * @returns {string} the line that was probably meant, or ""
 */
export function suggestLine(text, commands) {
    if (!isSignFirst(text)) {
        return "";
    }
    const { word, argument } = readSlip(text);
    const name = nearest(word, commands.flatMap(getNames).map(fold));
    const command = name && findCommand(name, commands);
    return command ? `/${command.name} ${argument}`.trim() : "";
}

/**
 * The choices for a text that was held back; none is ever highlighted by itself.
 *
 * @param {string} text what was to be sent
 * @param {Object} context
 * @param {Object[]} context.commands what the operator may run here
 * @param {string} context.visitor name of the one who would read the text
 * @param {{ row: Object, start: number, end: number }} [context.insertion] the canned
 *  response or emoji that was probably meant, and the place that it is for
 * @param {boolean} [context.canSend] false where only commands are taken
 * @returns {import("@livechat_command/core/web/suggestion/row").Row[]}
 */
export function getGuardRows(text, { commands, insertion, visitor, canSend = true }) {
    const rows = [];
    const line = suggestLine(text, commands);
    if (line) {
        rows.push({
            id: "guard-run",
            label: _t("Run %(line)s", { line }),
            icon: "fa-terminal",
            group: GROUP.MEND,
            onTake: (target) => target.runLine(line),
        });
    }
    if (insertion) {
        rows.push({
            id: "guard-insert",
            label: _t("Insert %(response)s", { response: insertion.row.label }),
            icon: "fa-comment-o",
            group: GROUP.MEND,
            onTake: (target) => target.insertAt(insertion),
        });
    }
    if (canSend) {
        text = text.trim();
        rows.push({
            id: "guard-send",
            label: visitor
                ? _t('Send to %(visitor)s: "%(text)s"', { visitor, text })
                : _t('Send: "%(text)s"', { text }),
            icon: "fa-exclamation-triangle",
            isWarning: true,
            group: GROUP.SEND,
            onTake: (target) => target.sendAsTyped(),
        });
    }
    return rows.map((row) => ({
        ...row,
        title: row.label,
        optionTemplate: "livechat_command.GuardRow",
        classList: "o-mail-Composer-suggestion",
        isPrefixMatch: false,
    }));
}
