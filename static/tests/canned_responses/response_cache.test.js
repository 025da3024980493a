import { CannedResponseCache } from "@livechat_command/core/web/canned_responses/response_cache";
import { getCannedResponseRows } from "@livechat_command/core/web/suggestion/canned_response_rows";

import { describe, expect, test } from "@odoo/hoot";
import { Deferred } from "@odoo/hoot-mock";

describe.current.tags("headless");

function makeRow(id, source, values = {}) {
    return { id, source, text: source, lang: false, tags: [], files: [], use: [0, 0], ...values };
}

/** A cache whose server answers with `answers[term]`, and the terms that were asked for. */
function makeCache(answers, options = {}) {
    const asked = [];
    const cache = new CannedResponseCache(async ({ term }) => {
        asked.push(term);
        return { placeholders: {}, is_complete: true, ...answers[term] };
    }, options);
    return { asked, cache };
}

function getLabels(cache, term, channelId = 1) {
    return getCannedResponseRows(term, cache.get(channelId, term)).map(({ label }) => label);
}

test("order: equal, begins, a word begins, contains, in the text", async () => {
    const { cache } = makeCache({
        "": {
            rows: [
                makeRow(1, "money", { text: "We give a REFÜND at once" }),
                makeRow(2, "unrefunded"),
                makeRow(3, "no refund"),
                makeRow(4, "refund-late"),
                makeRow(5, "Refund"),
                makeRow(6, "other"),
                makeRow(7, "tagged", { tags: [{ name: "Refund", color: 1 }] }),
            ],
        },
    });
    await cache.load(1);
    const sources = ["Refund", "refund-late", "no refund", "unrefunded", "money", "tagged"];
    expect(getLabels(cache, "réfund")).toEqual(sources);
    expect(getLabels(cache, "once refund")).toEqual(["money"]);
    const rows = getCannedResponseRows("refund", cache.get(1, "refund"));
    expect(rows.map(({ isPrefixMatch }) => isPrefixMatch)).toEqual([
        true,
        true,
        false,
        false,
        false,
        false,
    ]);
});

test("the most used come first, and the order stays while the page is open", async () => {
    const rows = [
        makeRow(1, "a"),
        makeRow(2, "b", { use: [0, 9] }),
        makeRow(3, "c", { use: [1, 1] }),
    ];
    const { cache } = makeCache({ "": { rows } });
    await cache.load(1);
    expect(getLabels(cache, "")).toEqual(["c", "b", "a"]);
    rows[0].use = [5, 5];
    cache.drop([1]);
    expect(getLabels(cache, "")).toEqual(["c", "b"]);
    await cache.load(1);
    expect(getLabels(cache, "")).toEqual(["c", "b", "a"]);
});

test("nothing is asked when all is known", async () => {
    const { asked, cache } = makeCache({ "": { rows: [makeRow(1, "hello")] } });
    await cache.load(1);
    await cache.load(1, "h");
    await cache.load(1, "he");
    expect(asked).toEqual([""]);
    expect(cache.isLoaded(1, "hello")).toBe(true);
    await cache.load(2, "");
    expect(asked).toEqual(["", ""]);
});

test("what is not known is asked for, and found by another language too", async () => {
    const { asked, cache } = makeCache({
        "": { rows: [makeRow(1, "hello")], is_complete: false },
        bon: { rows: [makeRow(2, "greeting")] },
    });
    await cache.load(1);
    expect(getLabels(cache, "bon")).toEqual([]);
    expect(cache.isLoaded(1, "bon")).toBe(false);
    await cache.load(1, "bon");
    expect(getLabels(cache, "bon")).toEqual(["greeting"]);
    await cache.load(1, "bonj");
    expect(asked).toEqual(["", "bon"]);
});

test("letters typed fast are asked for together", async () => {
    const wait = new Deferred();
    const { asked, cache } = makeCache(
        { "": { rows: [], is_complete: false }, hel: { rows: [makeRow(1, "hello")] } },
        { wait: () => wait }
    );
    await cache.load(1);
    const loads = ["h", "he", "hel"].map((term) => cache.load(1, term));
    wait.resolve();
    await Promise.all(loads);
    expect(asked).toEqual(["", "hel"]);
    expect(cache.isLoaded(1, "hel")).toBe(true);
});

