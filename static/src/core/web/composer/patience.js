import { browser } from "@web/core/browser/browser";

/** How long, in milliseconds, an Enter waits for what decides about it. */
export const PATIENCE = { delay: 1000 };

/**
 * @param {Promise} loading
 * @returns {Promise<void>} resolved when `loading` is, after a second at the latest
 */
export function waitFor(loading) {
    return Promise.race([
        loading,
        new Promise((resolve) => browser.setTimeout(resolve, PATIENCE.delay)),
    ]);
}
