import { appendRows, getInitialHighlight } from "@livechat_command/core/web/suggestion/row";
import { RowSource } from "@livechat_command/core/web/suggestion/row_source";
import { findTokenTrigger } from "@livechat_command/core/web/suggestion/token_rows";
import { findTrigger, isTermTelling } from "@livechat_command/core/web/suggestion/trigger";

const ROWS = "livechat_command.rows";

/** @typedef {import("@livechat_command/core/web/suggestion/row").Row} Row */

/**
 * The rows above a composer: what they are about, what is in them, whether they are closed.
 * `suggestion_hook_patch.js` binds one to each of Odoo's suggestion hooks.
 */
export class RowList {
    /** @param {import("@mail/core/common/suggestion_hook").UseSuggestion} suggestion */
    constructor(suggestion) {
        this.suggestion = suggestion;
        this.source = new RowSource(suggestion);
        /** @type {{ text: string, rows: Row[], count: number } | undefined} what is held */
        this.guard = undefined;
        /** @type {number} how many texts were held: each has a list of its own */
        this.guardCount = 0;
        /** @type {string | null} id of the row that is highlighted now */
        this.activeId = null;
        /** @type {boolean} whether the search of now is ours */
        this.isOwnSearch = false;
        /** @type {boolean} whether it is for what can be named behind a command */
        this.isToken = false;
        /** @type {Object | undefined} the command of the first line, if it takes names */
        this.command = undefined;
        /** @type {string | undefined} key of the list that the rows were made for */
        this.shownKey = undefined;
    }

    get composer() {
        return this.suggestion.composer;
    }
    get search() {
        return this.suggestion.search;
    }
    get state() {
        return this.suggestion.state;
    }
    get thread() {
        return this.suggestion.thread;
    }
    /** Whether lists here are ours; the HTML composer keeps Odoo's, and gets the guard. */
    get hasOwnLists() {
        const { composerService } = this.suggestion.comp;
        return !!(this.thread?.areCommandsLoaded && !composerService.htmlEnabled);
    }
    get hasSingleColon() {
        return this.thread.isVisitorThread && this.composer.store.livechat_command.is_single_colon;
    }
    /** Nobody would read a message any more. */
    get isCommandOnly() {
        return !!this.thread.livechat_end_dt && !this.composer.message;
    }
    get isActive() {
        return this.isOwnSearch || !!this.guard;
    }
    get hasRows() {
        return this.state.items?.type === ROWS;
    }
    /** @returns {Object | undefined} what is known that can be named in the first line */
    get tokenNames() {
        return this.command && this.source.getTokenNames(this.command);
    }
    /** @returns {Row[]} */
    get rows() {
        return (this.hasRows && this.state.items.suggestions) || [];
    }
    /** @returns {string} the same as long as the list is about the same thing */
    get key() {
        const { delimiter, position, term } = this.search;
        return this.guard ? `guard ${this.guard.count}` : `${delimiter}${position} ${term}`;
    }
    /** @returns {boolean} whether Escape or a click elsewhere closed the list of now */
    get isClosed() {
        return this.state.closedKey === this.key;
    }
    /** A list that was closed stays closed for what it was about. */
    close(key) {
        this.state.closedKey = key;
    }
    /** @returns {Row | undefined} */
    get highlightedRow() {
        const rows = this.isOwnSearch ? this.rows : [];
        const id = getInitialHighlight(rows);
        return rows.find((row) => row.id === id);
    }

    // ------------------------------------------------------------
    // What was typed
    // ------------------------------------------------------------