test("a focus meanwhile gives up no search", async () => {
    const wait = new Deferred();
    const { asked, cache } = makeCache(
        { "": { rows: [], is_complete: false }, hel: { rows: [makeRow(1, "hello")] } },
        { wait: () => wait }
    );
    await cache.load(1);
    const loading = cache.load(1, "hel");
    await cache.load(1);
    wait.resolve();
    await loading;
    expect(asked).toEqual(["", "hel"]);
});

test("what is typed before the first list came is found", async () => {
    const { asked, cache } = makeCache({
        "": { rows: [makeRow(1, "hello")], is_complete: false },
        bon: { rows: [makeRow(2, "bonjour")] },
    });
    await cache.load(1, "bon");
    expect(asked).toEqual(["", "bon"]);
    expect(getLabels(cache, "bon")).toEqual(["bonjour"]);
    expect(cache.isLoaded(1, "bon")).toBe(true);
});

test("without network what is known serves", async () => {
    let isOnline = true;
    const cache = new CannedResponseCache(async () => {
        if (!isOnline) {
            throw new Error("offline");
        }
        return { rows: [makeRow(1, "hello")], is_complete: false, placeholders: {} };
    });
    await cache.load(1);
    isOnline = false;
    await cache.load(1, "hel");
    expect(getLabels(cache, "hel")).toEqual(["hello"]);
});

test("what changed is dropped at once, also on its way", async () => {
    const answer = new Deferred();
    let rows = [makeRow(1, "secret"), makeRow(2, "open")];
    let isFirst = true;
    const cache = new CannedResponseCache(async () => {
        const data = { rows, is_complete: true, placeholders: {} };
        if (isFirst) {
            isFirst = false;
            await answer;
        }
        return data;
    });
    const loading = cache.load(1);
    cache.drop([1]);
    rows = [makeRow(2, "open")];
    answer.resolve();
    await loading;
    expect(getLabels(cache, "")).toEqual(["open"]);
    cache.drop(null);
    expect(getLabels(cache, "")).toEqual([]);
});

test("an older list is checked again when a list opens", async () => {
    let time = 0;
    const { asked, cache } = makeCache({ "": { rows: [] } }, { now: () => time });
    await cache.load(1);
    await cache.load(1);
    expect(asked).toEqual([""]);
    time = 61_000;
    await cache.load(1);
    expect(asked).toEqual(["", ""]);
});

test("a text is filled in once, by the conversation's values", async () => {
    const { cache } = makeCache({
        "": {
            rows: [makeRow(1, "hi", { text: "Hi {{name}}, {{?pin}} {{mail}}" })],
            placeholders: { name: ["name", "{{?trap}}"], mail: ["e-mail", ""] },
        },
    });
    await cache.load(1);
    const [{ text }] = cache.get(1).responses;
    expect(text).toBe("Hi {{?trap}}, ⟦pin⟧ ⟦e-mail⟧");
});

test("a key takes no time with 10,000 responses", async () => {
    const rows = Array.from({ length: 10_000 }, (_, i) =>
        makeRow(i + 1, `shortcut ${i}`, { text: `The text number ${i} `.repeat(20) })
    );
    const { cache } = makeCache({ "": { rows } });
    await cache.load(1);
    expect(getLabels(cache, "short").length).toBe(100);
});

test("of the conversations of a day the last are kept", async () => {
    const { asked, cache } = makeCache({ "": { rows: [makeRow(1, "a")] } });
    for (let id = 1; id <= 40; id++) {
        await cache.load(id);
    }
    expect(cache.contexts.size).toBe(30);
    await cache.load(1); // asked for anew
    expect(asked.length).toBe(41);
    expect(getLabels(cache, "a", 1)).toEqual(["a"]);
    expect(getLabels(cache, "a", 40)).toEqual(["a"]);
});
