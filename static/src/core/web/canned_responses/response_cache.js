import { render } from "@livechat_command/core/web/canned_responses/placeholders";
import { fold } from "@livechat_command/core/web/command/syntax";

/** What was fetched longer ago is checked again when a list opens. */
const STALE_AFTER = 60_000;
/** Of so many conversations it is kept what the server sent. */
const MANY = 30;
/** Letters typed faster than this are asked for together. */
const TYPING_DELAY = 100;

/**
 * @typedef {Object} CannedResponse
 * @property {number} id
 * @property {string} source
 * @property {string} text as it will be sent
 * @property {string | false} lang name of its language, where that is not the visitor's
 * @property {{ name: string, color: number }[]} tags
 * @property {string[]} files names
 * @property {number[]} use how often the operator, and everybody, used it
 * @property {string} key folded shortcut
 * @property {string} searched all that is searched, folded
 */

/**
 * The canned responses that the browser knows, by conversation. The server sends a first
 * list, the operator's most used ones, and more for what is typed; what came once is there
 * at once for each further key, also without network.
 */
export class CannedResponseCache {
    /**
     * @param {(params: { channel_id: number, term: string }) => Promise<Object>} fetchData
     * @param {Object} [options]
     * @param {() => number} [options.now]
     * @param {(delay: number) => Promise<void>} [options.wait]
     */
    constructor(fetchData, { now = Date.now, wait = () => Promise.resolve() } = {}) {
        this.fetchData = fetchData;
        this.now = now;
        this.wait = wait;
        /** @type {Map<number, Object>} */
        this.contexts = new Map();
        /** Use when first seen: the order stays while the page is open. */
        this.use = new Map();
        this.version = 0;
    }

    getContext(channelId) {
        if (!this.contexts.has(channelId)) {
            if (this.contexts.size === MANY) {
                this.contexts.delete(this.contexts.keys().next().value);
            }
            this.contexts.set(channelId, {
                channelId,
                fetchedAt: undefined,
                hasAnswered: false,
                lastTerm: "",
                placeholders: {},
                requests: new Map(),
                responses: new Map(),
                terms: new Map(),
            });
        }
        return this.contexts.get(channelId);
    }

    /**
     * @param {number} channelId
     * @param {string} [term]
     * @returns {{ responses: CannedResponse[], found: Set<number> }} all that are known, and
     *  the ids of those that the server found for `term`
     */
    get(channelId, term = "") {
        const { responses, terms } = this.getContext(channelId);
        return {
            responses: [...responses.values()],
            found: terms.get(fold(term))?.found ?? new Set(),
        };
    }

    /** @returns {boolean} whether the first list is there, or was asked for in vain */
    hasAnswered(channelId) {
        return this.getContext(channelId).hasAnswered;
    }

    /** @returns {boolean} whether the server knows no more for this term */
    isLoaded(channelId, term) {
        const { terms } = this.getContext(channelId);
        term = fold(term);
        return (
            terms.has(term) ||
            [...terms].some(([other, { isComplete }]) => isComplete && term.startsWith(other))
        );
    }

    /**
     * @param {number} channelId
     * @param {string} [term]
     * @returns {Promise<void>} resolved when the answer is there, or none will come
     */
    load(channelId, term = "") {
        const context = this.getContext(channelId);
        term = fold(term);
        if (term) {
            context.lastTerm = term;
        }
        if (this.isFresh(context)) {
            return this.loadTerm(context, term);
        }
        // One after the other: a first list replaces what was known.
        return this.request(context, "").then(() => this.loadTerm(context, term));
    }

    loadTerm(context, term) {
        const isLoaded = !term || this.isLoaded(context.channelId, term);
        return isLoaded ? Promise.resolve() : this.request(context, term);
    }

    isFresh({ fetchedAt }) {
        return this.now() - fetchedAt < STALE_AFTER;
    }

    request(context, term) {
        if (!context.requests.has(term)) {
            const request = this.fetchTerm(context, term).finally(() => {
                if (context.requests.get(term) === request) {
                    context.requests.delete(term);
                }
            });
            context.requests.set(term, request);
        }
        return context.requests.get(term);
    }

    async fetchTerm(context, term) {
        if (term) {
            await this.wait(TYPING_DELAY);
            if (context.lastTerm !== term) {
                return;
            }
        }
        const { version } = this;
        let data;
        try {
            data = await this.fetchData({ channel_id: context.channelId, term });
        } catch {
            context.hasAnswered = true;
            return; // What is known already serves meanwhile.
        }
        if (version !== this.version) {
            // Something changed on the way: who may read what is asked anew.
            return this.fetchTerm(this.getContext(context.channelId), term);
        }
        this.add(context, term, data);
    }

    add(context, term, { rows, is_complete: isComplete, placeholders }) {
        if (!term) {
            // A first list replaces what was known before.
            context.responses.clear();
            context.terms.clear();
            context.placeholders = {};
            context.fetchedAt = this.now();
            context.hasAnswered = true;
        }
        Object.assign(context.placeholders, placeholders);
        for (const row of rows) {
            context.responses.set(row.id, this.makeResponse(row, context.placeholders));
        }
        context.terms.set(term, { isComplete, found: new Set(rows.map(({ id }) => id)) });
    }

    makeResponse(row, placeholders) {
        const entries = Object.entries(placeholders);
        const labels = Object.fromEntries(entries.map(([name, [label]]) => [name, label]));
        const values = Object.fromEntries(entries.map(([name, [, value]]) => [name, value]));
        const text = render(row.text, values, labels);
        if (!this.use.has(row.id)) {
            this.use.set(row.id, row.use);
        }
        return {
            ...row,
            text,
            use: this.use.get(row.id),
            key: fold(row.source.trim()),
            searched: fold([row.source, text, ...row.tags.map(({ name }) => name)].join("\n")),
        };
    }

    /**
     * Forget responses that changed, or that the user may no longer read.
     *
     * @param {number[] | null} ids null for all
     */
    drop(ids) {
        this.version++;
        for (const context of this.contexts.values()) {
            if (!ids) {
                context.responses.clear();
            }
            ids?.forEach((id) => context.responses.delete(id));
            context.terms.clear();
            context.requests.clear();
            context.fetchedAt = undefined;
        }
    }
}
