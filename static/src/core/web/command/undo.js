import { callForAnswer } from "@livechat_command/core/web/command/run_line";

import { markup } from "@odoo/owl";

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
        if (answer.reply && thread.composer.composerText === answer.reply) {
            thread.composer.clear(); // it speaks of what is no more
        }
        thread.fetchCommands({ force: true });
    } else {
        answer.update({ canUndo: result.status === "failed", undoFailure: result.sentence });
    }
}
