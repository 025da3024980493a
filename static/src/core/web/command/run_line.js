import { putCannedResponse } from "@livechat_command/core/web/canned_responses/insert_response";
import { notifyFailure, notifyLeft } from "@livechat_command/core/web/command/answer_notifications";
import { parse } from "@livechat_command/core/web/command/syntax";
import { leaveForNextLivechat } from "@livechat_command/core/web/composer/next_livechat";

import { markup } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { browser } from "@web/core/browser/browser";
import { uuid } from "@web/core/utils/strings";

const HISTORY_TIMEOUT = 3000;

/**
 * @param {Error} error
 * @returns {string} what the operator reads when no answer came
 */
function getFailureSentence(error) {
    if (error instanceof ConnectionLostError) {
        return _t(
            "The connection was lost before an answer came. Retry when you are online again: nothing is done twice."
        );
    }
    if (error.exceptionName === "odoo.http.SessionExpiredException") {
        return _t("Your session has expired. Log in again in another tab, then retry.");
    }
    return _t("The server could not answer. Retry, and tell your administrator if it stays so.");
}

/**
 * Ask the server for an answer.
 *
 * @param {import("models").CommandAnswer} answer
 * @param {...any} request model, method, arguments
 * @returns {Promise<Object>} of status "failed" where none came
 */
async function callForAnswer({ store }, ...request) {
    try {
        return await store.env.services.orm.silent.call(...request);
    } catch (error) {
        return { status: "failed", sentence: getFailureSentence(error) };
    }
}

/**
 * Run a line, and show it in the conversation, to this user alone, until it is answered.
 *
 * @param {import("models").Thread} thread
 * @param {string} line
 */
export async function submitLine(thread, line) {
    const id = thread.store.getNextTemporaryId();
    await requestAnswer(makeAnswer(thread, uuid(), line, id));
}

/**
 * Give a line its place in the conversation, as a message of this browser alone.
 *
 * @param {import("models").Thread} thread
 * @param {string} requestId
 * @param {string} line
 * @param {number} id of the message: where it stands among the others
 * @returns {import("models").CommandAnswer}
 */
export function makeAnswer(thread, requestId, line, id) {
    const { store } = thread;
    const answer = store.CommandAnswer.insert({ requestId, line, thread });
    const message = store["mail.message"].insert({
        author_id: store.odoobot,
        body: "",
        id,
        is_transient: true,
        subtype_id: store.mt_note,
        thread,
    });
    answer.message = message;
    const next = thread.messages.findIndex((other) => other.id > id);
    thread.messages.splice(next < 0 ? thread.messages.length : next, 0, message);
    thread.transientMessages.push(message);
    return answer;
}

/**
 * Ask the server, once more for a line that failed: with the same id nothing is done twice.
 *
 * @param {import("models").CommandAnswer} answer
 */
export async function requestAnswer(answer) {
    const { thread, line, requestId } = answer;
    // Known before the answer: the visitor's browser may be faster.
    const hasAskedVisitor = thread.findCommand(parse(line).name)?.kind === "history";
    answer.update({ status: "waiting", body: "", hasAskedVisitor });
    const params = [[thread.id], line, requestId];
    const result = await callForAnswer(answer, "discuss.channel", "run_command", params);
    if (answer.exists()) {
        showResult(answer, result);
        if (result.left) {
            // Asked for when one comes back; until then nobody may run any.
            Object.assign(thread, { commandsVersion: 0, livechat_command_hints: undefined });
        } else {
            thread.fetchCommands({ force: true });
        }
    }
}

function showResult(answer, result) {
    const { store, thread } = answer;
    if (result.left) {
        notifyLeft(answer, result);
        answer.dismiss();
        if (thread.isInDiscuss) {
            leaveForNextLivechat(thread); // before Odoo knows, and shows what it likes
        }
        return;
    }
    // The server escaped whatever was typed when it rendered the answer.
    answer.update({
        status: result.status,
        body: result.sentence ?? markup(result.body),
        offers: result.offers ?? [],
        canUndo: !!result.can_undo,
    });
    if (result.can_undo) {
        store.rejoinKey?.yieldToUndo();
    }
    if (result.awaits_history && !answer.historyBody.length) {
        awaitHistory(answer);
    }
    const { attachments, composerText } = thread.composer;
    if (result.composer_response && !composerText && !attachments.length) {
        putCannedResponse(thread.composer, result.composer_response);
        answer.reply = result.composer_response;
    }
    if (!["done", "waiting"].includes(result.status) && !thread.isDisplayed) {
        notifyFailure(answer);
    }
}

function awaitHistory(answer) {
    answer.update({ isAwaitingHistory: true });
    browser.setTimeout(() => {
        if (answer.exists() && answer.isAwaitingHistory) {
            answer.update({
                isAwaitingHistory: false,
                historyBody: _t("The visitor's browser did not reply."),
            });
        }
    }, HISTORY_TIMEOUT);
}

/**
 * Show what the visitor's browser reports under the line that asked for it.
 *
 * @param {import("models").Store} store
 * @param {{ channel_id: number, body: string }} payload
 */
export function showHistory(store, { channel_id, body }) {
    const thread = store.Thread.get({ model: "discuss.channel", id: channel_id });
    const answers = thread?.commandAnswers ?? [];
    const answer =
        answers.findLast((candidate) => candidate.isAwaitingHistory) ??
        answers.findLast((candidate) => candidate.hasAskedVisitor);
    // Rendered and escaped by the server.
    answer?.update({ isAwaitingHistory: false, historyBody: markup(body) });
}

/**
 * Take back what a line did. The server does that once; what is against it is said below the
 * answer.
 *
 * @param {import("models").CommandAnswer} answer
 */
export async function undo(answer) {
    const { thread, requestId } = answer;
    // Its button goes: who pressed it by mouse types on.
    answer.update({ canUndo: false, undoFailure: "" });
    thread.composer.autofocus++;
    const result = await callForAnswer(answer, "discuss.command.run", "undo", [requestId]);
    if (!answer.exists()) {
        return;
    }
    if (result.status === "undone") {
        // The server escaped whatever was typed when it rendered the answer.
        answer.update({ status: "undone", body: markup(result.body), offers: [] });
        const { composer } = thread;
        const { files, text } = answer.reply ?? {};
        if (composer.composerText === text && composer.attachments.length <= files.length) {
            composer.clear(); // it speaks of what is no more
        }
        thread.fetchCommands({ force: true });
    } else {
        answer.update({ canUndo: result.status === "failed", undoFailure: result.sentence });
    }
}
