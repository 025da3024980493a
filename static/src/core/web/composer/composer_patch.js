import { waitFor } from "@livechat_command/core/web/composer/composer_guard_patch";
import { useAnswerKeys } from "@livechat_command/core/web/composer/answer_keys";
import { moveDraft } from "@livechat_command/core/web/composer/draft";
import { getHint } from "@livechat_command/core/web/composer/hint";
import { makeRowTarget } from "@livechat_command/core/web/suggestion/row_target";
import { ROWS } from "@livechat_command/core/web/suggestion/suggestion_hook_patch";
import { SuggestionList } from "@livechat_command/core/web/suggestion/suggestion_list";
import { parse, splitFirstLine, strip } from "@livechat_command/core/web/command/syntax";

import { Composer } from "@mail/core/common/composer";

import { toRaw, useEffect } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { markEventHandled } from "@web/core/utils/misc";
import { patch } from "@web/core/utils/patch";

/** A second Enter this soon, with nothing typed between, belongs to the first. */
const DOUBLE_ENTER_TIME = 300;

// Odoo's own way to exchange a component of the composer, as its typing patch does.
patch(Composer, {
    components: { ...Composer.components, NavigableList: SuggestionList },
});

patch(Composer.prototype, {
    setup() {
        super.setup();
        this.rowTarget = makeRowTarget(this);
        useAnswerKeys(this);
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

    get isCommandOnly() {
        return Boolean(this.thread?.is_command_only);
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
            rowList: {
                key: rowListKey,
                isGuard: Boolean(guard),
                suggestion: this.suggestion,
            },
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
        if (isPlain && ["Enter", "Tab"].includes(ev.key) && this.takeUndrawnRow(ev)) {
            return;
        }
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
            this.showSelection();
        }
    },
    isDoubleEnter(ev) {
        return Boolean(
            this.lastRun &&
            this.lastRun.draft === this.commandText &&
            (ev.repeat || Date.now() - this.lastRun.time < DOUBLE_ENTER_TIME)
        );
    },
    /** Take what the list will highlight, if the key came before the list was drawn. */
    takeUndrawnRow(ev) {
        this.suggestion.catchUp();
        const row = !this.suggestion.isRowListClosed && this.suggestion.highlightedRow;
        if (row) {
            ev.preventDefault();
            ev.stopPropagation();
            row.onTake(this.rowTarget, ev.key.toLowerCase());
        }
        return Boolean(row);
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
        await waitFor(this.suggestion.loadSuppliers());
        if (this.commandText !== text) {
            return;
        }
        this.suggestion.update(); // with what came until now
        const row = this.suggestion.highlightedRow;
        if (row) {
            row.onTake(this.rowTarget, "enter");
        } else if (this.message) {
            this.editMessage();
        } else {
            this.sendMessage();
        }
    },
});
