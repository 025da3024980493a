import { findBlanks } from "@livechat_command/core/web/canned_responses/placeholders";
import { getMissingFilesHint } from "@livechat_command/core/web/canned_responses/response_files";
import { isPrivate } from "@livechat_command/core/web/command/slip";
import { parse } from "@livechat_command/core/web/command/syntax";
import { ComposerKeys } from "@livechat_command/core/web/composer/composer_keys";
import { ComposerSender } from "@livechat_command/core/web/composer/composer_sender";
import {
    getTextOfHtml,
    moveDraft,
    showSelection,
} from "@livechat_command/core/web/composer/composer_text";
import { getBlankHint, getHint } from "@livechat_command/core/web/composer/hint";
import { findNextLivechat } from "@livechat_command/core/web/composer/next_livechat";
import { makeRowTarget } from "@livechat_command/core/web/suggestion/row_target";

import { toRaw } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { markEventHandled } from "@web/core/utils/misc";

/**
 * What a composer does beyond Odoo's: what is in it, what is shown, what is typed; its keys
 * and what becomes of its text are objects of their own. No hooks: `composer_patch.js` binds
 * one to each of Odoo's composers.
 */
export class CommandComposer {
    /** @param {import("@mail/core/common/composer").Composer} component */
    constructor(component) {
        this.component = component;
        this.keys = new ComposerKeys(this);
        this.sender = new ComposerSender(this);
        /** @type {import("@livechat_command/core/web/suggestion/row").RowTarget} */
        this.rowTarget = makeRowTarget(this);
        /** @type {string} text before the key that was pressed last */
        this.lastText = "";
    }

    // ------------------------------------------------------------
    // What is there
    // ------------------------------------------------------------

    get composer() {
        return this.component.props.composer;
    }
    get thread() {
        return this.component.thread;
    }
    get store() {
        return this.component.store;
    }
    /** @returns {import("@livechat_command/core/web/suggestion/row_list").RowList} */
    get rowList() {
        return this.component.suggestion.rowList;
    }
    get isHtml() {
        return !!this.component.composerService.htmlEnabled;
    }
    /** @returns {string} what was typed, with all its lines */
    get text() {
        const { composerHtml, composerText } = this.composer;
        return this.isHtml ? getTextOfHtml(composerHtml) : composerText;
    }
    /** Whether the server said what may be run here; until then all stays Odoo's. */
    get isReady() {
        return !!this.thread?.areCommandsLoaded;
    }
    /** Whether a visitor may be reading, and the user is one who could run commands. */
    get isGuarded() {
        return !!(this.thread?.isVisitorThread && this.store.canRunCommands);
    }
    /** Whether keys have another meaning than Odoo's beyond the list. */
    get hasOwnKeys() {
        return !!this.store.livechat_command && this.isGuarded && !this.isHtml;
    }
    /** @returns {Set<string>} folded names of all commands */
    get names() {
        return new Set(this.store.livechat_command?.names);
    }
    /** @returns {{ label: string }[]} what is still to be filled in */
    get blanks() {
        return findBlanks(this.composer.composerText);
    }
    /** @returns {{ label: string } | undefined} the one that is selected, or comes next */
    get blank() {
        const { blanks, composer } = this;
        return blanks.find(({ end }) => end > composer.selection.start) ?? blanks[0];
    }

    // ------------------------------------------------------------
    // What is shown
    // ------------------------------------------------------------

