import {
    areFilesAwaited,
    sendWithFiles,
} from "@livechat_command/core/web/canned_responses/response_files";
import { getOdooCommands } from "@livechat_command/core/web/command/odoo_commands";
import { submitLine } from "@livechat_command/core/web/command/run_line";
import { parse, splitFirstLine } from "@livechat_command/core/web/command/syntax";
import { setText } from "@livechat_command/core/web/composer/composer_text";
import { isHeldByServer } from "@livechat_command/core/web/composer/held_service";
import { judge, waitFor } from "@livechat_command/core/web/composer/send_or_hold";
import { getGuardRows } from "@livechat_command/core/web/suggestion/guard_rows";

import { toRaw } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";

/** What begins so is worth waiting for what decides whether it is a slip. */
const MAY_BE_SLIP = /^(?:[^\p{L}\p{N}]|[67])/u;

/** What becomes of a text, by Enter or by a button: sent, run, or held. */
export class ComposerSender {
    /** @param {import("@livechat_command/core/web/composer/command_composer").CommandComposer} command */
    constructor(command) {
        this.command = command;
        /** @type {import("models").Composer | undefined} whose text is sent as it was typed */
        this.composerSentAsTyped = undefined;
    }
    get component() {
        return this.command.component;
    }
    /** Whether the operator chose so, for the text that is in this composer. */
    get isSentAsTyped() {
        return this.composerSentAsTyped === toRaw(this.command.composer);
    }

    /** @param {() => Promise<void>} sendByOdoo */
    async send(sendByOdoo) {
        if (this.component.message) {
            return sendByOdoo(); // which edits
        }
        // What a second press would send may be the draft, or a reply that nobody has read.
        if (this.command.store.isJustRun || this.isHeldByBlank()) {
            return;
        }
        return this.judgeAndAct(sendByOdoo);
    }
    /**
     * Send what is no command, with the files that its canned responses promise.
     *
     * @param {() => Promise<void>} sendByOdoo
     */
    async sendWithFiles(sendByOdoo) {
        const composer = toRaw(this.command.composer);
        const { thread } = this.command;
        const send = this.isSentAsTyped ? () => thread.sendAsTyped(sendByOdoo) : sendByOdoo;
        if (!areFilesAwaited(composer)) {
            return send();
        }
        return sendWithFiles(this.command.composer, {
            send,
            // What is there then is looked at again.
            sendAgain: () => this.sendOrEdit(),
            isShown: () => toRaw(this.command.composer) === composer,
            show: () => this.command.showSelection(),
        });
    }
    sendOrEdit() {
        return this.component.message ? this.component.editMessage() : this.component.sendMessage();
    }
    /** @param {() => Promise<void>} editByOdoo */
    async edit(editByOdoo) {
        if (this.component.askDeleteFromEdit) {
            return editByOdoo();
        }
        if (this.isHeldByBlank()) {
            return;
        }
        try {
            await this.judgeAndAct(editByOdoo);
        } catch (error) {
            if (!isHeldByServer(error)) {
                throw error;
            }
            this.component.state.active = true;
            this.hold();
        }
    }
    /** Send a text that looks like a command, because the operator chose so. */
    async sendAsTyped() {
        this.command.rowList.clearGuard();
        this.composerSentAsTyped = toRaw(this.command.composer);
        try {
            await this.sendOrEdit();
        } finally {
            this.composerSentAsTyped = undefined;
        }
    }
    isHeldByBlank() {
        if (!this.command.keys.goToNextBlank()) {
            return false;
        }
        const { blank } = this.command;
        this.component.env.services.notification.add(
            _t("Fill in “%(blank)s” before you send this.", { blank: blank.label }),
            { type: "warning" }
        );
        return true;
    }
    async judgeAndAct(sendByOdoo) {
        if (this.isSentAsTyped) {
            return sendByOdoo();
        }
        const { text } = this.command;
        await this.loadBeforeJudging();
        // What came into the composer meanwhile is no part of what was to be sent.
        return text === this.command.text && this.act(sendByOdoo);
    }
    /** Do what becomes of the text that is in the composer now. */
    act(sendByOdoo) {
        const { action, line } = this.judge();
        switch (action) {
            case "run":
                return this.runLine(line);
            case "ask":
                return this.askForArgument(line);
            case "hold":
                return this.hold();
            default:
                return sendByOdoo();
        }
    }
    /** Wait, where a text may be a slip, for what decides whether it is one. */
    async loadBeforeJudging() {
        const { isGuarded, rowList, text, thread } = this.command;
        if (!isGuarded || !MAY_BE_SLIP.test(text)) {
            return;
        }
        const loading = [
            !thread.areCommandsLoaded && thread.fetchCommands(),
            rowList.source.loadShortcuts(text),
        ].filter(Boolean);
        if (loading.length) {
            await waitFor(Promise.all(loading));
        }
    }
    /** @returns {import("@livechat_command/core/web/composer/send_or_hold").Verdict} */
    judge() {
        const { isReady, names, rowList, text, thread } = this.command;
        if (!isReady) {
            return { action: "send" };
        }
        const odooNames = getOdooCommands(thread).map(({ name }) => name);
        return judge(text, {
            canRun: (name) => thread.findCommand(name) || odooNames.includes(name),
            needsArgument: (name) => thread.findCommand(name)?.needs_argument,
            isCommandOnly: thread.is_command_only,
            isEditing: !!this.component.message,
            isVisitorThread: thread.isVisitorThread,
            names,
            shortcuts: rowList.source.shortcuts,
        });
    }

