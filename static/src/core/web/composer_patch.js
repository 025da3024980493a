import { moveDraft } from "@livechat_command/core/web/draft";
import { getGuardRows } from "@livechat_command/core/web/guard_rows";
import { getHint } from "@livechat_command/core/web/hint";
import { judge } from "@livechat_command/core/web/judge";
import { getOdooCommands } from "@livechat_command/core/web/odoo_commands";
import { getInitialHighlight } from "@livechat_command/core/web/row";
import { makeRowTarget } from "@livechat_command/core/web/row_target";
import { ROWS } from "@livechat_command/core/web/suggestion_hook_patch";
import { SuggestionList } from "@livechat_command/core/web/suggestion_list";
import { getLoneShortcut, parse, splitFirstLine, strip } from "@livechat_command/core/web/syntax";

import { Composer } from "@mail/core/common/composer";

import { toRaw, useEffect } from "@odoo/owl";

import { browser } from "@web/core/browser/browser";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";
import { createDocumentFragmentFromContent } from "@web/core/utils/html";
import { markEventHandled } from "@web/core/utils/misc";
import { patch } from "@web/core/utils/patch";

/** How long an Enter waits for a list that still loads. */
const LOADING_TIMEOUT = 1000;
/** A second Enter this soon, with nothing typed between, belongs to the first. */
const DOUBLE_ENTER_TIME = 300;

/** The HTML composer's paragraphs are lines too, which Odoo's own plain text forgets. */
function getEditorText(html) {
    const { body } = createDocumentFragmentFromContent(html);
    body.querySelectorAll("br").forEach((br) => br.replaceWith("\n"));
    const blocks = [...body.children];
    return blocks.length ? blocks.map((el) => el.textContent).join("\n") : body.textContent;
}

function timeout(delay) {
    return new Promise((resolve) => browser.setTimeout(resolve, delay));
}

// Odoo's own way to exchange a component of the composer, as its typing patch does.
patch(Composer, {
    components: { ...Composer.components, NavigableList: SuggestionList },
});

