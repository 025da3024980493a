import { findCommand } from "@livechat_command/core/web/suggestion/command_rows";
import {
    executeCommand,
    fetchCommands,
    getVisitorName,
} from "@livechat_command/core/web/command/thread_commands";

import { fields } from "@mail/core/common/record";
import { Thread } from "@mail/core/common/thread_model";

import { patch } from "@web/core/utils/patch";

patch(Thread.prototype, {
    setup() {
        super.setup(...arguments);
        /** What this user may run here now, in order. */
        this.livechat_commands = fields.Many("discuss.command");
        /** @type {Object<number, string> | undefined} undefined until the server answered */
        this.livechat_command_hints = undefined;
        /** @type {string} the visitor's first sentence */
        this.livechat_command_title = "";
        this.commandAnswers = fields.Many("CommandAnswer", { inverse: "thread" });
        /** @type {Object[]} what was answered here before the page was loaded */
        this.livechat_command_answers = [];
        this.areAnswersRestored = false;
        /** @type {number} the store's version of what was fetched last */
        this.commandsVersion = 0;
        /** @type {Promise<void> | undefined} */
        this.commandsFetch = undefined;
    },
    get isVisitorThread() {
        return this.channel_type === "livechat";
    },
    /** Until then, and where the server knows no commands, everything stays Odoo's. */
    get areCommandsLoaded() {
        const isChannel = this.model === "discuss.channel";
        return Boolean(isChannel && this.livechat_command_hints && this.store.livechat_command);
    },
    fetchCommands(options) {
        return fetchCommands(this, options);
    },
    findCommand(name) {
        return findCommand(name, this.livechat_commands);
    },
    /** @override buttons and dialogs go the way of typed commands */
    executeCommand(command, body = "") {
        return executeCommand(this, body.trim(), () => super.executeCommand(...arguments));
    },
    /** The answer whose links and offers Alt and a digit open: the last one that has any. */
    get answerWithTargets() {
        return this.commandAnswers.findLast(({ links, offers }) => links.length || offers.length);
    },
    /** The answer whose line Alt and 0 take back: the last one, unless leaving came later. */
    get answerToUndo() {
        const { yieldRejoinKey } = this.store;
        return yieldRejoinKey ? undefined : this.commandAnswers.findLast(({ canUndo }) => canUndo);
    },
    get visitorName() {
        return getVisitorName(this);
    },
});
