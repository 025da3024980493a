/**
 * `/` typed in front of a draft moves the draft to the next line; taken away again, it
 * brings the draft back.
 *
 * @param {string} before text before the key
 * @param {string} after text after the key
 * @returns {{ text: string, cursor: number } | null} what the text becomes instead
 */
export function moveDraft(before, after) {
    const isSlashTyped = after === `/${before}` && before && !/^[/\n]/.test(before);
    if (isSlashTyped) {
        return { text: `/\n${before}`, cursor: 1 };
    }
    const isSlashDeleted = before === `/${after}` && after.startsWith("\n");
    return isSlashDeleted ? { text: after.slice(1), cursor: 0 } : null;
}
