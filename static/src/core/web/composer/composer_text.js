import { createDocumentFragmentFromContent } from "@web/core/utils/html";

/**
 * @param {string|ReturnType<import("@odoo/owl").markup>} html of a composer or a message
 * @returns {string} its text; the editor's paragraphs are lines too, which Odoo's own plain
 *  text forgets
 */
export function getTextOfHtml(html) {
    const { body } = createDocumentFragmentFromContent(html);
    body.querySelectorAll("br").forEach((br) => br.replaceWith("\n"));
    for (const block of body.querySelectorAll("div, li, p, pre")) {
        if (block.nextSibling) {
            block.append("\n");
        }
    }
    return body.textContent;
}

/**
 * Put a text into a composer, with the cursor at a place, without waiting for the next
 * frame: keys come faster.
 *
 * @param {import("@mail/core/common/composer").Composer} component
 * @param {string} text
 * @param {number} [cursor] at the end by default
 */
export function setText(component, text, cursor = text.length) {
    const { composer } = component.props;
    composer.composerText = text;
    Object.assign(composer.selection, { start: cursor, end: cursor });
    composer.forceCursorMove = true;
    showSelection(component);
}

/**
 * Show text and selection at once.
 *
 * @param {import("@mail/core/common/composer").Composer} component
 */
export function showSelection(component) {
    const { el } = component.ref;
    if (el && !component.composerService.htmlEnabled) {
        const { composerText, selection } = component.props.composer;
        el.value = composerText;
        el.setSelectionRange(selection.start, selection.end);
    }
}

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
