import { findBlanks } from "@livechat_command/core/web/canned_responses/placeholders";
import {
    noteCannedResponse,
    selectNextBlank,
} from "@livechat_command/core/web/canned_responses/insert_response";

/**
 * What rows may do with a composer; see `row.js` for the meaning of each.
 *
 * @param {import("@livechat_command/core/web/composer/command_composer").CommandComposer} command
 * @returns {import("@livechat_command/core/web/suggestion/row").RowTarget}
 */
export function makeRowTarget(command) {
    return {
        replaceTerm(text) {
            const { composer, rowList } = command;
            const { delimiter, position } = rowList.search;
            const before = composer.composerText.slice(0, position);
            let after = composer.composerText.slice(composer.selection.end);
            if (delimiter === "/") {
                after = after.replace(/^\S+/, "");
            }
            if (text.endsWith(" ")) {
                after = after.replace(/^ /, "");
            }
            rowList.suggestion.clearSearch();
            composer.composerText = before + after;
            composer.insertText(text, position);
            command.showSelection();
        },
        runFirstLine() {
            command.sender.act();
        },
        runLine(line) {
            command.sender.runLine(line);
        },
        sendAsTyped() {
            command.sender.sendAsTyped();
        },
        insertCannedResponse(response) {
            const { composer, rowList } = command;
            const { position } = rowList.search;
            this.replaceTerm(`${response.text} `);
            noteCannedResponse(composer, response);
            if (findBlanks(response.text).length) {
                selectNextBlank(composer, { end: position });
                command.showSelection();
            }
        },
        insertAt({ row, start, end }) {
            const { composer, rowList } = command;
            rowList.clearGuard();
            // As if it had been found by what was typed there.
            Object.assign(rowList.search, { delimiter: ":", position: start, term: "" });
            Object.assign(composer.selection, { start: end, end });
            row.onTake(this, "enter");
        },
    };
}
