import { leaveForNextLivechat } from "@livechat_command/core/web/composer/next_livechat";

import { fields } from "@mail/core/common/record";
import { Thread } from "@mail/core/common/thread_model";

import { patch } from "@web/core/utils/patch";

// What a conversation says of its composer.
patch(Thread.prototype, {
    setup() {
        super.setup(...arguments);
        /** The conversation has ended; the composer takes commands only. */
        this.is_command_only = false;
        /** Set while a text is sent that looks like a command, as the operator chose. */
        this.isSentAsTyped = false;
        // An ended conversation has no composer whose focus could ask.
        this.isEndedAndShown = fields.Attr(false, {
            compute() {
                const isEnded = this.livechat_end_dt && this.isDisplayed;
                return Boolean(isEnded && this.store.canRunCommands);
            },
            onUpdate() {
                if (this.isEndedAndShown) {
                    this.fetchCommands({ force: true });
                }
            },
            eager: true,
        });
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
    get composerDisabledText() {
        return this.is_command_only ? "" : super.composerDisabledText;
    },
    /** @override the mark with which the server lets a text pass that looks like a command */
    get rpcParams() {
        return this.isSentAsTyped ? { ...super.rpcParams, send_as_typed: true } : super.rpcParams;
    },
});
