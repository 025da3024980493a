import { noteDismissed } from "@livechat_command/core/web/command/kept_answers";

import { fields, Record } from "@mail/core/common/record";

/**
 * A line that was run, and its answer: shown in the conversation to the operator alone.
 * It exists only in this browser, as the content of a transient message.
 */
export class CommandAnswer extends Record {
    static _name = "CommandAnswer";
    static id = "requestId";

    /** @type {string} the same for all tries of one line: it is never done twice */
    requestId;
    /** @type {string} */
    line;
    /** @type {"waiting"|"done"|"undone"|"usage"|"unknown"|"refused"|"failed"} */
    status = "waiting";
    body = fields.Html("");
    /** What the visitor's browser reports, a moment after the answer. */
    historyBody = fields.Html("");
    isAwaitingHistory = false;
    /** Whether the visitor's browser was asked: its reply may come late, or never. */
    hasAskedVisitor = false;
    /** @type {import("@livechat_command/core/web/command/answer_targets").Offer[]} */
    offers = [];
    canUndo = false;
    /** @type {{ text: string, files: string[] } | undefined} put into the composer after it */
    reply;
    /** Why it was not undone. */
    undoFailure = "";
    isFolded = true;
    message = fields.One("mail.message", { inverse: "commandAnswer" });
    thread = fields.One("Thread", { inverse: "commandAnswers" });

    /** @returns {string[]} addresses of the links in the answer, in their order */
    get links() {
        const doc = new DOMParser().parseFromString(`${this.body}${this.historyBody}`, "text/html");
        return [...doc.querySelectorAll("a[href]")].map((link) => link.getAttribute("href"));
    }

    /** Whether the answer is one sentence of success, which needs no card around it. */
    get isLine() {
        if (
            !["done", "undone"].includes(this.status) ||
            this.historyBody.length ||
            this.isAwaitingHistory
        ) {
            return false;
        }
        const { body } = new DOMParser().parseFromString(`${this.body}`, "text/html");
        const [first, ...rest] = body.children;
        return first?.tagName === "P" && !rest.length && !this.offers.length;
    }

    dismiss() {
        noteDismissed(this.requestId);
        this.message?.delete();
        this.delete();
    }
}

CommandAnswer.register();
