import {
    ACTIVE_ROW,
    HINT,
    INPUT,
    ROW,
    composerText,
    defineCommandModels,
    openConversation,
    pressKey,
    recordMessages,
    serveCannedResponses,
    serveCommands,
    type,
} from "@livechat_command/../tests/livechat_command_test_helpers";

import { click, contains } from "@mail/../tests/mail_test_helpers";

import { describe, expect, queryOne, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";

import { getService, makeServerError, onRpc, preloadBundle } from "@web/../tests/web_test_helpers";
import { loadEmoji } from "@web/core/emoji_picker/emoji_picker";

describe.current.tags("desktop");
defineCommandModels();
preloadBundle("web.assets_emoji");

const RESPONSES = [
    { id: 1, source: "hello", text: "Hello {{visitor.first_name|there}}!", use: [3, 3] },
    { id: 2, source: "order", text: "Order {{?order number}} of {{?date}}, {{visitor.email}}" },
    { id: 3, source: "price", text: "<b>Our prices</b>", files: ["prices.pdf"] },
];
const PLACEHOLDERS = {
    "visitor.first_name": ["visitor's first name", "Marie"],
    "visitor.email": ["visitor's e-mail", "marie@example.com"],
};

async function openWithResponses(responses = RESPONSES, options = {}) {
    const used = [];
    onRpc("mail.canned.response", "count_use", ({ args: [ids] }) => {
        used.push(...ids);
        return true;
    });
    serveCommands();
    const requests = serveCannedResponses(responses, {
        placeholders: PLACEHOLDERS,
        ...options,
    });
    const messages = recordMessages();
    const ids = await openConversation();
    await contains(INPUT);
    return { ...ids, messages, requests, used };
}

function getSelected() {
    const { value, selectionStart, selectionEnd } = queryOne(INPUT);
    return value.slice(selectionStart, selectionEnd);
}

test("the list shows the text as it will be sent, most used first", async () => {
    await openWithResponses();
    await type(":");
    await contains(ROW, { count: 3 });
    await contains(`${ROW}:first`, { text: "helloHello Marie!" });
    await contains(ACTIVE_ROW, { count: 0 });
    await contains(`${ROW}:last .fa-paperclip`);
    await contains(`${ROW} b`, { count: 0 });
});

test("a response is inserted, filled in, sent and counted", async () => {
    const { messages, used } = await openWithResponses();
    await type(":hel");
    await contains(ACTIVE_ROW, { text: "helloHello Marie!" });
    await pressKey("Enter");
    expect(composerText()).toBe("Hello Marie! ");
    await pressKey("Enter");
    await contains(".o-mail-Message", { text: "Hello Marie!" });
    expect(messages.length).toBe(1);
    expect(messages[0].canned_response_ids).toEqual([1]);
    expect(used).toEqual([1]);
});

test("the most used response is sent with three keys", async () => {
    const { messages } = await openWithResponses();
    await type(":");
    await contains(ROW, { count: 3 });
    await pressKey("Tab");
    await pressKey("Enter");
    await contains(".o-mail-Message", { text: "Hello Marie!" });
    expect(messages.length).toBe(1);
});

test("blanks are filled one after the other before anything is sent", async () => {
    const { messages } = await openWithResponses();
    await type(":ord");
    await contains(ACTIVE_ROW);
    await pressKey("Enter");
    expect(composerText()).toBe("Order ⟦order number⟧ of ⟦date⟧, marie@example.com ");
    await contains(HINT, { text: "Fill in “order number”." });
    expect(getSelected()).toBe("⟦order number⟧");
    await pressKey("4");
    expect(composerText()).toBe("Order 4 of ⟦date⟧, marie@example.com ");
    await pressKey("Enter");
    expect(getSelected()).toBe("⟦date⟧");
    await contains(HINT, { text: "Fill in “date”." });
    await pressKey("Tab");
    expect(getSelected()).toBe("⟦date⟧");
    expect(messages).toEqual([]);
    await pressKey("Delete");
    await pressKey("Enter");
    await contains(".o-mail-Message", { text: "Order 4 of , marie@example.com" });
    expect(messages.length).toBe(1);
});

test("the send button holds a text with a blank too", async () => {
    const { messages } = await openWithResponses();
    await type("Order ⟦number⟧");
    await click(".o-mail-Composer button[title='Send']:enabled");
    await contains(".o_notification", { text: "Fill in “number” before you send this." });
    expect(messages).toEqual([]);
    expect(getSelected()).toBe("⟦number⟧");
});

test("files come along as attachments of the message", async () => {
    const { messages } = await openWithResponses();
    onRpc("mail.canned.response", "prepare_attachments", () => ({
        store_data: {
            "ir.attachment": [{ id: 77, name: "prices.pdf", ownership_token: "token" }],
        },
        attachment_ids: [77],
    }));
    await type(":pri");
    await contains(ACTIVE_ROW);
    await pressKey("Enter");
    await contains(".o-mail-AttachmentContainer", { text: "prices.pdf" });
    expect(composerText()).toBe("<b>Our prices</b> ");
    await pressKey("Enter");
    await contains(".o-mail-Message");
    expect(messages[0].post_data.attachment_ids).toEqual([77]);
    expect(messages[0].post_data.attachment_tokens).toEqual(["token"]);
    expect(messages[0].post_data.body.toString()).toInclude("&lt;b&gt;");
});

test("without its files a message is held: Enter tries again, Escape goes on", async () => {
    const { messages } = await openWithResponses();
    let isBroken = true;
    onRpc("mail.canned.response", "prepare_attachments", () => {
        if (isBroken) {
            throw makeServerError();
        }
        return {
            store_data: { "ir.attachment": [{ id: 77, name: "a.pdf", ownership_token: "t" }] },
            attachment_ids: [77],
        };
    });
    await type(":pri");
    await contains(ACTIVE_ROW);
    await pressKey("Enter");
    await contains(HINT, { text: "The files of “price” could not be attached." });
    await pressKey("Enter");
    await contains(".o_notification", { text: "The files of “price” could not be attached." });
    await contains(HINT, { text: "Enter tries again, Escape goes on without them." });
    expect(messages).toEqual([]);
    isBroken = false;
    await pressKey("Enter");
    await contains(".o-mail-Message");
    await contains(INPUT, { value: "" });
    expect(messages[0].post_data.attachment_ids).toEqual([77]);
    isBroken = true;
    await type(":pri");
    await contains(ACTIVE_ROW);
    await pressKey("Enter");
    await contains(HINT, { text: "The files of “price” could not be attached." });
    await pressKey("Escape");
    await contains(HINT, { count: 0 });
    expect(composerText()).toBe("<b>Our prices</b> ");
    await pressKey("Enter");
    await contains(".o-mail-Message", { count: 2 });
    expect(messages[1].post_data.attachment_ids ?? []).toEqual([]);
});

test("what the server finds later comes below", async () => {
    await openWithResponses(RESPONSES, {
        find: ({ term }) =>
            term ? [{ id: 9, source: "hello again", text: "Again", use: [99, 99] }] : RESPONSES,
        isComplete: false,
    });
    await type(":");
    await contains(ROW, { count: 3 });
    await type("hel");
    await contains(`${ROW}:contains(hello again)`);
    await contains(ACTIVE_ROW, { text: "helloHello Marie!" });
});

test("emoji stand between shortcuts and texts", async () => {
    await openWithResponses([
        { id: 1, source: "smiley face", text: "x" },
        { id: 2, source: "other", text: "A smiley for you" },
    ]);
    await type(":");
    await contains(ROW, { count: 2 });
    await loadEmoji(); // what comes later stands below
    await animationFrame();
    await type("smiley");
    await contains(`${ROW}:first`, { text: "smiley facex" });
    await contains(`${ROW}:last`, { text: "otherA smiley for you" });
    await contains(`${ROW} em`);
});

test("what may no longer be read disappears at once", async () => {
    const responses = [...RESPONSES];
    await openWithResponses(responses);
    await type(":");
    await contains(ROW, { count: 3 });
    responses.splice(0, 1);
    getService("mail.store").dropCannedResponses([1]);
    await contains(ROW, { count: 2 });
    expect(getService("mail.store").cannedResponseCache.contexts.size).toBe(1);
    responses.splice(0, 2);
    getService("mail.store").dropCannedResponses(null);
    await contains(ROW, { count: 0 });
});

test("all responses are never fetched at once", async () => {
    const fetched = [];
    onRpc("/mail/data", async (request) => {
        const { params } = await request.json();
        fetched.push(...params.fetch_params.map((param) => [param].flat()[0]));
    });
    const { requests } = await openWithResponses();
    await type("::");
    await contains(ROW, { count: 3 });
    expect(fetched).not.toInclude("mail.canned.response");
    expect(requests.length).toBe(1);
});
