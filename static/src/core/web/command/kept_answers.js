import { makeAnswer } from "@livechat_command/core/web/command/run_line";

import { markup } from "@odoo/owl";

import { browser } from "@web/core/browser/browser";

/** What was dismissed in this browser; the server keeps answers for a day. */
const DISMISSED = "livechat_command.dismissed";
const MANY = 100;

const getDismissed = () => JSON.parse(browser.localStorage.getItem(DISMISSED) ?? "[]");

/** @param {string} requestId of an answer that is not to come back with the page */
export function noteDismissed(requestId) {
    const dismissed = [...getDismissed(), requestId].slice(-MANY);
    browser.localStorage.setItem(DISMISSED, JSON.stringify(dismissed));
}

/**
 * Show again what this user was answered here before the page was loaded, and did not
 * dismiss.
 *
 * @param {import("models").Thread} thread
 * @param {{ request_id: string, line: string, status: string, body: string, can_undo: boolean, after_id: number }[]} kept
 */
export async function restoreAnswers(thread, kept) {
    await thread.isLoadedDeferred;
    const dismissed = getDismissed();
    for (const [index, { request_id, line, status, body, can_undo, after_id }] of kept.entries()) {
        const isAbove = thread.loadOlder && after_id < thread.oldestPersistentMessage?.id;
        const isGone = isAbove || dismissed.includes(request_id);
        if (isGone || thread.store.CommandAnswer.get({ requestId: request_id })) {
            continue;
        }
        // Behind the message that it stood below, in front of the next one.
        const answer = makeAnswer(thread, request_id, line, after_id + (index + 1) / 1000);
        // The server escaped whatever was typed when it rendered the answer.
        answer.update({ status, body: markup(body), canUndo: can_undo });
    }
}
