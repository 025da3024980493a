import { splitFirstLine } from "@livechat_command/core/web/command/syntax";

import { browser } from "@web/core/browser/browser";

/** The sign of the list of what a title may be the same as. */
export const ALIKE = "alike";

const PAUSE = 200;
const TOKENS = /(?:\s+[!#@:]\S*)+$/u;

/**
 * @typedef {Object} Alike what the server knows of a title that is typed
 * @property {{ number: string, label: string, help: string }[]} rows records that the
 *  conversation can be added to instead
 * @property {string[]} hint where a number is typed: what Enter does, and what to beware of
 */

/**
 * @param {string} text of the composer
 * @param {number} cursor
 * @param {{ adds?: boolean } | undefined} command of the first line
 * @returns {import("@livechat_command/core/web/suggestion/trigger").Trigger | null} about one
 *  title, however much of it is typed
 */
export function findAlikeTrigger(text, cursor, command) {
    const { line } = splitFirstLine(text);
    const [name] = /^\/\S+\s+/u.exec(line) ?? [];
    const isTyped = command?.adds && name && cursor === line.length;
    return isTyped ? { delimiter: ALIKE, position: name.length, term: "", isToken: true } : null;
}

/**
 * @param {string} title as typed until now
 * @param {Alike & { count: number } | undefined} alike the answer that was shown as this one
 * @returns {import("@livechat_command/core/web/suggestion/row").Row[]} never highlighted by
 *  themselves, nor after another letter: Enter makes a new record
 */
export function getAlikeRows(title, { rows = [], count } = {}) {
    return rows.map(({ number, label, help }) => ({
        id: `alike ${count} ${number} ${title}`,
        label,
        title: help,
        help,
        optionTemplate: "livechat_command.CommandRow",
        classList: "o-mail-Composer-suggestion o-isAlike",
        isPrefixMatch: false,
        onTake: (target) => target.replaceTerm(`${number} ${title}`),
    }));
}

/** Asks what a title may be the same as, once a pause; late answers are dropped. */
export class AlikeSearch {
    /**
     * @param {(alike?: Alike) => void} onChange called with an answer, or nothing when
     *  another title is typed
     */
    constructor(onChange) {
        this.onChange = onChange;
        this.key = "";
        this.title = "";
    }
    /**
     * @param {import("models").Thread} thread
     * @param {Object | undefined} command
     * @param {string} argument of the command
     */
    find(thread, command, argument) {
        const title = argument.replace(TOKENS, "").trim();
        this.title = title;
        const isEnough = /^#\d/.test(title) || title.match(/[\p{L}\p{N}]/gu)?.length >= 3;
        const key = command?.adds && isEnough ? `${thread.id} ${command.id} ${title}` : "";
        if (key === this.key) {
            return;
        }
        // While a title is written on, what was found stays until more is known.
        if (!key || !(key.startsWith(this.key) || this.key.startsWith(key))) {
            this.onChange();
        }
        this.key = key;
        browser.clearTimeout(this.timeout);
        if (key) {
            const params = { channel_id: thread.id, command_id: command.id, title };
            this.timeout = browser.setTimeout(() => this.ask(thread.store, key, params), PAUSE);
        }
    }
    async ask(store, key, params) {
        const alike = await store
            .fetchStoreData("livechat_command/alike", params, { requestData: true })
            .catch(() => ({ rows: [], hint: [] }));
        if (this.key === key) {
            this.onChange(alike);
        }
    }
}
