import { restoreAnswers } from "@livechat_command/core/web/command/kept_answers";
import { sendAsText } from "@livechat_command/core/web/command/odoo_commands";
import { submitLine } from "@livechat_command/core/web/command/run_line";
import { parse } from "@livechat_command/core/web/command/syntax";
import { leaveForNextLivechat } from "@livechat_command/core/web/composer/next_livechat";
import { findCommand } from "@livechat_command/core/web/suggestion/command_rows";

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
        this.commandAnswers = fields.Many("CommandAnswer", {
            inverse: "thread",
            // As they stand in the conversation: those of before the reload may come late.
            sort: (a, b) => a.message?.id - b.message?.id,
        });
        /** @type {Object[]} what was answered here before the page was loaded */
        this.livechat_command_answers = [];
        this.areAnswersRestored = false;
        /** @type {number} the store's version of what was fetched last */
        this.commandsVersion = 0;
        /** @type {Promise<void> | undefined} */
        this.commandsFetch = undefined;
        /** The conversation has ended; the composer takes commands only. */
        this.is_command_only = false;
        /** Set while a text is sent that looks like a command, as the operator chose. */
        this.isSentAsTyped = false;
        // An ended conversation has no composer whose focus could ask.
        this.isEndedAndShown = fields.Attr(false, {
            compute() {
                const isEnded = this.livechat_end_dt && this.isDisplayed;
                return !!(isEnded && this.store.canRunCommands);
            },
            onUpdate() {
                if (this.isEndedAndShown) {
                    // Without its composer for a moment, the focus would jump.
                    this.is_command_only ||= this.areCommandsLoaded;
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
        const isChannel = this.model === "discuss.channel";
        return !!(isChannel && this.livechat_command_hints && this.store.livechat_command);
    },
    /**
     * Ask the server what may be run here, when that is not known or has changed.
     *
     * @param {Object} [options]
     * @param {boolean} [options.force] ask again although nothing is known to have changed
     * @returns {Promise<void>} resolved when the answer is there, or none will come
     */
    async fetchCommands({ force = false } = {}) {
        const { id, model, store } = this;
        if (model !== "discuss.channel" || !(id > 0) || !store.canRunCommands) {
            return;
        }
        if (force || this.commandsVersion !== store.commandsVersion) {
            this.commandsVersion = store.commandsVersion;
            const params = { channel_id: id, with_answers: !this.areAnswersRestored };
            this.commandsFetch = store
                .fetchStoreData("livechat_command", params)
                .then(() => restoreOnce(this))
                .catch(() => (this.commandsVersion = 0));
        }
        await this.commandsFetch;
    },
    findCommand(name) {
        return findCommand(name, this.livechat_commands);
    },
    /** @override buttons and dialogs go the way of typed commands */
    async executeCommand(command, body = "") {
        const line = body.trim();
        const parsed = parse(line);
        if (parsed && !this.areCommandsLoaded) {
            await this.fetchCommands();
        }
        const isOwn = parsed && this.findCommand(parsed.name);
        return isOwn ? submitLine(this, line) : super.executeCommand(...arguments);
    },
    /** Send what is no command, whatever it begins with; the mark stays only that long. */
    async sendAsTyped(send) {
        this.isSentAsTyped = true;
        try {
            await sendAsText(send);
        } finally {
            this.isSentAsTyped = false;
        }
    },
    /** The answer whose links and offers Alt and a digit open: the last one that has any. */
    get answerWithTargets() {
        return this.commandAnswers.findLast(({ links, offers }) => links.length || offers.length);
    },
    /** The answer whose line Alt and 0 take back: the last one, unless leaving came later. */
    get answerToUndo() {
        const { rejoinKey } = this.store;
        return rejoinKey ? undefined : this.commandAnswers.findLast(({ canUndo }) => canUndo);
    },
    /** @returns {string} as the operator knows the visitor */
    get visitorName() {
        const persona = this.livechatVisitorMember?.persona;
        return (persona && this.getPersonaName(persona)) || _t("the visitor");
    },
    get isInDiscuss() {
        return this.store.discuss.isActive && this.eq(this.store.discuss.thread);
    },
    /** @override a line that is being answered when the conversation goes away left it */
    onPinStateUpdated() {
        const wasShown = this.isInDiscuss;
        super.onPinStateUpdated();
        const isGone = wasShown && !this.isInDiscuss;
        if (isGone && this.commandAnswers.some(({ status }) => status === "waiting")) {
            leaveForNextLivechat(this);
        }
    },
    get composerDisabled() {
        return super.composerDisabled && !this.is_command_only;
    },
    /** @override the mark with which the server lets a text pass that looks like a command */
    get rpcParams() {
        return this.isSentAsTyped ? { ...super.rpcParams, send_as_typed: true } : super.rpcParams;
    },
});

function restoreOnce(thread) {
    if (!thread.areAnswersRestored) {
        thread.areAnswersRestored = true;
        restoreAnswers(thread, thread.livechat_command_answers);
    }
}
