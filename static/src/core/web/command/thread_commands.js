import { restoreAnswers } from "@livechat_command/core/web/command/kept_answers";
import { submitLine } from "@livechat_command/core/web/command/run_line";
import { parse } from "@livechat_command/core/web/command/syntax";

import { _t } from "@web/core/l10n/translation";

/**
 * Ask the server what may be run in a conversation, when that is not known or has changed.
 *
 * @param {import("models").Thread} thread
 * @param {Object} [options]
 * @param {boolean} [options.force] ask again although nothing is known to have changed
 * @returns {Promise<void>} resolved when the answer is there, or none will come
 */
export async function fetchCommands(thread, { force = false } = {}) {
    const { store } = thread;
    if (thread.model !== "discuss.channel" || !(thread.id > 0) || !store.canRunCommands) {
        return;
    }
    if (force || thread.commandsVersion !== store.commandsVersion) {
        thread.commandsVersion = store.commandsVersion;
        const params = { channel_id: thread.id };
        thread.commandsFetch = store
            .fetchStoreData(
                "livechat_command",
                thread.areAnswersRestored ? params : { ...params, with_answers: true }
            )
            .then(() => restoreOnce(thread))
            .catch(() => (thread.commandsVersion = 0));
    }
    await thread.commandsFetch;
}

function restoreOnce(thread) {
    if (!thread.areAnswersRestored) {
        thread.areAnswersRestored = true;
        restoreAnswers(thread, thread.livechat_command_answers);
    }
}

/**
 * Run a line as a typed command, when it is one that this user may run here.
 *
 * @param {import("models").Thread} thread
 * @param {string} line
 * @param {() => Promise<void>} executeByOdoo
 */
export async function executeCommand(thread, line, executeByOdoo) {
    const parsed = parse(line);
    if (parsed && !thread.areCommandsLoaded) {
        await fetchCommands(thread);
    }
    const isOwn = parsed && thread.findCommand(parsed.name);
    return isOwn ? submitLine(thread, line) : executeByOdoo();
}

/**
 * @param {import("models").Thread} thread
 * @returns {string} the visitor's name as the operator knows it
 */
export function getVisitorName(thread) {
    const persona = thread.livechatVisitorMember?.persona;
    return (persona && thread.getPersonaName(persona)) || _t("the visitor");
}
