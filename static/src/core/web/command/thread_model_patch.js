import { findCommand } from "@livechat_command/core/web/suggestion/command_rows";
import { runLine } from "@livechat_command/core/web/command/run_line";
import { parse } from "@livechat_command/core/web/command/syntax";

import { fields } from "@mail/core/common/record";
import { Thread } from "@mail/core/common/thread_model";

import { _t } from "@web/core/l10n/translation";
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
        /** The conversation has ended; the composer takes commands only. */
        this.is_command_only = false;
        this.commandAnswers = fields.Many("CommandAnswer", { inverse: "thread" });
        /** Set while a text is sent that looks like a command, as the operator chose. */
        this.isSentAsTyped = false;
        this.commandsVersion = 0;
        this.commandsFetch = undefined;
        // An ended conversation has no composer whose focus could ask.
        this.isEndedAndShown = fields.Attr(false, {
            compute() {
                return Boolean(
                    this.livechat_end_dt && this.isDisplayed && this.store.canRunCommands
                );
            },
            onUpdate() {
                if (this.isEndedAndShown) {
                    this.fetchCommands({ force: true });
                }
            },
            eager: true,
        });
    },
    get isVisitorThread() {
        return this.channel_type === "livechat";
    },
    /** Until then, and where the server knows no commands, everything stays Odoo's. */
    get areCommandsLoaded() {
        return Boolean(
            this.model === "discuss.channel" &&
            this.livechat_command_hints &&
            this.store.livechat_command
        );
    },
    /**
     * @param {Object} [options]
     * @param {boolean} [options.force] ask again although nothing is known to have changed
     * @returns {Promise<void>} resolved when the answer is there, or none will come
     */
    async fetchCommands({ force = false } = {}) {
        const { store } = this;
        if (this.model !== "discuss.channel" || !(this.id > 0) || !store.canRunCommands) {
            return;
        }
        if (force || this.commandsVersion !== store.commandsVersion) {
            this.commandsVersion = store.commandsVersion;
            this.commandsFetch = store
                .fetchStoreData("livechat_command", { channel_id: this.id })
                .catch(() => (this.commandsVersion = 0));
        }
        await this.commandsFetch;
    },
    /**
     * @param {string} name folded
     * @returns {import("models").DiscussCommand | undefined} what this user may run here
     */
    findCommand(name) {
        return findCommand(name, this.livechat_commands);
    },
    /**
     * Run a command's line; the answer appears in the conversation.
     *
     * @param {string} line
     * @returns {Promise<void>}
     */
    runCommandLine(line) {
        return runLine(this, line);
    },
    /** @override buttons and dialogs go the way of typed commands */
    async executeCommand(command, body = "") {
        const parsed = parse(body.trim());
        if (parsed && !this.areCommandsLoaded) {
            await this.fetchCommands();
        }
        if (parsed && this.findCommand(parsed.name)) {
            return this.runCommandLine(body.trim());
        }
        return super.executeCommand(...arguments);
    },
    /** The answer whose links and offers Alt and a digit open: the last one that has any. */
    get answerWithTargets() {
        return this.commandAnswers.findLast(({ links, offers }) => links.length || offers.length);
    },
    get composerDisabled() {
        return super.composerDisabled && !this.is_command_only;
    },
    get composerDisabledText() {
        return this.is_command_only ? "" : super.composerDisabledText;
    },
    /** @override the mark with which the server lets a text pass that looks like a command */
    get rpcParams() {
        return this.isSentAsTyped ? { ...super.rpcParams, send_as_typed: true } : super.rpcParams;
    },
    /** @returns {string} the visitor's name as the operator knows it */
    get visitorName() {
        const persona = this.livechatVisitorMember?.persona;
        return (persona && this.getPersonaName(persona)) || _t("the visitor");
    },
});
