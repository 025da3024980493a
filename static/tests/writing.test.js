import { makeResponses, makeSentences } from "@livechat_command/../tests/chat_sentences";
import { COMMANDS, NAMES } from "@livechat_command/../tests/livechat_command_test_helpers";
import { makeSlips } from "@livechat_command/../tests/slips";
import { getCannedResponseRows } from "@livechat_command/core/web/suggestion/canned_response_rows";
import { CannedResponseCache } from "@livechat_command/core/web/canned_responses/response_cache";
import { findCommand } from "@livechat_command/core/web/suggestion/command_rows";
import { moveDraft } from "@livechat_command/core/web/composer/composer_text";
import { getEmojiRows } from "@livechat_command/core/web/suggestion/emoji_rows";
import { judge } from "@livechat_command/core/web/composer/send_or_hold";
import { getListAction } from "@livechat_command/core/web/suggestion/list_keys";
import { getInitialHighlight } from "@livechat_command/core/web/suggestion/row";
import { fold } from "@livechat_command/core/web/command/syntax";
import { findTrigger, isTermTelling } from "@livechat_command/core/web/suggestion/trigger";

import { describe, expect, test } from "@odoo/hoot";

import { allowTranslations, preloadBundle } from "@web/../tests/web_test_helpers";
import { loadEmoji } from "@web/core/emoji_picker/emoji_picker";

describe.current.tags("headless");
preloadBundle("web.assets_emoji");

const cache = new CannedResponseCache(() => {});
const responses = makeResponses().map((row) => cache.makeResponse(row, {}));
const names = new Set(NAMES);

/** @returns {Object} an agent's keyboard in a conversation with a visitor */
async function makeKeyboard() {
    allowTranslations();
    const { emojis } = await loadEmoji();
    expect(emojis.length).toBeGreaterThan(1000);
    const context = {
        canRun: (name) => Boolean(findCommand(name, COMMANDS)),
        shortcuts: responses.map(({ key }) => key),
        isVisitorThread: true,
        names,
    };
    const getHighlight = (text) => {
        const trigger = findTrigger(text, text.length);
        if (!trigger || trigger.delimiter === "/") {
            return null;
        }
        const rows = [
            ...getCannedResponseRows(trigger.term, { responses }),
            ...getEmojiRows(trigger.term, emojis),
        ];
        return isTermTelling(trigger) ? getInitialHighlight(rows) : null;
    };
    /** Type key by key, then press Enter: "sent", "taken", "moved", "run" or "hold". */
    const write = (text) => {
        let typed = "";
        let highlight = null;
        for (const key of text) {
            if (moveDraft(typed, typed + key)) {
                return "moved";
            }
            typed += key;
            highlight = getHighlight(typed);
        }
        const activeIndex = highlight ? 0 : null;
        if (getListAction("enter", { activeIndex, count: 1 }) === "take") {
            return "taken";
        }
        const { action } = judge(text, context);
        return action === "send" ? "sent" : action;
    };
    return { getHighlight, write };
}

test("2,000 sentences with 500 responses loaded: none is altered or held", async () => {
    const { write } = await makeKeyboard();
    const sentences = makeSentences();
    expect(sentences.length).toBeGreaterThan(2000);
    expect(responses.length).toBe(500);
    const fates = sentences.map((sentence) => [sentence, write(sentence)]);
    expect(fates.filter(([, fate]) => fate !== "sent")).toEqual([]);
});

test("the same keyboard does take what is meant", async () => {
    const { write } = await makeKeyboard();
    expect(write(":bonj")).toBe("taken");
    expect(write("Salut :mer")).toBe("taken");
    expect(write("::b")).toBe("taken");
    expect(write(":heart")).toBe("taken");
    expect(write("/help")).toBe("run");
    expect(write(":b")).toBe("sent");
});

test("300 slips: all are held", async () => {
    const { write } = await makeKeyboard();
    const slips = makeSlips(NAMES).filter((slip) => {
        const word = fold(/^\/([\w-]*)/.exec(slip)?.[1] ?? "");
        return !COMMANDS.some(({ name, aliases }) => [name, ...aliases].includes(word));
    });
    expect(slips.length).toBeGreaterThan(300);
    const fates = slips.map((slip) => [slip, write(slip)]);
    // Enter on a highlighted row takes it: it replaces the slip in the composer.
    expect(fates.filter(([, fate]) => !["hold", "taken"].includes(fate))).toEqual([]);
});
