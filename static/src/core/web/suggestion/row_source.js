import { ALIKE, AlikeSearch, getAlikeRows } from "@livechat_command/core/web/suggestion/alike";
import { getCannedResponseRows } from "@livechat_command/core/web/suggestion/canned_response_rows";
import { getOdooCommands } from "@livechat_command/core/web/command/odoo_commands";
import {
    findShortcut,
    locateShortcut,
    readShortcut,
} from "@livechat_command/core/web/command/slip";
import { nearest, parse, readSlip } from "@livechat_command/core/web/command/syntax";
import { getCommandRows } from "@livechat_command/core/web/suggestion/command_rows";
import { getEmojiRows } from "@livechat_command/core/web/suggestion/emoji_rows";

import {
    CHOICE,
    getTokenRows,
    getTypedCommand,
    nameResponses,
} from "@livechat_command/core/web/suggestion/token_rows";

import { loadEmoji } from "@web/core/emoji_picker/emoji_picker";

/** @typedef {import("@livechat_command/core/web/suggestion/row").Row} Row */

/** Where the rows of a composer come from: commands, canned responses, emoji. */
export class RowSource {
    /** @param {import("@mail/core/common/suggestion_hook").UseSuggestion} suggestion */
    constructor(suggestion) {
        this.suggestion = suggestion;
        this.alikeCount = 0;
        this.alike = new AlikeSearch((alike) => this.showAlike(alike));
    }

    get thread() {
        return this.suggestion.thread;
    }
    get emojis() {
        return this.suggestion.suggestionService.emojis ?? [];
    }
    /** @returns {import("@livechat_command/core/web/canned_responses/response_cache").CannedResponseCache} */
    get cache() {
        return this.suggestion.composer.store.cannedResponseCache;
    }
    /** @returns {string[]} folded shortcuts that are known here */
    get shortcuts() {
        return this.cache.get(this.thread.id).responses.map(({ key }) => key);
    }

    /**
     * @param {string} term what was typed after `/`
     * @returns {Row[]}
     */
    getCommandRows(term) {
        const commands = [...this.thread.livechat_commands, ...getOdooCommands(this.thread)];
        return getCommandRows(term, commands);
    }
    /**
     * Canned responses by shortcut, emoji, then canned responses by their text.
     *
     * @param {string} term what was typed after `:`
     * @returns {Row[]}
     */
    getColonRows(term) {
        const responses = getCannedResponseRows(term, this.cache.get(this.thread.id, term));
        // Emoji that came first would keep their place, and the highlight.
        const emojis = this.cache.hasAnswered(this.thread.id) ? this.emojis : [];
        return [
            ...responses.filter(({ isInText }) => !isInText),
            ...getEmojiRows(term, emojis),
            ...responses.filter(({ isInText }) => isInText),
        ];
    }
    /**
     * @param {import("models").Composer} composer
     * @returns {Object | undefined} the command of the first line, if it takes names; what can
     *  be named is asked for
     */
    findTypedCommand({ composerText, message }) {
        const find = (name) => this.thread.findCommand(name);
        const command = message ? undefined : getTypedCommand(composerText, find);
        this.alike.find(this.thread, command, parse(composerText)?.argument ?? "");
        if (!command?.tokens && !command?.has_choices) {
            return undefined;
        }
        const loading = this.loadTokens(command);
        if (!this.getTokenNames(command)["!"]) {
            // The hint line reads back what was typed meanwhile, too.
            loading.then(() => this.suggestion.comp.render());
        }
        return command;
    }
    /**
     * @param {Object} command
     * @returns {import("@livechat_command/core/web/suggestion/token_rows").TokenNames} what is
     *  known that can be named behind it
     */
    getTokenNames(command) {
        const { responses } = this.cache.get(this.thread.id);
        const names = this.suggestion.composer.store.tokenCache.get(this.thread.id, command.id);
        return { ...names, ":": nameResponses(responses) };
    }
    /**
     * @param {import("@livechat_command/core/web/suggestion/trigger").Trigger} trigger
     * @param {Object} command
     * @returns {Row[]}
     */
    getTokenRows(trigger, command) {
        if (trigger.delimiter === ALIKE) {
            return getAlikeRows(this.alike.title, this.suggestion.state.alike);
        }
        const sign = trigger.delimiter === CHOICE ? "choices" : trigger.delimiter;
        return getTokenRows(trigger, this.getTokenNames(command)[sign] ?? []);
    }
    /**
     * Load what can be named behind a command, before it is asked for.
     *
     * @param {Object} command
     * @param {{ sign?: string, term?: string }} [typed]
     * @returns {Promise<void>}
     */
    async loadTokens(command, typed) {
        if (typed?.sign === ALIKE) {
            return;
        }
        const { tokenCache } = this.suggestion.composer.store;
        await Promise.allSettled([
            tokenCache.load(this.thread.id, command.id, typed),
            command.tokens.includes(":") && this.cache.load(this.thread.id, typed?.term),
        ]);
    }
    /** @param {import("@livechat_command/core/web/suggestion/alike").Alike} [alike] */
    showAlike(alike) {
        const { rowList, state } = this.suggestion;
        // No row moves under a highlight.
        if (alike && rowList.rows.some(({ id }) => id === rowList.activeId)) {
            return;
        }
        state.alike = alike && { ...alike, count: ++this.alikeCount };
        if (rowList.isOwnSearch) {
            this.suggestion.update();
        }
    }
    /**
     * @param {string} text a slip
     * @returns {{ row: Row, start: number, end: number } | undefined} the canned response or
     *  emoji that was probably meant, and the place in the text that it is for
     */
    findInsertion(text) {
        const { word } = readSlip(text);
        const [behindColon] = readShortcut(text).exact;
        const meant = behindColon ?? word;
        const key = findShortcut(text, this.shortcuts) ?? nearest(meant, this.shortcuts);
        const rows = (key ?? behindColon) ? this.getColonRows(key ?? behindColon) : [];
        const row = key ? rows.find(({ response }) => response?.key === key) : rows[0];
        return row && { row, ...locateShortcut(text, key ?? behindColon) };
    }

    /**
     * @param {string} term
     * @param {() => void} [onLoaded] called when some came
     * @returns {Promise<void>} resolved when canned responses and emoji are there, or cannot
     *  be had: the list then does without
     */
    load(term, onLoaded = () => {}) {
        return Promise.allSettled([
            this.cache.load(this.thread.id, term).then(onLoaded),
            this.loadEmojis().then(onLoaded),
        ]);
    }
    async loadEmojis() {
        const { suggestionService } = this.suggestion;
        if (!suggestionService.emojis) {
            const { emojis } = await loadEmoji();
            suggestionService.emojis = emojis;
        }
    }
    /** @returns {boolean} whether nothing more can come for this term */
    isLoaded(term) {
        return this.emojis.length > 0 && this.cache.isLoaded(this.thread.id, term);
    }
    /**
     * @param {string} text
     * @returns {Promise<void> | false} resolved when all shortcuts are known that the text may
     *  begin with; false when nothing is to be waited for
     */
    loadShortcuts(text) {
        // The shortest finds the longer ones.
        const term = readShortcut(text).exact.at(-1);
        return term && !this.isLoaded(term) && this.load(term);
    }
}