    /** Whether there is a keyboard: of keys that are not there nothing is said. */
    get hasKeys() {
        return !this.component.isMobileOS;
    }
    get placeholder() {
        const { component, isReady, thread } = this;
        if (component.props.placeholder || component.message || !isReady) {
            return "";
        }
        if (thread.is_command_only) {
            return _t("Type / for a command");
        }
        return this.hasOwnKeys ? this.signs : "";
    }
    /** @returns {string} what can be typed into an empty composer */
    get signs() {
        const colon = this.store.livechat_command.is_single_colon ? ":" : "::";
        return this.hasKeys && findNextLivechat(this.thread)
            ? _t("Tab next chat · / act · %(colon)s answer", { colon })
            : _t("/ act · %(colon)s answer", { colon });
    }
    /** The line has its place before there is a hint: the conversation does not jump. */
    get hasHintLine() {
        return (this.isGuarded && this.isReady) || this.hint.length > 0;
    }
    /** @returns {import("@livechat_command/core/web/composer/hint").HintPart[]} */
    get hint() {
        const { thread } = this;
        const { missingFiles } = this.composer;
        if (missingFiles.length) {
            return getMissingFilesHint(missingFiles).map((text, index) => ({
                text,
                tone: index ? "muted" : "main",
            }));
        }
        const { blank } = this;
        if (blank) {
            return getBlankHint(blank.label, this);
        }
        if (!this.isReady || (this.component.message && !this.rowList.guard)) {
            return [];
        }
        return getHint(this.text, {
            alikeHint: this.rowList.state.alike?.hint,
            commands: thread.livechat_commands,
            delimiter: this.rowList.search.delimiter,
            hasHighlight: this.rowList.highlightedRow,
            hasKeys: this.hasKeys,
            hasRows: this.rowList.hasRows,
            hints: thread.livechat_command_hints,
            isAsked: this.askedCount > 0,
            isClosed: this.rowList.isClosed,
            isCommandOnly: thread.is_command_only,
            isHeld: this.rowList.guard,
            isVisitorThread: thread.isVisitorThread,
            title: thread.livechat_command_title,
            tokenNames: this.rowList.tokenNames,
            visitor: thread.visitorName,
        });
    }
    /** @returns {number} how often Enter was pressed on this line although it lacks something */
    get askedCount() {
        const asked = this.rowList.state.asked;
        return asked?.text === this.text ? asked.count : 0;
    }
    get hintIcon() {
        if (this.blanks.length) {
            return "fa-pencil";
        }
        if (this.rowList.guard) {
            return "fa-hand-paper-o";
        }
        const command = parse(this.text);
        const isSeen = !command || this.thread?.findCommand(command.name)?.is_seen;
        return isSeen ? "fa-comment-o" : "fa-eye-slash";
    }
    /** A tap on the hint does what Tab does, where there is no such key. */
    onClickHint(hint) {
        const { tap } = hint.find((part) => part.tap) ?? {};
        if (tap === "blank") {
            this.keys.goToNextBlank();
        } else if (tap === "title") {
            this.keys.offerTitle();
            this.component.ref.el?.focus();
        }
    }
    getListProps(odooProps) {
        if (!this.rowList.hasRows) {
            return odooProps;
        }
        return {
            ...odooProps,
            isLoading: false,
            onSelect: (ev, row, { key = "click" } = {}) => {
                markEventHandled(ev, "composer.selectSuggestion");
                row.onTake(this.rowTarget, key);
            },
            options: this.rowList.rows,
            rowList: {
                key: this.rowList.key,
                isGuard: !!this.rowList.guard,
                list: this.rowList,
            },
        };
    }
    showSelection() {
        showSelection(this.component);
    }

    // ------------------------------------------------------------
    // Typing
    // ------------------------------------------------------------

    async onFocusin() {
        const { thread } = this;
        await thread?.fetchCommands();
        if (thread?.isVisitorThread && this.isReady) {
            // The first list is there before it is asked for, also without network.
            this.store.cannedResponseCache.load(thread.id);
        }
    }
    onInput() {
        this.store.lastRunTime = 0;
        if (!this.isReady || this.isHtml) {
            return;
        }
        const { el } = this.component.ref;
        const text = el?.value ?? toRaw(this.composer).composerText;
        const moved = !this.component.message && moveDraft(this.lastText, text);
        if (moved) {
            // The input itself first: Odoo reads the selection from it after this handler.
            el.value = moved.text;
            el.setSelectionRange(moved.cursor, moved.cursor);
            this.composer.composerText = moved.text;
        }
        if (text === "/") {
            // What the hints say (which tickets are there, who is left) may have changed.
            this.thread.fetchCommands({ force: true });
        }
        this.lastText = moved?.text ?? text;
    }
    /** Whether nobody should know that something is typed: it is a command or a slip. */
    get isTypingPrivate() {
        const { text } = this;
        if (!text) {
            return false;
        }
        if (this.isGuarded) {
            return isPrivate(text, this.names, this.rowList.source.shortcuts);
        }
        return this.isReady && !!parse(text);
    }
}
