import { findNextBlank } from "@livechat_command/core/web/canned_responses/blanks";

import { _t } from "@web/core/l10n/translation";

/** Files that are on their way to a composer, by its local id. */
const filesOnTheWay = new Map();

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
        addFiles(composer, id);
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
 * Attach the files of a canned response to what is being written.
 *
 * @param {import("models").Composer} composer
 * @param {number} responseId
 */
export function addFiles(composer, responseId) {
    filesOnTheWay.set(
        composer.localId,
        Promise.all([filesOnTheWay.get(composer.localId), fetchFiles(composer, responseId)])
    );
}

/**
 * @param {import("models").Composer} composer
 * @returns {Promise<void>} resolved when no file is on its way any more
 */
export async function awaitFiles(composer) {
    const { localId } = composer;
    await filesOnTheWay.get(localId);
    filesOnTheWay.delete(localId);
}

async function fetchFiles(composer, responseId) {
    const { store } = composer;
    const { notification, orm } = store.env.services;
    try {
        const data = await orm.silent.call("mail.canned.response", "prepare_attachments", [
            [responseId],
        ]);
        store.insert(data.store_data);
        for (const id of data.attachment_ids) {
            composer.attachments.push(store["ir.attachment"].get(id));
        }
    } catch {
        notification.add(_t("The files of the canned response could not be attached."), {
            type: "danger",
        });
    }
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
