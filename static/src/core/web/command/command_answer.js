import { takeTarget } from "@livechat_command/core/web/command/answer_targets";
import { requestAnswer, undo } from "@livechat_command/core/web/command/run_line";

import { Thread } from "@mail/core/common/thread";

import { Component, useEffect, useRef, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";

/**
 * The line that was run and its answer, in the conversation of this operator alone.
 */
export class CommandAnswer extends Component {
    static template = "livechat_command.CommandAnswer";
    static props = { answer: Object };

    setup() {
        super.setup();
        this.store = useService("mail.store");
        this.body = useRef("body");
        this.state = useState({ isLong: false });
        useEffect(
            () => {
                const { el } = this.body;
                el?.querySelectorAll("a[href]").forEach((link, index) => {
                    if (index < 9) {
                        link.dataset.key = index + 1;
                    }
                });
                this.state.isLong = !!el && el.scrollHeight > el.clientHeight + 2;
                // The conversation stays at its end while the answer grows.
                this.env.onImageLoaded?.();
            },
            () => [this.answer.status, `${this.answer.body}`, `${this.answer.historyBody}`]
        );
    }

    get answer() {
        return this.props.answer;
    }

    /** Whether Alt and a digit open what is in this answer, not in a later one. */
    get hasHotkeys() {
        return this.answer.eq(this.answer.thread.answerWithTargets);
    }

    /** Whether Alt and 0 take back what this answers to, not what a later one does. */
    get hasUndoKey() {
        return this.answer.eq(this.answer.thread.answerToUndo);
    }

    /** Whether Alt and the arrows fold and dismiss this answer, not a later one. */
    get isLast() {
        return this.answer.eq(this.answer.thread.commandAnswers.at(-1));
    }

    /** Nothing that has a key is folded away. */
    get isFolded() {
        return this.answer.isFolded && !this.answer.links.length;
    }

    get dismissTitle() {
        return this.isLast ? _t("Dismiss (Alt+Up)") : _t("Dismiss");
    }

    getOfferNumber(index) {
        return this.answer.links.length + index + 1;
    }

    onClickOffer(index) {
        takeTarget(this.answer, this.getOfferNumber(index));
    }

    onClickUndo() {
        undo(this.answer);
    }

    onClickFold() {
        this.answer.isFolded = !this.answer.isFolded;
    }

    get canEdit() {
        return !this.answer.thread.composer.composerText;
    }

    get cannotEditText() {
        return _t("The composer is not empty: send or delete its text first.");
    }

    onClickRetry() {
        requestAnswer(this.answer);
        this.focusComposer();
    }

    /** Put the line back for another try: a new line, so a new request. */
    onClickEdit() {
        const { composer } = this.answer.thread;
        const { line } = this.answer;
        this.focusComposer();
        this.answer.dismiss();
        composer.insertText(line, 0);
    }

    onClickDismiss() {
        this.focusComposer();
        this.answer.dismiss();
    }

    onClickBody(ev) {
        this.store.handleClickOnLink(ev, this.answer.thread);
    }

    focusComposer() {
        this.answer.thread.composer.autofocus++;
    }
}

patch(Thread, {
    components: { ...Thread.components, CommandAnswer },
});
