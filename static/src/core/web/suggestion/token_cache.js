const SIGNS = ["#", "@", "!", "choices"];

/**
 * What can be named behind the commands, as the server told: asked for once a conversation
 * and command, and by what is typed where there is too much for one answer.
 */
export class TokenCache {
    /** @param {import("models").Store} store */
    constructor(store) {
        this.store = store;
        /** @type {Map<string, { names: Object, loads: Map<string, Promise>, isComplete: boolean }>} */
        this.entries = new Map();
    }

    getEntry(threadId, commandId) {
        const key = `${threadId} ${commandId}`;
        if (!this.entries.has(key)) {
            this.entries.set(key, { names: {}, loads: new Map(), isComplete: false });
        }
        return this.entries.get(key);
    }
    /** @returns {import("@livechat_command/core/web/suggestion/token_rows").TokenNames} */
    get(threadId, commandId) {
        return this.getEntry(threadId, commandId).names;
    }
    /**
     * @param {number} threadId
     * @param {number} commandId
     * @param {{ sign?: string, term?: string }} [typed]
     * @returns {Promise<void>} resolved when the names are there, or cannot be had
     */
    async load(threadId, commandId, { sign = "", term = "" } = {}) {
        const entry = this.getEntry(threadId, commandId);
        const params = { channel_id: threadId, command_id: commandId };
        await this.request(entry, params);
        if (!entry.isComplete && term) {
            await this.request(entry, { ...params, sign, term });
        }
    }
    request(entry, params) {
        const key = `${params.sign ?? ""}${params.term ?? ""}`;
        if (!entry.loads.has(key)) {
            const loading = this.store
                .fetchStoreData("livechat_command/tokens", params, { requestData: true })
                .then((data) => mergeNames(entry, data, !key))
                // Asked for again at the next key.
                .catch(() => entry.loads.delete(key));
            entry.loads.set(key, loading);
        }
        return entry.loads.get(key);
    }
}

function mergeNames(entry, data, isFirst) {
    for (const sign of SIGNS) {
        const known = entry.names[sign] ?? [];
        const keys = new Set(known.map(({ key }) => key));
        const added = (data[sign] ?? []).filter(({ key }) => !keys.has(key));
        entry.names[sign] = [...known, ...added];
    }
    if (isFirst) {
        entry.isComplete = data.is_complete;
    }
}