patch(Composer.prototype, {
    setup() {
        super.setup();
        this.rowTarget = makeRowTarget(this);
        for (let number = 1; number <= 9; number++) {
            useHotkey(`alt+${number}`, () => browser.open(this.answerLinks[number - 1], "_blank"), {
                area: () => this.root.el,
                bypassEditableProtection: true,
                isAvailable: () => this.answerLinks.length >= number,
            });
        }
        // What was typed before the definitions came is looked at again.
        useEffect(
            (areLoaded) => {
                if (areLoaded) {
                    this.suggestion.detect();
                }
            },
            () => [this.thread?.areCommandsLoaded, this.thread?.livechat_commands.length]
        );
    },

    // ------------------------------------------------------------
    // What is in the composer
    // ------------------------------------------------------------

    /** @returns {string} what was typed, with all its lines */
    get commandText() {
        const { composerHtml, composerText } = this.props.composer;
        return this.composerService.htmlEnabled ? getEditorText(composerHtml) : composerText;
    },
    /** Whether a visitor may be reading, and the user is one who could run commands. */
    get isGuarded() {
        return Boolean(this.thread?.isVisitorThread && this.thread.store.canRunCommands);
    },
    get isCommandOnly() {
        return Boolean(this.thread?.is_command_only);
    },
    /** @returns {string[]} addresses of the links in the last answer of this conversation */
    get answerLinks() {
        const answers = this.thread?.commandAnswers ?? [];
        return answers.findLast((answer) => answer.links.length)?.links ?? [];
    },
    /** @returns {string[]} the hint line below the composer */
    get commandHint() {
        const { thread } = this;
        if (!thread?.areCommandsLoaded || (this.message && !this.suggestion.guard)) {
            return [];
        }
        return getHint(this.commandText, {
            commands: thread.livechat_commands,
            hasRows: this.suggestion.state.items?.type === ROWS,
            hints: thread.livechat_command_hints,
            isCommandOnly: this.isCommandOnly,
            isHeld: Boolean(this.suggestion.guard),
            isVisitorThread: thread.isVisitorThread,
            title: thread.livechat_command_title,
            visitor: thread.visitorName,
        });
    },
    get commandHintIcon() {
        return this.suggestion.guard ? "fa-hand-paper-o" : "fa-eye-slash";
    },
    get placeholder() {
        return this.isCommandOnly && !this.props.placeholder
            ? _t("Type / for a command")
            : super.placeholder;
    },
    get navigableListProps() {
        const props = super.navigableListProps;
        const { guard, rowListKey, state } = this.suggestion;
        if (state.items?.type !== ROWS) {
            return props;
        }
        return {
            ...props,
            isLoading: false,
            onSelect: (ev, row, { key = "click" } = {}) => {
                markEventHandled(ev, "composer.selectSuggestion");
                row.onTake(this.rowTarget, key);
            },
            options: state.items.suggestions,
            rowList: { key: rowListKey, isGuard: Boolean(guard) },
        };
    },

    // ------------------------------------------------------------
    // Typing
    // ------------------------------------------------------------

    onFocusin() {
        super.onFocusin(...arguments);
        this.thread?.fetchCommands();
    },
    onInput(ev) {
        super.onInput(...arguments);
        if (this.thread?.areCommandsLoaded && !this.composerService.htmlEnabled) {
            this.onCommandInput();
        }
    },
    onCommandInput() {
        const composer = toRaw(this.props.composer);
        const text = this.ref.el?.value ?? composer.composerText;
        const moved = !composer.message && moveDraft(this.lastText ?? "", text);
        if (moved) {
            // The input itself first: Odoo reads the selection from it after this handler.
            this.ref.el.value = moved.text;
            this.ref.el.setSelectionRange(moved.cursor, moved.cursor);
            this.props.composer.composerText = moved.text;
        }
        if (text === "/") {
            // What the hints say (which tickets are there, who is left) may have changed.
            this.thread.fetchCommands({ force: true });
        }
        this.lastText = moved ? moved.text : text;
    },
    /** @override a command is nobody's business, also while it is typed */
    detectTyping() {
        const text = strip(this.commandText);
        const isPrivate = this.isGuarded || this.thread?.areCommandsLoaded;
        if (isPrivate && text.startsWith("/") && !text.startsWith("//")) {
            this.stopTyping();
            return;
        }
        super.detectTyping(...arguments);
    },

    // ------------------------------------------------------------
    // Keys
    // ------------------------------------------------------------

    onKeydown(ev) {
        this.lastText = this.commandText;
        if (!this.thread?.areCommandsLoaded || ev.isComposing) {
            return super.onKeydown(ev);
        }
        const isPlain = !(ev.shiftKey || ev.ctrlKey || ev.altKey || ev.metaKey);
        if (isPlain && ev.key === "Tab" && this.commandText) {
            // A text is never left by accident.
            ev.preventDefault();
            ev.stopPropagation();
            this.offerTitle();
            return;
        }
        if (isPlain && ev.key === "Enter" && (this.isDoubleEnter(ev) || this.isEnterAwaited())) {
            ev.preventDefault();
            return;
        }
        super.onKeydown(ev);
        if (ev.key === "Escape" && this.commandText && !this.message) {
            markEventHandled(ev, "Composer.discard");
        }
    },
    /** Tab on an empty title offers the visitor's first sentence. */
    offerTitle() {
        const { composer } = this.props;
        const { line, draft } = splitFirstLine(composer.composerText);
        const command = parse(line);
        const title = this.thread.livechat_command_title;
        if (
            title &&
            /^\/\S+\s+$/.test(line) &&
            this.thread.findCommand(command.name)?.takes_title
        ) {
            const offered = line.trimEnd() + " " + title;
            composer.composerText = draft ? `${offered}\n${draft}` : offered;
            Object.assign(composer.selection, { start: offered.length, end: offered.length });
            composer.forceCursorMove = true;
        }
    },
    isDoubleEnter(ev) {
        return Boolean(
            this.lastRun &&
                this.lastRun.draft === this.commandText &&
                (ev.repeat || Date.now() - this.lastRun.time < DOUBLE_ENTER_TIME)
        );
    },
    /** An Enter on a list that still loads takes what the list will highlight. */
    isEnterAwaited() {
        if (this.isMobileOS || !this.suggestion.isAwaited) {
            return false;
        }
        this.takeOrSendWhenLoaded();
        return true;
    },
    async takeOrSendWhenLoaded() {
        const text = this.commandText;
        await Promise.race([this.suggestion.loadSuppliers(), timeout(LOADING_TIMEOUT)]);
        if (this.commandText !== text) {
            return;
        }
        const rows = this.suggestion.state.items?.suggestions ?? [];
        const id = this.suggestion.isOwnSearch && getInitialHighlight(rows);
        if (id) {
            rows.find((row) => row.id === id).onTake(this.rowTarget, "enter");
        } else if (this.message) {
            this.editMessage();
        } else {
            this.sendMessage();
        }
    },

    // ------------------------------------------------------------
    // Sending
    // ------------------------------------------------------------

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
            await Promise.race([Promise.all(loading), timeout(LOADING_TIMEOUT)]);
        }
    },
    /** @returns {import("@livechat_command/core/web/judge").Verdict} */
    judgeText() {
        const { thread } = this;
        if (!thread?.areCommandsLoaded) {
            return { action: "send" };
        }
        const odooNames = getOdooCommands(thread).map(({ name }) => name);
        return judge(this.commandText, {
            canRun: (name) => Boolean(thread.findCommand(name)) || odooNames.includes(name),
            isCommandOnly: this.isCommandOnly,
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
            canSend: !this.isCommandOnly,
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
