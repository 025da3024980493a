import { selectNextBlank } from "@livechat_command/core/web/canned_responses/insert_response";
import { giveUpFiles } from "@livechat_command/core/web/canned_responses/response_files";
import { takeAnswerKey } from "@livechat_command/core/web/command/answer_targets";
import { parse, splitFirstLine } from "@livechat_command/core/web/command/syntax";
import { escapeTokens } from "@livechat_command/core/web/command/tokens";
import { setText } from "@livechat_command/core/web/composer/composer_text";
import { findNextLivechat, openLivechat } from "@livechat_command/core/web/composer/next_livechat";
import { waitFor } from "@livechat_command/core/web/composer/send_or_hold";

import { isEventHandled, markEventHandled } from "@web/core/utils/misc";

/** What Enter, Tab and Escape do in a composer, beyond what the list does with them. */
export class ComposerKeys {
    /** @param {import("@livechat_command/core/web/composer/command_composer").CommandComposer} command */
    constructor(command) {
        this.command = command;
    }
    get component() {
        return this.command.component;
    }

    /**
     * @param {KeyboardEvent} ev
     * @param {() => void} askOdoo what Odoo does with the key
     */
    onKeydown(ev, askOdoo) {
        const { hasOwnKeys, text } = this.command;
        this.command.lastText = text;
        if (ev.isComposing || ev.keyCode === 229) {
            return; // it is the input method's; of its last Enter Safari tells the code alone
        }
        const isPlain = !(ev.shiftKey || ev.ctrlKey || ev.altKey || ev.metaKey);
        const isTaken = isPlain && ["Enter", "Tab"].includes(ev.key) && this.takeKey(ev);
        if (isTaken || takeAnswerKey(this.command, ev)) {
            ev.preventDefault();
            ev.stopPropagation();
            return;
        }
        if (ev.key === "Escape" && this.sendsWithoutFiles()) {
            markEventHandled(ev, "Composer.discard");
            return;
        }
        askOdoo();
        if (ev.key === "Escape" && text && hasOwnKeys && !this.component.message) {
            // A text is never left by accident.
            markEventHandled(ev, "Composer.discard");
        }
    }
    /** Escape goes on without the files that could not be attached. */
    sendsWithoutFiles() {
        const { composer } = this.command;
        const isMissing = composer.missingFiles.length && !this.component.hasSuggestions;
        if (isMissing) {
            giveUpFiles(composer);
        }
        return isMissing;
    }
    /** @returns {boolean} whether Enter or Tab was for this addon */
    takeKey(ev) {
        const { hasOwnKeys, isReady, store, text } = this.command;
        if (this.isBlankKey(ev) && this.goToNextBlank()) {
            return true;
        }
        if (isReady && this.takeUndrawnRow(ev)) {
            return true;
        }
        if (ev.key === "Tab") {
            return hasOwnKeys && (text ? this.offerTitle() : this.goToNextLivechat());
        }
        const isKeyboard = isReady && !this.component.isMobileOS;
        return isKeyboard && (ev.repeat || store.isJustRun || this.isEnterAwaited());
    }
    /**
     * Tab on an empty title offers the visitor's first sentence, in which nothing is a token:
     * visitors set no priority and name no agent. It never leaves a text.
     */
    offerTitle() {
        const { composer, thread } = this.command;
        const { line, draft } = splitFirstLine(composer.composerText);
        const title = thread.livechat_command_title;
        const command = /^\/\S+\s+$/.test(line) && thread.findCommand(parse(line).name);
        if (title && command?.takes_title) {
            const offered = `${line.trimEnd()} ${escapeTokens(title, command.tokens)}`;
            setText(this.component, draft ? `${offered}\n${draft}` : offered, offered.length);
        }
        return true;
    }
    /** Tab in an empty composer goes to another live chat, or stays where there is none. */
    goToNextLivechat() {
        const next = !this.component.message && findNextLivechat(this.command.thread);
        if (next) {
            openLivechat(next);
        }
        return true;
    }
    /** Take what the list will highlight, if the key came before the list was drawn. */
    takeUndrawnRow(ev) {
        const { rowList, rowTarget } = this.command;
        rowList.catchUp();
        const row = rowList.isClosed ? undefined : rowList.highlightedRow;
        row?.onTake(rowTarget, ev.key.toLowerCase());
        return row;
    }
    /** An Enter on a list that still loads takes what the list will highlight. */
    isEnterAwaited() {
        if (!this.command.rowList.isAwaited) {
            return false;
        }
        this.takeOrSendWhenLoaded();
        return true;
    }
    async takeOrSendWhenLoaded() {
        const { rowList, rowTarget, text } = this.command;
        await waitFor(rowList.loadSuppliers());
        if (this.command.text !== text) {
            return;
        }
        rowList.suggestion.update(); // with what came until now
        const row = rowList.highlightedRow;
        if (row) {
            row.onTake(rowTarget, "enter");
        } else {
            this.command.sender.sendOrEdit();
        }
    }

    /** In the chatter Enter and Tab are Odoo's: there the button asks for the blanks. */
    isBlankKey(ev) {
        return (
            !this.component.env.inChatter &&
            (ev.key === "Tab" || !this.component.isMobileOS) &&
            !isEventHandled(ev, "NavigableList.select")
        );
    }
    goToNextBlank() {
        if (!this.command.blanks.length) {
            return false;
        }
        this.component.ref.el?.focus();
        selectNextBlank(this.command.composer);
        this.command.showSelection();
        return true;
    }
}
