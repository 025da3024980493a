/**
 * What a key does while the list is open, as a table:
 *
 * | | Enter | Tab | Escape |
 * |---|---|---|---|
 * | a row highlighted | takes it | takes it | closes |
 * | nothing highlighted | as without a list | takes the first | closes |
 * | the same, guard | nothing | nothing | closes |
 *
 * @param {string} hotkey as Odoo names it
 * @param {Object} list
 * @param {number | null} list.activeIndex
 * @param {number} list.count of rows
 * @param {boolean} [list.isGuard]
 * @returns {"take"|"takeFirst"|"close"|"nothing"|"previous"|"next"|"pass"}
 */
export function getListAction(hotkey, { activeIndex, count, isGuard }) {
    const hasHighlight = activeIndex !== null;
    switch (hotkey) {
        case "enter":
            return hasHighlight ? "take" : isGuard ? "nothing" : "pass";
        case "tab":
            return hasHighlight ? "take" : isGuard || !count ? "nothing" : "takeFirst";
        case "escape":
            return "close";
        case "arrowup":
            return "previous";
        case "arrowdown":
            return "next";
        default:
            return "pass";
    }
}

/**
 * @param {"previous"|"next"} direction
 * @param {number | null} activeIndex
 * @param {number} count of rows
 * @returns {number} the row that an arrow key highlights
 */
export function moveHighlight(direction, activeIndex, count) {
    if (activeIndex === null) {
        return direction === "next" ? 0 : count - 1;
    }
    return (activeIndex + (direction === "next" ? 1 : -1) + count) % count;
}