    /**
     * Look at what was typed since the composer was drawn: a key can come sooner than that.
     *
     * @returns {string} what the list is about now
     */
    catchUp() {
        if (this.hasOwnLists) {
            this.suggestion.detect();
        }
        return this.key;
    }
    /** @param {() => void} detectByOdoo */
    detect(detectByOdoo) {
        if (this.guard && this.guard.text === this.suggestion.comp.command.text) {
            return;
        }
        this.guard = undefined;
        this.isOwnSearch = false;
        this.isToken = false;
        if (!this.hasOwnLists) {
            return detectByOdoo();
        }
        this.command = this.source.findTypedCommand(this.composer);
        const trigger = this.findTrigger();
        if (trigger) {
            this.isOwnSearch = true;
            this.isToken = !!this.command && trigger.delimiter !== "/" && trigger.isToken;
            const { delimiter, position, term } = trigger;
            Object.assign(this.search, { delimiter, position, term });
            this.loadSuppliers();
            this.suggestion.update();
            this.state.count++;
            return;
        }
        this.state.closedKey = undefined;
        detectByOdoo();
        this.dropOdooSearch();
    }
    findTrigger() {
        const { composerText, message, selection } = this.composer;
        if (selection.start !== selection.end) {
            return null;
        }
        const { hasSingleColon } = this;
        const trigger =
            findTokenTrigger(composerText, selection.start, this.command) ??
            findTrigger(composerText, selection.start, { hasCommands: !message, hasSingleColon });
        const isOfCommand = trigger?.isToken || trigger?.delimiter === "/";
        // Nobody would read what is inserted after the end.
        return isOfCommand || !this.isCommandOnly ? trigger : null;
    }
    /** What Odoo finds behind our signs, where we list nothing, is not listed either. */
    dropOdooSearch() {
        const { composerText: text, selection } = this.composer;
        const own = this.hasSingleColon ? ["/", "::", ":"] : ["/", "::"];
        const isCommandLine =
            /^\/(?!\/)/.test(text) && !text.slice(0, selection.start).includes("\n");
        if (this.isCommandOnly || own.includes(this.search.delimiter) || isCommandLine) {
            this.suggestion.clearSearch();
        }
    }

    // ------------------------------------------------------------
    // Rows
    // ------------------------------------------------------------

    /** @param {() => void} updateByOdoo */
    update(updateByOdoo) {
        if (this.guard) {
            this.state.items = { type: ROWS, suggestions: this.guard.rows };
        } else if (this.isOwnSearch) {
            const shown = this.shownKey === this.key ? this.rows : [];
            this.shownKey = this.key;
            const rows = appendRows(shown, this.getRows());
            this.state.items = rows.length ? { type: ROWS, suggestions: rows } : undefined;
        } else {
            updateByOdoo();
        }
    }
    getRows() {
        const { delimiter, term } = this.search;
        const rows = this.isToken
            ? this.source.getTokenRows(this.search, this.command)
            : delimiter === "/"
              ? this.source.getCommandRows(term)
              : this.source.getColonRows(term);
        if (!isTermTelling(this.search)) {
            rows.forEach((row) => (row.isPrefixMatch = false));
        }
        return rows;
    }

    // ------------------------------------------------------------
    // Loading
    // ------------------------------------------------------------

    /** @returns {Promise<void>} resolved when all that the list waits for is there */
    loadSuppliers() {
        const { delimiter: sign, term } = this.search;
        if (this.isToken) {
            return this.source
                .loadTokens(this.command, { sign, term })
                .then(() => this.isToken && this.suggestion.update());
        }
        return sign === "/"
            ? Promise.resolve()
            : this.source.load(term, () => this.isOwnSearch && this.suggestion.update());
    }
    /** Responses changed: what is shown of them goes at once, and is asked anew. */
    reloadCannedResponses() {
        if (this.isOwnSearch && this.search.delimiter !== "/") {
            this.suggestion.update();
            this.loadSuppliers();
        } else if (this.hasOwnLists && this.composer.isFocused) {
            this.source.cache.load(this.thread.id);
        }
    }
    /** Whether an Enter should wait: the row that it would take may still be loading. */
    get isAwaited() {
        return (
            this.isOwnSearch &&
            !this.isClosed &&
            !this.isToken &&
            this.search.delimiter !== "/" &&
            !this.source.isLoaded(this.search.term) &&
            isTermTelling({ ...this.search, delimiter: ":" })
        );
    }

    // ------------------------------------------------------------
    // Guard
    // ------------------------------------------------------------

    /**
     * List what can be done with a text that was held back.
     *
     * @param {string} text
     * @param {Row[]} rows
     */
    showGuard(text, rows) {
        this.suggestion.clearSearch();
        this.isOwnSearch = false;
        this.guard = { text, rows, count: ++this.guardCount };
        this.suggestion.update();
        this.state.count++;
    }
    clearGuard() {
        this.guard = undefined;
        this.suggestion.clearSearch();
    }
}