    /** Leave the text where it is, and list what can be done with it. */
    hold() {
        const { rowList, text, thread } = this.command;
        if (!text.trim()) {
            return;
        }
        const rows = getGuardRows(text, {
            canSend: !thread.is_command_only || this.component.message,
            commands: thread.livechat_commands,
            insertion: rowList.source.findInsertion(text),
            visitor: thread.visitorName,
        });
        rowList.showGuard(text, rows);
        this.component.ref.el?.focus();
    }
    /** The server refused what this composer sent, and the text is back in it. */
    onHeldByServer(held) {
        // In the Inbox a reply is written in the mailbox's composer, where the text is not.
        if (held.thread.composer.eq(this.command.composer) && !held.isShown) {
            held.isShown = true;
            this.command.showSelection();
            this.hold();
        }
    }

    /**
     * Keep a line that lacks something, ready for it, and say what is expected.
     *
     * @param {string} line the composer's first
     */
    askForArgument(line) {
        const { draft } = splitFirstLine(this.command.text);
        const asking = `${line.trimEnd()} `;
        if (this.command.isHtml) {
            this.component.ref.el?.focus(); // the editor keeps its own text
        } else {
            setText(this.component, draft ? `${asking}\n${draft}` : asking, asking.length);
        }
        const { rowList, text } = this.command;
        rowList.clearGuard();
        rowList.state.asked = { text, count: (rowList.state.asked?.count ?? 0) + 1 };
    }
    /**
     * Run a command in place of the composer's first line.
     *
     * @param {string} line
     */
    runLine(line) {
        const { thread } = this.command;
        if (this.component.message) {
            // A message being edited stays as it was sent.
            this.component.props.onDiscardCallback?.();
        } else {
            this.takeFirstLine();
        }
        if (this.command.composer.thread?.notEq(thread)) {
            thread.open({ focus: true }); // from the Inbox: the answer is in the conversation
        }
        const { name } = parse(line);
        if (thread.findCommand(name)) {
            submitLine(thread, line);
        } else {
            const { entry } = getOdooCommands(thread).find((command) => command.name === name);
            thread.executeCommand(entry, line);
        }
        this.component.props.onPostCallback?.();
    }
    /** Only the command's line goes: the draft below it, files and reply stay. */
    takeFirstLine() {
        // A slip, which is run as mended, may stand below empty lines.
        const { draft } = splitFirstLine(this.command.text.trimStart());
        this.command.rowList.clearGuard();
        setText(this.component, draft);
        this.command.store.lastRunTime = Date.now();
        this.component.saveContent();
        this.component.stopTyping();
        this.component.ref.el?.focus();
    }
}
