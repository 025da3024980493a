import { compareDatetime } from "@mail/utils/common/misc";

/**
 * @param {import("models").Thread} current
 * @returns {import("models").Thread | undefined} the live chat, other than `current`, that
 *  waits longest to be read
 */
export function findUnreadLivechat(current) {
    const [oldest] = current.store.discuss.livechats
        .filter((thread) => thread.notEq(current) && thread.isUnread)
        .sort(
            (a, b) =>
                !b.livechat_end_dt - !a.livechat_end_dt ||
                compareDatetime(a.lastInterestDt, b.lastInterestDt) ||
                a.id - b.id
        );
    return oldest;
}

/**
 * @param {import("models").Thread} current
 * @returns {import("models").Thread | undefined} the live chat to go to from here: one that
 *  is unread, else the next one
 */
export function findNextLivechat(current) {
    const { livechats } = current.store.discuss;
    const at = livechats.findIndex((thread) => thread.eq(current));
    const others = [...livechats.slice(at + 1), ...livechats.slice(0, Math.max(at, 0))];
    return findUnreadLivechat(current) ?? others[0];
}

/**
 * Open a live chat where the operator works, with the focus in its composer.
 *
 * @param {import("models").Thread} thread
 */
export async function openLivechat(thread) {
    const { store } = thread;
    if (store.discuss.isActive) {
        thread.setAsDiscussThread();
        thread.composer.autofocus++;
        return;
    }
    await store.chatHub.initPromise;
    store.ChatWindow.insert({ thread }).open({ focus: true, jumpToNewMessage: true });
}

/**
 * After `/leave`: show the next unread live chat, else none. Odoo shows the first channel,
 * where the next line would be read by colleagues.
 *
 * @param {import("models").Thread} left
 */
export function leaveForNextLivechat(left) {
    const next = findUnreadLivechat(left);
    if (next) {
        openLivechat(next);
    } else {
        left.store.discuss.thread = undefined;
    }
}
