import { compareDatetime } from "@mail/utils/common/misc";

/**
 * @param {import("models").Thread} current
 * @returns {import("models").Thread[]} the other live chats that one is in, those below first:
 *  others are known, too, where visitors would read what is typed next
 */
function getOthers(current) {
    const { livechats } = current.store.discuss;
    const at = livechats.findIndex((thread) => thread.eq(current));
    return [...livechats.slice(at + 1), ...livechats].filter(
        (thread) => thread.displayToSelf && thread.notEq(current)
    );
}

/**
 * @param {import("models").Thread} current
 * @returns {import("models").Thread | undefined} the live chat, other than `current`, that
 *  waits longest to be read
 */
export function findUnreadLivechat(current) {
    const [oldest] = getOthers(current)
        .filter(({ isUnread }) => isUnread)
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
 *  is unread, else the next one that has a composer
 */
export function findNextLivechat(current) {
    const others = getOthers(current);
    return findUnreadLivechat(current) ?? others.find((thread) => !thread.composerDisabled);
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
