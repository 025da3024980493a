import { findBlanks } from "@livechat_command/core/web/canned_responses/blanks";
import {
    noteCannedResponse,
    selectNextBlank,
} from "@livechat_command/core/web/canned_responses/insert_response";
import { splitFirstLine } from "@livechat_command/core/web/command/syntax";

/**
 * What rows may do with a composer; see `row.js` for the meaning of each.
 *
 * @param {import("@mail/core/common/composer").Composer} component
 * @returns {import("@livechat_command/core/web/suggestion/row").RowTarget}
 */
export function makeRowTarget(component) {
    const { composer } = component.props;
    return {
        replaceTerm(text) {
            const { delimiter, position } = component.suggestion.search;
            const before = composer.composerText.slice(0, position);
            let after = composer.composerText.slice(composer.selection.end);
            if (delimiter === "/") {
                after = after.replace(/^\S+/, "");
            }
            if (text.endsWith(" ")) {
                after = after.replace(/^ /, "");
            }
            component.suggestion.clearSearch();
            composer.composerText = before + after;
            composer.insertText(text, position);
            component.showSelection();
        },
        runFirstLine() {
            component.runLine(splitFirstLine(component.commandText).line);
        },
        runLine(line) {
            component.runLine(line);
        },
        sendAsTyped() {
            component.sendAsTyped();
        },
        insertCannedResponse(response) {
            const { position } = component.suggestion.search;
            this.replaceTerm(`${response.text} `);
            noteCannedResponse(composer, response);
            if (findBlanks(response.text).length) {
                selectNextBlank(composer, { end: position });
                component.showSelection();
            }
        },
    };
}
