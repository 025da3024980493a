import { getCannedResponseRows } from "@livechat_command/core/web/canned_response_rows";
import { getCommandRows } from "@livechat_command/core/web/command_rows";
import { getEmojiRows, isEmojiName } from "@livechat_command/core/web/emoji_rows";
import { getOdooCommands } from "@livechat_command/core/web/odoo_commands";
import { appendRows } from "@livechat_command/core/web/row";
import { fold } from "@livechat_command/core/web/syntax";
import { findTrigger, isTermTelling } from "@livechat_command/core/web/trigger";

import { UseSuggestion } from "@mail/core/common/suggestion_hook";

import { loadEmoji } from "@web/core/emoji_picker/emoji_picker";
import { patch } from "@web/core/utils/patch";

export const ROWS = "livechat_command.rows";

patch(UseSuggestion.prototype, {
    /** Whether lists here are ours; the HTML composer keeps Odoo's, and gets the guard. */
    get hasOwnLists() {
        return Boolean(this.thread?.areCommandsLoaded && !this.comp.composerService.htmlEnabled);
    },
    get hasSingleColon() {
        return (
            this.thread.isVisitorThread && this.composer.store.livechat_command.is_single_colon
        );
    },
    /** @returns {string} the same as long as the list is about the same thing */
    get rowListKey() {
        const { delimiter, position, term } = this.search;
        return this.guard ? `guard ${this.guard.count}` : `${delimiter}${position} ${term}`;
    },

    /** @override */
    detect() {
        if (this.guard && this.guard.text === this.comp.commandText) {
            return;
        }
        this.guard = undefined;
        this.isOwnSearch = false;
        if (!this.hasOwnLists) {
            return super.detect();
        }
        const { selection, composerText: text } = this.composer;
        const trigger =
            selection.start === selection.end &&
            findTrigger(text, selection.start, {
                hasCommands: !this.composer.message,
                hasSingleColon: this.hasSingleColon,
            });
        if (trigger) {
            this.isOwnSearch = true;
            Object.assign(this.search, trigger);
            this.loadSuppliers();
            this.update();
            this.state.count++;
            return;
        }
        super.detect();
        const own = this.hasSingleColon ? ["/", "::", ":"] : ["/", "::"];
        const isCommandLine = /^\/(?!\/)/.test(text) && !text.slice(0, selection.start).includes("\n");
        if (own.includes(this.search.delimiter) || isCommandLine) {
            this.clearSearch();
        }
    },
    /** @override */
    update() {
        if (this.guard) {
            this.state.items = { type: ROWS, suggestions: this.guard.rows };
        } else if (this.isOwnSearch) {
            const shown = this.shownKey === this.rowListKey ? this.state.items?.suggestions : [];
            this.shownKey = this.rowListKey;
            const rows = appendRows(shown ?? [], this.getRows());
            this.state.items = rows.length ? { type: ROWS, suggestions: rows } : undefined;
        } else {
            super.update();
        }
    },
    /** @override ours are loaded when the trigger is typed, without a delay */
    async fetchSuggestions() {
        if (!this.isOwnSearch && !this.guard) {
            return super.fetchSuggestions();
        }
    },
    getRows() {
        const { delimiter, term } = this.search;
        const rows =
            delimiter === "/"
                ? this.getCommandRows(term)
                : [...this.getCannedResponseRows(term), ...getEmojiRows(term, this.emojis)];
        if (!isTermTelling(this.search)) {
            rows.forEach((row) => (row.isPrefixMatch = false));
        }
        return rows;
    },
    getCommandRows(term) {
        const { store } = this.composer;
        return getCommandRows(
            term,
            [...this.thread.livechat_commands, ...getOdooCommands(this.thread)],
            (command) => (command.id ? store.getCommandUse(command) : 0)
        );
    },
    getCannedResponseRows(term) {
        const { store } = this.composer;
        return getCannedResponseRows(term, {
            responses: Object.values(store["mail.canned.response"].records),
        });
    },

    // ------------------------------------------------------------
    // Loading
    // ------------------------------------------------------------

    get emojis() {
        return this.suggestionService.emojis ?? [];
    },
    /**
     * @returns {Promise<void>} resolved when canned responses and emoji are there, or cannot
     *  be had: the list then does without
     */
    loadSuppliers() {
        const { store } = this.composer;
        if (this.search.delimiter === "/" && this.isOwnSearch) {
            return Promise.resolve();
        }
        this.loading ??= Promise.allSettled([
            store.cannedReponses.fetch(),
            loadEmoji().then(({ emojis }) => (this.suggestionService.emojis = emojis)),
        ]).then(() => {
            this.areSuppliersLoaded = true;
            if (this.isOwnSearch) {
                this.update();
            }
        });
        return this.loading;
    },
    /** Whether an Enter should wait: the row that it would take may still be loading. */
    get isAwaited() {
        return (
            this.isOwnSearch &&
            this.search.delimiter !== "/" &&
            !this.areSuppliersLoaded &&
            isTermTelling({ ...this.search, delimiter: ":" })
        );
    },
    /**
     * @param {string} word
     * @returns {boolean} whether an emoji or a canned response has this name
     */
    isKnownShortcut(word) {
        const { store } = this.composer;
        return (
            isEmojiName(word, this.emojis) ||
            Object.values(store["mail.canned.response"].records).some(
                ({ source }) => fold(source ?? "") === fold(word)
            )
        );
    },

    // ------------------------------------------------------------
    // Guard
    // ------------------------------------------------------------

    /**
     * List what can be done with a text that was held back.
     *
     * @param {string} text
     * @param {import("@livechat_command/core/web/row").Row[]} rows
     */
    showGuard(text, rows) {
        this.clearSearch();
        this.isOwnSearch = false;
        this.guardCount = (this.guardCount ?? 0) + 1;
        this.guard = { text, rows, count: this.guardCount };
        this.update();
        this.state.count++;
    },
    clearGuard() {
        this.guard = undefined;
        this.clearSearch();
    },
});
