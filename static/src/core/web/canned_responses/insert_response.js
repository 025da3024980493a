import { findNextBlank } from "@livechat_command/core/web/canned_responses/placeholders";
import { addFiles } from "@livechat_command/core/web/canned_responses/response_files";

/**
 * Note in a composer that a canned response was put into its text: its use is counted when
 * the message is sent, and its files become attachments of the message.
 *
 * @param {import("models").Composer} composer
 * @param {{ id: number, source: string, text: string, files: string[] }} response
 */
export function noteCannedResponse(composer, { id, source, text, files }) {
    composer.cannedResponses.push({ id, source, substitution: text });
    if (files.length) {
        addFiles(composer, { id, source });
    }
}

/**
 * Put a canned response into an empty composer, as the reply of a command.
 *
 * @param {import("models").Composer} composer
 * @param {{ id: number, source: string, text: string, files: string[] }} response
 */
export function putCannedResponse(composer, response) {
    composer.insertText(response.text, 0);
    noteCannedResponse(composer, response);
    selectNextBlank(composer, { end: 0 });
}

/**
 * Select the next blank of a composer, if there is one.
 *
 * @param {import("models").Composer} composer
 * @param {{ end: number }} [from] where to look from
 * @returns {boolean} whether there is a blank
 */
export function selectNextBlank(composer, from = composer.selection) {
    const blank = findNextBlank(composer.composerText, from);
    if (!blank) {
        return false;
    }
    Object.assign(composer.selection, {
        start: blank.start,
        end: blank.end,
        direction: "none",
    });
    composer.forceCursorMove = true;
    return true;
}

/**
 * @param {import("models").Store} store
 * @param {number[]} cannedResponseIds what was used in a message that was sent
 */
export function countUse(store, cannedResponseIds) {
    if (cannedResponseIds?.length && store.livechat_command) {
        // Not worth an error, nor to be waited for.
        store.env.services.orm.silent
            .call("mail.canned.response", "count_use", [cannedResponseIds])
            .catch(() => {});
    }
}
