import { _t } from "@web/core/l10n/translation";

/**
 * The files of canned responses on their way into a message: copies, which the server makes
 * for it. A message never goes out without a file that its response promises, unless its
 * author says so.
 *
 * @typedef {Object} FileSource a canned response whose files are wanted
 * @property {number} id
 * @property {string} source its shortcut
 */

/** @type {Map<string, Promise>} files on their way to a composer, by its local id */
const filesOnTheWay = new Map();
/** @type {Set<string>} local ids of composers whose message waits for its files */
const waiting = new Set();

/**
 * Attach the files of a canned response to what is being written.
 *
 * @param {import("models").Composer} composer
 * @param {FileSource} response
 */
export function addFiles(composer, response) {
    const { localId } = composer;
    const all = Promise.all([filesOnTheWay.get(localId), fetchFiles(composer, response)]);
    filesOnTheWay.set(localId, all);
    all.then(() => {
        if (filesOnTheWay.get(localId) === all) {
            filesOnTheWay.delete(localId);
        }
    });
}

async function fetchFiles(composer, { id, source }) {
    const { store } = composer;
    try {
        const { orm } = store.env.services;
        const data = await orm.silent.call("mail.canned.response", "prepare_attachments", [[id]]);
        store.insert(data.store_data);
        for (const attachmentId of data.attachment_ids) {
            composer.attachments.push(store["ir.attachment"].get(attachmentId));
        }
    } catch {
        composer.missingFiles = [...composer.missingFiles, { id, source }];
    }
}

/**
 * @param {import("models").Composer} composer
 * @returns {boolean} whether files are on their way, or could not be attached
 */
export function areFilesAwaited({ localId, missingFiles }) {
    return filesOnTheWay.has(localId) || missingFiles.length > 0;
}

/**
 * Ask again for the files that could not be attached.
 *
 * @param {import("models").Composer} composer
 * @returns {Promise<void>} resolved when they are there, or are missing again
 */
export async function retryFiles(composer) {
    const missing = composer.missingFiles;
    composer.missingFiles = [];
    missing.forEach((response) => addFiles(composer, response));
    await filesOnTheWay.get(composer.localId);
}

/**
 * Send without the files that could not be attached.
 *
 * @param {import("models").Composer} composer
 */
export function giveUpFiles(composer) {
    composer.missingFiles = [];
}

/**
 * Send a message as soon as its files are there: the text as it is now. What is typed
 * meanwhile is the beginning of the next message. If a file is missing, nothing is sent,
 * and the next time it is asked for again.
 *
 * @param {import("models").Composer} composer
 * @param {Object} options
 * @param {() => Promise<void>} options.send
 * @param {() => Promise<void>} options.sendAgain what the button *Send without them* does
 * @param {() => boolean} options.isShown whether `send` would still send this composer's text
 * @param {(text: string) => void} options.show show the composer's text, which changed
 * @returns {Promise<void>}
 */
export async function sendWithFiles(composer, { send, sendAgain, isShown, show }) {
    const { composerText: text, localId } = composer;
    if (waiting.has(localId)) {
        return;
    }
    waiting.add(localId);
    try {
        await retryFiles(composer);
    } finally {
        waiting.delete(localId);
    }
    if (composer.missingFiles.length) {
        return offerWithout(composer, { isShown, sendAgain });
    }
    if (!composer.composerText.startsWith(text) || !isShown()) {
        return notify(
            composer,
            _t("Your message with the files of a canned response is not sent yet: look at it.")
        );
    }
    const later = composer.composerText.slice(text.length);
    if (!later) {
        return send();
    }
    composer.composerText = text;
    await send();
    composer.insertText(later, composer.composerText.length);
    show();
}

/** For who has no Escape key. */
function offerWithout(composer, { isShown, sendAgain }) {
    const close = notify(composer, getMissingFilesHint(composer.missingFiles)[0], [
        {
            name: _t("Send without them"),
            onClick: () => {
                close();
                giveUpFiles(composer);
                return isShown() && sendAgain();
            },
        },
    ]);
}

function notify({ store }, message, buttons = []) {
    return store.env.services.notification.add(message, { type: "warning", buttons });
}

/**
 * @param {FileSource[]} missing
 * @returns {string[]} the hint below a composer whose files are missing
 */
export function getMissingFilesHint([{ source }]) {
    return [
        _t("The files of “%(shortcut)s” could not be attached.", { shortcut: source }),
        _t("Enter tries again, Escape goes on without them."),
    ];
}
