import { MATCH, matchName, rank } from "@livechat_command/core/web/suggestion/name_match";
import { countLetters, fold } from "@livechat_command/core/web/command/syntax";

/** More of them than this would only push the canned responses out of sight. */
const LIMIT = 16;
const names = new WeakMap();

/** @returns {string[]} folded names of an emoji, without the colons around shortcodes */
function getNames(emoji) {
    if (!names.has(emoji)) {
        names.set(
            emoji,
            [...emoji.shortcodes, emoji.name ?? ""]
                .map((name) => fold(name).replace(/^:|:$/g, ""))
                .filter(Boolean)
        );
    }
    return names.get(emoji);
}

/**
 * @param {string} term what was typed after `:` or `::`; emoji come from two letters on
 * @param {Object[]} emojis as Odoo's `loadEmoji` gives them
 * @returns {import("@livechat_command/core/web/suggestion/row").Row[]}
 */
export function getEmojiRows(term, emojis) {
    term = fold(term);
    if (countLetters(term) < 2) {
        return [];
    }
    const matches = emojis.map((emoji) => ({
        emoji,
        match: Math.min(...getNames(emoji).map((name) => matchName(name, term))),
    }));
    return rank(matches, MATCH.WORD_BEGINS)
        .slice(0, LIMIT)
        .map(({ emoji, match }) => ({
            id: `emoji-${emoji.codepoints}`,
            label: emoji.codepoints,
            title: emoji.shortcodes.join(" "),
            optionTemplate: "mail.Composer.suggestionEmoji",
            classList: "o-mail-Composer-suggestion",
            emoji,
            isPrefixMatch: match <= MATCH.BEGINS,
            onTake: (target) => target.replaceTerm(`${emoji.codepoints} `),
        }));
}
