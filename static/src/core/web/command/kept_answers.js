import { makeAnswer } from "@livechat_command/core/web/command/run_line";

import { markup } from "@odoo/owl";

/**
 * Show again what this user was answered here before the page was loaded.
 *
 * @param {import("models").Thread} thread
 * @param {{ request_id: string, line: string, status: string, body: string, can_undo: boolean, after_id: number }[]} kept
 */
export async function restoreAnswers(thread, kept) {
    await thread.isLoadedDeferred;
    for (const [index, { request_id, line, status, body, can_undo, after_id }] of kept.entries()) {
        const isAbove = thread.loadOlder && after_id < thread.oldestPersistentMessage?.id;
        if (isAbove || thread.store.CommandAnswer.get({ requestId: request_id })) {
            continue;
        }
        // Behind the message that it stood below, in front of the next one.
        const answer = makeAnswer(thread, request_id, line, after_id + (index + 1) / 1000);
        // The server escaped whatever was typed when it rendered the answer.
        answer.update({ status, body: markup(body), canUndo: can_undo });
    }
}
