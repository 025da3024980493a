import { getGuardRows } from "@livechat_command/core/web/suggestion/guard_rows";
import { judge } from "@livechat_command/core/web/composer/judge";
import { getOdooCommands } from "@livechat_command/core/web/command/odoo_commands";
import {
    getLoneShortcut,
    parse,
    splitFirstLine,
    strip,
} from "@livechat_command/core/web/command/syntax";

import { Composer } from "@mail/core/common/composer";

import { toRaw } from "@odoo/owl";

import { browser } from "@web/core/browser/browser";
import { createDocumentFragmentFromContent } from "@web/core/utils/html";
import { patch } from "@web/core/utils/patch";

/** How long, in milliseconds, an Enter waits for what decides about it. */
export const PATIENCE = { delay: 1000 };

/** The HTML composer's paragraphs are lines too, which Odoo's own plain text forgets. */
function getEditorText(html) {
    const { body } = createDocumentFragmentFromContent(html);
    body.querySelectorAll("br").forEach((br) => br.replaceWith("\n"));
    const blocks = [...body.children];
    return blocks.length ? blocks.map((el) => el.textContent).join("\n") : body.textContent;
}

/**
 * @param {Promise} loading
 * @returns {Promise<void>} resolved when `loading` is, after a second at the latest
 */
export function waitFor(loading) {
    return Promise.race([
        loading,
        new Promise((resolve) => browser.setTimeout(resolve, PATIENCE.delay)),
    ]);
}

// What becomes of a text when it is sent, by Enter or by a button.
patch(Composer.prototype, {
    /** @returns {string} what was typed, with all its lines */
    get commandText() {
        const { composerHtml, composerText } = this.props.composer;
        return this.composerService.htmlEnabled ? getEditorText(composerHtml) : composerText;
    },
    /** Whether a visitor may be reading, and the user is one who could run commands. */
    get isGuarded() {
        return Boolean(this.thread?.isVisitorThread && this.thread.store.canRunCommands);
    },
    /** @override */
    async sendMessage() {
        if (this.props.composer.message) {
            return super.sendMessage(...arguments);
        }
        await this.loadBeforeJudging();
        return this.actOn(this.judgeText(), () => super.sendMessage(...arguments));
    },
    /** @override */
    async editMessage() {
        if (this.askDeleteFromEdit) {
            return super.editMessage(...arguments);
        }
        await this.loadBeforeJudging();
        return this.actOn(this.judgeText(), () => super.editMessage(...arguments));
    },
    /** Wait, where a text looks like a command, for what decides whether it is one. */
    async loadBeforeJudging() {
        const text = strip(this.commandText);
        const shortcut = getLoneShortcut(text);
        if (!this.isGuarded || !(text.startsWith("/") || shortcut)) {
            return;
        }
        const loading = [];
        if (!this.thread.areCommandsLoaded) {
            loading.push(this.thread.fetchCommands());
        }
        if (shortcut && !this.suggestion.areSuppliersLoaded(shortcut)) {
            loading.push(this.suggestion.loadSuppliers(shortcut));
        }
        if (loading.length) {
            await waitFor(Promise.all(loading));
        }
    },
    /** @returns {import("@livechat_command/core/web/composer/judge").Verdict} */
    judgeText() {
        const { thread } = this;
        if (!thread?.areCommandsLoaded) {
            return { action: "send" };
        }
        const odooNames = getOdooCommands(thread).map(({ name }) => name);
        return judge(this.commandText, {
            canRun: (name) => Boolean(thread.findCommand(name)) || odooNames.includes(name),
            isCommandOnly: thread.is_command_only,
            isEditing: Boolean(this.message),
            isKnownShortcut: (word) => this.suggestion.isKnownShortcut(word),
            isVisitorThread: thread.isVisitorThread,
            names: new Set(this.store.livechat_command.names),
        });
    },
    actOn(verdict, send) {
        switch (verdict.action) {
            case "run":
                return this.runLine(verdict.line);
            case "hold":
                return this.holdText();
            default:
                return verdict.isMarked ? this.withMark(send) : send();
        }
    },
    holdText() {
        const text = this.commandText;
        if (!text.trim()) {
            return;
        }
        const rows = getGuardRows(strip(text), {
            canSend: !this.thread.is_command_only,
            commands: this.thread.livechat_commands,
            visitor: this.thread.visitorName,
        });
        this.suggestion.showGuard(text, rows);
        this.ref.el?.focus();
    },
    /**
     * Run a command in place of the composer's first line. Only that line goes: the draft
     * below it, files and reply stay.
     *
     * @param {string} line
     */
    runLine(line) {
        const { composer } = this.props;
        const { thread } = this;
        if (this.message) {
            // A message being edited stays as it was sent.
            this.props.onDiscardCallback?.();
        } else {
            const { draft } = splitFirstLine(this.commandText);
            this.suggestion.clearGuard();
            composer.composerText = draft;
            Object.assign(composer.selection, { start: draft.length, end: draft.length });
            composer.forceCursorMove = true;
            this.showSelection();
            this.lastRun = { draft, time: Date.now() };
            this.saveContent();
            this.stopTyping();
            this.ref.el?.focus();
        }
        const { name } = parse(line);
        if (thread.findCommand(name)) {
            thread.runCommandLine(line);
        } else {
            const { entry } = getOdooCommands(thread).find((command) => command.name === name);
            thread.executeCommand(entry, line);
        }
        this.props.onPostCallback?.();
    },
    /** @override what is typed next must not follow what was just sent */
    clear() {
        super.clear(...arguments);
        this.showSelection();
    },
    /** Show text and selection without waiting for the next frame: keys come faster. */
    showSelection() {
        const { el } = this.ref;
        if (el && !this.composerService.htmlEnabled) {
            const { composerText, selection } = this.props.composer;
            el.value = composerText;
            el.setSelectionRange(selection.start, selection.end);
        }
    },
    /** Send a text that looks like a command, because the operator chose so. */
    async sendAsTyped() {
        this.suggestion.clearGuard();
        await this.withMark(() => (this.message ? super.editMessage() : super.sendMessage()));
    },
    async withMark(send) {
        const thread = toRaw(this.thread);
        thread.isSentAsTyped = true;
        try {
            await send();
        } finally {
            thread.isSentAsTyped = false;
        }
    },
});
