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
    /** @type {"waiting"|"done"|"usage"|"unknown"|"refused"|"failed"} */
    status = "waiting";
    body = fields.Html("");
    /** What the visitor's browser reports, a moment after the answer. */
    historyBody = fields.Html("");
    isAwaitingHistory = false;
    /** Whether the visitor's browser was asked: its reply may come late, or never. */
    hasAskedVisitor = false;
