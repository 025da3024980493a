import { getCannedResponseRows } from "@livechat_command/core/web/canned_responses/canned_response_rows";
import { getCommandRows } from "@livechat_command/core/web/suggestion/command_rows";
import { getEmojiRows, isEmojiName } from "@livechat_command/core/web/suggestion/emoji_rows";
import { getOdooCommands } from "@livechat_command/core/web/command/odoo_commands";
import { appendRows, getInitialHighlight } from "@livechat_command/core/web/suggestion/row";
import { fold } from "@livechat_command/core/web/command/syntax";
import { findTrigger, isTermTelling } from "@livechat_command/core/web/suggestion/trigger";

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
        return this.thread.isVisitorThread && this.composer.store.livechat_command.is_single_colon;
    },
    /** @returns {string} the same as long as the list is about the same thing */
    get rowListKey() {
        const { delimiter, position, term } = this.search;
        return this.guard ? `guard ${this.guard.count}` : `${delimiter}${position} ${term}`;
    },

    /** @returns {boolean} whether Escape or a click elsewhere closed the list of now */
    get isRowListClosed() {
        return this.closedKey === this.rowListKey;
    },
    /** A list that was closed stays closed for what it was about. */
    closeRowList(key) {
        this.closedKey = key;
    },
    /**
     * Look at what was typed since the composer was drawn: a key can come sooner than that.
     *
     * @returns {string} what the list is about now
     */
    catchUp() {
        if (this.hasOwnLists) {
            this.detect();
        }
        return this.rowListKey;
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
        this.closedKey = undefined;
        super.detect();
        const own = this.hasSingleColon ? ["/", "::", ":"] : ["/", "::"];
        const isCommandLine =
            /^\/(?!\/)/.test(text) && !text.slice(0, selection.start).includes("\n");
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
    /** @returns {import("@livechat_command/core/web/suggestion/row").Row | undefined} */
    get highlightedRow() {
        const rows = (this.isOwnSearch && this.state.items?.suggestions) || [];
        const id = getInitialHighlight(rows);
        return rows.find((row) => row.id === id);
    },
    getRows() {
        const { delimiter, term } = this.search;
        const rows = delimiter === "/" ? this.getCommandRows(term) : this.getColonRows(term);
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
    /** Canned responses by shortcut, emoji, then canned responses by their text. */
    getColonRows(term) {
        const responses = getCannedResponseRows(term, this.cache.get(this.thread.id, term));
        // Emoji that came first would keep their place, and the highlight.
        const emojis = this.cache.hasAnswered(this.thread.id) ? this.emojis : [];
        return [
            ...responses.filter(({ isInText }) => !isInText),
            ...getEmojiRows(term, emojis),
            ...responses.filter(({ isInText }) => isInText),
        ];
    },

    // ------------------------------------------------------------
    // Loading
    // ------------------------------------------------------------

    get emojis() {
        return this.suggestionService.emojis ?? [];
    },
    /** @returns {import("@livechat_command/core/web/canned_responses/response_cache").CannedResponseCache} */
    get cache() {
        return this.composer.store.cannedResponseCache;
    },
    /**
     * @param {string} [term]
     * @returns {Promise<void>} resolved when canned responses and emoji are there, or cannot
     *  be had: the list then does without
     */
    loadSuppliers(term = this.search.term) {
        if (this.search.delimiter === "/" && this.isOwnSearch) {
            return Promise.resolve();
        }
        const update = () => {
            if (this.isOwnSearch) {
                this.update();
            }
        };
        return Promise.allSettled([
            this.cache.load(this.thread.id, term).then(update),
            this.loadEmojis().then(update),
        ]);
    },
    async loadEmojis() {
        if (!this.suggestionService.emojis) {
            const { emojis } = await loadEmoji();
            this.suggestionService.emojis = emojis;
        }
    },
    /** @returns {boolean} whether more can come for this term */
    areSuppliersLoaded(term = this.search.term) {
        return Boolean(this.suggestionService.emojis && this.cache.isLoaded(this.thread.id, term));
    },
    /** Responses changed: what is shown of them goes at once, and is asked anew. */
    reloadCannedResponses() {
        if (this.isOwnSearch && this.search.delimiter !== "/") {
            this.update();
            this.loadSuppliers();
        } else if (this.hasOwnLists && this.composer.isFocused) {
            this.cache.load(this.thread.id);
        }
    },
    /** Whether an Enter should wait: the row that it would take may still be loading. */
    get isAwaited() {
        return (
            this.isOwnSearch &&
            this.search.delimiter !== "/" &&
            !this.areSuppliersLoaded() &&
            isTermTelling({ ...this.search, delimiter: ":" })
        );
    },
    /**
     * @param {string} word
     * @returns {boolean} whether an emoji or a canned response has this name
     */
    isKnownShortcut(word) {
        const { responses } = this.cache.get(this.thread.id);
        return isEmojiName(word, this.emojis) || responses.some(({ key }) => key === fold(word));
    },

    // ------------------------------------------------------------
    // Guard
    // ------------------------------------------------------------

    /**
     * List what can be done with a text that was held back.
     *
     * @param {string} text
     * @param {import("@livechat_command/core/web/suggestion/row").Row[]} rows
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
