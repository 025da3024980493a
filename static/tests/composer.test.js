import {
    ACTIVE_ROW,
    ANSWER,
    EDITED,
    HINT,
    INPUT,
    ROW,
    answerCommands,
    clear,
    composerText,
    defineCommandModels,
    openChannel,
    openConversation,
    openWithCommands,
    pressKey,
    recordMessages,
    serveCannedResponses,
    serveCommands,
    shows,
    stopTime,
    type,
    typeInFront,
} from "@livechat_command/../tests/livechat_command_test_helpers";
import { PATIENCE } from "@livechat_command/core/web/composer/send_or_hold";

import { click, contains, focus, insertText, onRpcBefore } from "@mail/../tests/mail_test_helpers";

import { insertText as htmlInsertText } from "@html_editor/../tests/_helpers/user_actions";

import {
    describe,
    expect,
    manuallyDispatchProgrammaticEvent,
    press,
    queryOne,
    test,
} from "@odoo/hoot";
import { animationFrame, Deferred } from "@odoo/hoot-mock";
import { getService, patchWithCleanup, preloadBundle } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
defineCommandModels();
preloadBundle("web.assets_emoji");

test("/ lists the commands that may be run here, none highlighted", async () => {
    await openWithCommands();
    await type("/");
    await contains(ROW, { count: 6 });
    await shows(`${ROW}:first`, "/helpdesk");
    await contains(ACTIVE_ROW, { count: 0 });
});

test("Enter takes a highlighted row, and runs it when the name is whole", async () => {
    const { calls, messages } = await openWithCommands();
    await type("/his");
    await shows(ACTIVE_ROW, "/history");
    await pressKey("Enter");
    expect(composerText()).toBe("/history ");
    await contains(ROW, { count: 0 });
    await pressKey("Enter");
    await shows(ANSWER, "Answer to /history");
    expect(composerText()).toBe("");
    expect(calls.map(({ line }) => line)).toEqual(["/history "]);
    await type("/help");
    await shows(ACTIVE_ROW, "/help");
    await pressKey("Enter");
    await contains(ANSWER, { count: 2 });
    expect(calls.length).toBe(2);
    expect(calls[0].requestId).not.toBe(calls[1].requestId);
    expect(messages).toEqual([]);
});

test("an alias runs its command", async () => {
    const { calls } = await openWithCommands();
    await type("/ticket Broken mouse");
    await shows(HINT, "Ticket for Marie");
    await pressKey("Enter");
    await shows(ANSWER, "Answer to /ticket Broken mouse");
    expect(calls[0].line).toBe("/ticket Broken mouse");
});

test("Tab takes the highlighted row, or the first one", async () => {
    await openWithCommands();
    await type("/t");
    await shows(ACTIVE_ROW, "/helpdesk");
    await pressKey("Tab");
    expect(composerText()).toBe("/helpdesk ");
    await pressKey("Tab");
    expect(composerText()).toBe("/helpdesk My printer does not print");
});

test("Tab on an empty title in front of a draft", async () => {
    const { calls } = await openWithCommands();
    await type("Hello Marie");
    await typeInFront("/helpdesk ");
    expect(composerText()).toBe("/helpdesk \nHello Marie");
    await pressKey("Tab");
    expect(composerText()).toBe("/helpdesk My printer does not print\nHello Marie");
    await pressKey("Enter");
    await contains(ANSWER);
    expect(calls[0].line).toBe("/helpdesk My printer does not print");
    expect(composerText()).toBe("Hello Marie");
});

test("matches in the help are listed, not highlighted", async () => {
    await openWithCommands();
    await type("/pages");
    await contains(ROW, { count: 1 });
    await shows(ROW, "/history");
    await contains(ACTIVE_ROW, { count: 0 });
});

test("Enter and Tab before the list was drawn take what it will highlight", async () => {
    const { calls, messages } = await openWithCommands();
    await type("/");
    await press("n");
    await press("Tab");
    await animationFrame();
    expect(composerText()).toBe("/note ");
    await contains(ROW, { count: 0 });
    await press("Backspace");
    await pressKey("Enter"); // the name alone: what is missing is asked for
    await shows(`${HINT} .o-is-asked`, "Expected: text");
    expect(composerText()).toBe("/note ");
    await clear();
    await type("/he");
    await shows(ACTIVE_ROW, "/helpdesk");
    await press("l");
    await press("p");
    await pressKey("Enter");
    await contains(ANSWER);
    expect(calls.map(({ line }) => line)).toEqual(["/help"]);
    expect(messages).toEqual([]);
});

test("a missing argument is asked for, and nothing is lost", async () => {
    const { calls, messages } = await openWithCommands();
    await type("Hello Marie");
    await typeInFront("/helpdesk ");
    await pressKey("Enter");
    await shows(`${HINT} .o-is-asked`, "Expected: title");
    expect(composerText()).toBe("/helpdesk \nHello Marie");
    await pressKey("x");
    await contains(`${HINT} .o-is-asked`, { count: 0 });
    await pressKey("Enter");
    await contains(ANSWER);
    expect(calls.map(({ line }) => line)).toEqual(["/helpdesk x"]);
    expect(composerText()).toBe("Hello Marie");
    expect(messages).toEqual([]);
});

test("a closed list takes nothing, also before it was drawn", async () => {
    const { calls } = await openWithCommands();
    await type("/h");
    await shows(ACTIVE_ROW, "/");
    await press("Escape");
    await press("Tab");
    await animationFrame();
    expect(composerText()).toBe("/h");
    await press("i");
    await press("Tab");
    await animationFrame();
    expect(composerText()).toBe("/history ");
    expect(calls).toEqual([]);
});

test("a corrected name runs, wherever the cursor stands in it", async () => {
    const { calls } = await openWithCommands();
    await type("/nte my note");
    await pressKey("Enter");
    await shows(HINT, "Nothing was sent");
    queryOne(`${INPUT}:not([disabled])`).setSelectionRange(2, 2);
    await pressKey("o");
    expect(composerText()).toBe("/note my note");
    await pressKey("Enter");
    await contains(ANSWER);
    expect(calls.map(({ line }) => line)).toEqual(["/note my note"]);
});

test("what is typed right after Enter is a new line", async () => {
    const { calls } = await openWithCommands();
    await type("/note one");
    await press("Enter");
    await insertText(INPUT, "/note two");
    await pressKey("Enter");
    await contains(ANSWER, { count: 2 });
    expect(calls.map(({ line }) => line)).toEqual(["/note one", "/note two"]);
});

const REPLY = {
    body: "<p>Made</p>",
    composer_response: { id: 1, source: "promise", text: "HT00012 is ours.", files: [] },
};

test("a second Enter does not send what the first put into the composer", async () => {
    const { calls, messages } = await openWithCommands({ getAnswer: () => REPLY });
    stopTime();
    await type("/note x");
    await press("Enter");
    await contains(INPUT, { value: "HT00012 is ours." });
    await pressKey("Enter");
    expect(composerText()).toBe("HT00012 is ours.");
    expect(messages).toEqual([]);
    expect(calls.length).toBe(1);
});

test("an Enter that is held sends nothing once more", async () => {
    const { messages } = await openWithCommands({ getAnswer: () => REPLY });
    await type("/note x");
    await pressKey("Enter");
    await contains(INPUT, { value: "HT00012 is ours." });
    await insertText(INPUT, "Hello", { replace: true }); // however late
    const held = { key: "Enter", repeat: true };
    await manuallyDispatchProgrammaticEvent(document.activeElement, "keydown", held);
    await animationFrame();
    expect(composerText()).toBe("Hello");
    expect(messages).toEqual([]);
    await pressKey("Enter");
    await shows(".o-mail-Message", "Hello");
});

test("a second tap on the button does not send the draft", async () => {
    const { calls, messages } = await openWithCommands();
    stopTime();
    await type("half a draft");
    await typeInFront("/note x");
    await click(".o-mail-Composer button[title='Send']:enabled");
    await contains(INPUT, { value: "half a draft" });
    await click(".o-mail-Composer button[title='Send']:enabled");
    await contains(ANSWER);
    expect(composerText()).toBe("half a draft");
    expect(messages).toEqual([]);
    expect(calls.length).toBe(1);
});

test("Escape closes the list and stays in the conversation", async () => {
    await openWithCommands();
    await type("/he");
    await contains(ROW, { count: 3 });
    await pressKey("Escape");
    await contains(ROW, { count: 0 });
    expect(composerText()).toBe("/he");
    await type("l");
    await contains(ROW, { count: 3 });
});

test("arrow keys move the highlight around", async () => {
    await openWithCommands();
    await type("/");
    await contains(ROW, { count: 6 });
    await pressKey("ArrowUp");
    await contains(`${ROW}:last ${ACTIVE_ROW}`);
    await pressKey("ArrowDown");
    await contains(`${ROW}:first ${ACTIVE_ROW}`);
    await contains(`${INPUT}[aria-activedescendant]`);
    await pressKey("Enter");
    expect(composerText()).toBe("/helpdesk ");
});

test("a slip is held; Run and Send are offered, nothing highlighted", async () => {
    const { calls, messages } = await openWithCommands();
    await type("/helpdsk my note");
    await pressKey("Enter");
    await contains(ROW, { count: 2 });
    await shows(ROW, "Run /helpdesk my note");
    await shows(ROW, 'Send to Marie: "/helpdsk my note"');
    await contains(ACTIVE_ROW, { count: 0 });
    await contains(`${HINT}.o-isHeld`);
    await pressKey("Enter"); // nothing highlighted: nothing happens
    await pressKey("Tab");
    await contains(ROW, { count: 2 });
    expect(messages).toEqual([]);
    await pressKey("ArrowDown");
    await pressKey("Enter");
    await shows(ANSWER, "Answer to /helpdesk my note");
    expect(calls.map(({ line }) => line)).toEqual(["/helpdesk my note"]);
    expect(messages).toEqual([]);
    expect(composerText()).toBe("");
});

test("what the operator chooses to send goes with the mark", async () => {
    const { messages } = await openWithCommands();
    await type("/helpdsk my note");
    await pressKey("Enter");
    await contains(ROW, { count: 2 });
    await pressKey("ArrowUp");
    await pressKey("Enter");
    await shows(".o-mail-Message", "/helpdsk my note");
    expect(messages.length).toBe(1);
    expect(messages[0].send_as_typed).toBe(true);
    await type("Hello");
    await pressKey("Enter");
    await shows(".o-mail-Message", "Hello");
    expect(messages[1].send_as_typed).toBe(undefined);
});

test("held too: by the button, behind one wrong character, behind blanks", async () => {
    const { messages, calls } = await openWithCommands();
    for (const text of ["/xyzzy", ":helpdesk Broken", " /note x", "/end", ":bonjour", "/"]) {
        await type(text);
        await pressKey("Escape");
        await click(".o-mail-Composer button[title='Send']:enabled");
        await shows(ROW, "Send to Marie");
        expect(composerText()).toBe(text);
        await pressKey("Escape");
        await contains(ROW, { count: 0 });
        await clear();
    }
    expect(messages).toEqual([]);
    expect(calls).toEqual([]);
});

test("// is text", async () => {
    const { messages, calls } = await openWithCommands();
    await type("//helpdesk x");
    await contains(ROW, { count: 0 });
    await shows(HINT, "Marie will see it");
    await pressKey("Enter");
    await shows(".o-mail-Message", "//helpdesk x");
    expect(messages.length).toBe(1);
    expect(calls).toEqual([]);
});

test("an edited message is guarded", async () => {
    const { calls, messages } = await openWithCommands();
    await type("Hi");
    await pressKey("Enter");
    await shows(".o-mail-Message", "Hi");
    messages.length = 0;
    await pressKey("ArrowUp");
    await contains(EDITED, { value: "Hi" });
    await pressKey(["Control", "a"]);
    await insertText(EDITED, "/lead secret", { replace: true });
    await pressKey("Enter");
    await shows(ROW, 'Send to Marie: "/lead secret"');
    expect(messages).toEqual([]);
    expect(calls).toEqual([]);
    await pressKey("ArrowUp");
    await pressKey("Enter");
    await shows(".o-mail-Message", "/lead secret");
    expect(messages.length).toBe(1);
    expect(messages[0].send_as_typed).toBe(true);
});

test("/ in front of a draft moves it down; running takes the first line only", async () => {
    const { messages, calls } = await openWithCommands();
    await type("Hello Marie");
    await typeInFront("/");
    expect(composerText()).toBe("/\nHello Marie");
    await pressKey("Backspace");
    expect(composerText()).toBe("Hello Marie");
    await typeInFront("/note call back");
    expect(composerText()).toBe("/note call back\nHello Marie");
    await press("Enter");
    await press("Enter"); // twice, as hasty fingers do
    await shows(ANSWER, "Answer to /note call back");
    expect(composerText()).toBe("Hello Marie");
    expect(messages).toEqual([]);
    expect(calls.length).toBe(1);
});

test("no typing notification while a line starts with /", async () => {
    const notified = [];
    onRpcBefore("/discuss/channel/notify_typing", ({ is_typing }) => void notified.push(is_typing));
    await openWithCommands();
    await type("/helpdsk my secret");
    await contains(HINT);
    await type(" x");
    await clear();
    expect(notified).toEqual([]);
    await type("Hello");
    expect(notified).toEqual([true]);
});

test("in conversations without visitors unknown commands stay Odoo's", async () => {
    serveCommands();
    const messages = recordMessages();
    answerCommands();
    await openChannel();
    await type("/xyzzy is text");
    await pressKey("Enter");
    await shows(".o-mail-Message", "/xyzzy is text");
    expect(messages.length).toBe(1);
    await type("/help");
    await pressKey("Enter");
    await shows(ANSWER, "Answer to /help");
});

test("an ended conversation takes commands only", async () => {
    serveCommands({ is_command_only: true });
    const messages = recordMessages();
    const calls = answerCommands();
    await openConversation({ livechat_end_dt: "2026-01-01 12:00:00" });
    await contains(`${INPUT}[placeholder='Type / for a command']`);
    await click(INPUT);
    await type("Hello");
    await shows(HINT, "This conversation has ended");
    await pressKey("Enter");
    expect(composerText()).toBe("Hello");
    expect(messages).toEqual([]);
    await clear();
    await type("/note late");
    await pressKey("Enter");
    await shows(ANSWER, "Answer to /note late");
    expect(calls.length).toBe(1);
});

test("the visitor's end takes no focus, and no composer that has commands", async () => {
    const values = {};
    let answered = Promise.resolve();
    onRpcBefore("/mail/data", () => answered);
    const { channelId } = await openWithCommands({ values });
    const thread = getService("mail.store").Thread.get({ model: "discuss.channel", id: channelId });
    await contains(`${INPUT}:focus`);
    const input = queryOne(INPUT);
    answered = new Deferred();
    values.is_command_only = true;
    thread.livechat_end_dt = "2026-01-01 12:00:00";
    await animationFrame();
    expect(queryOne(INPUT)).toBe(input);
    answered.resolve();
    await contains(`${INPUT}:focus[placeholder='Type / for a command']`);
    expect(queryOne(INPUT)).toBe(input);
    values.is_command_only = false; // where none is left
    await thread.fetchCommands({ force: true });
    await contains(INPUT, { count: 0 });
});

test("where the server sends nothing, everything stays Odoo's", async () => {
    const messages = recordMessages();
    await openConversation();
    await type("/xyzzy");
    await pressKey("Enter");
    await shows(".o-mail-Message", "/xyzzy");
    expect(messages.length).toBe(1);
});

test("a text typed before the definitions came is judged when they are there", async () => {
    const deferred = new Deferred();
    let isFirst = true;
    serveCommands();
    onRpcBefore("/mail/data", async ({ fetch_params }) => {
        if (isFirst && fetch_params.some(([name]) => name === "livechat_command")) {
            isFirst = false;
            await deferred;
        }
    });
    const messages = recordMessages();
    answerCommands();
    await openConversation();
    await type("/helpdsk x");
    await pressKey("Enter");
    expect(messages).toEqual([]);
    deferred.resolve();
    await shows(ROW, "Run /helpdesk x");
    expect(messages).toEqual([]);
});

test("in a chat window a text is left neither by Escape nor by Tab", async () => {
    const { channelId } = await openWithCommands();
    const store = getService("mail.store");
    const thread = await store.Thread.getOrFetch({ model: "discuss.channel", id: channelId });
    await getService("action").doAction({
        res_model: "res.partner",
        type: "ir.actions.act_window",
        views: [[false, "list"]],
    });
    await thread.openChatWindow({ focus: true });
    await contains(".o-mail-ChatWindow .o-mail-Composer-input:focus");
    await type("Hello");
    await pressKey("Escape");
    await pressKey("Tab");
    await contains(".o-mail-ChatWindow .o-mail-Composer-input:focus");
    expect(composerText()).toBe("Hello");
    await clear();
    await type("/he");
    await contains(ROW, { count: 3 });
    await pressKey("Escape");
    await contains(ROW, { count: 0 });
    await contains(".o-mail-ChatWindow");
});

test("an Enter on a list that still loads takes what it will highlight", async () => {
    const deferred = new Deferred();
    onRpcBefore("/mail/data", async ({ fetch_params }) => {
        if (fetch_params.some(([name]) => name === "livechat_command/canned_responses")) {
            await deferred;
        }
    });
    const responses = [{ id: 1, source: "bonjour", text: "Bonjour Marie" }];
    const { messages } = await openWithCommands({ responses });
    await type(":bonj");
    await animationFrame(); // the list is asked for
    // A slow machine is not what is tested: the second is longer.
    patchWithCleanup(PATIENCE, { delay: 60_000 });
    await pressKey("Enter");
    expect(composerText()).toBe(":bonj");
    deferred.resolve();
    await contains(INPUT, { value: "Bonjour Marie " });
    expect(messages).toEqual([]);
});

test("an Enter on a list that was closed sends, also while the list loads", async () => {
    onRpcBefore("/mail/data", async ({ fetch_params }) => {
        if (fetch_params.some(([, params]) => params?.term)) {
            await new Deferred();
        }
    });
    const responses = [{ id: 1, source: "bonjour", text: "Bonjour Marie" }];
    serveCannedResponses(responses, { isComplete: false });
    const { messages } = await openWithCommands();
    await type("Merci :bonj");
    await contains(ROW, { text: "bonjour" });
    await pressKey("Escape");
    await contains(ROW, { count: 0 });
    await pressKey("Enter");
    await shows(".o-mail-Message", "Merci :bonj");
    expect(messages.length).toBe(1);
});

test("files and reply stay when a command runs", async () => {
    const { calls, channelId } = await openWithCommands();
    const { composer } = getService("mail.store").Thread.get({
        model: "discuss.channel",
        id: channelId,
    });
    composer.attachments.push({ id: 7, name: "invoice.pdf" });
    await type("/note x");
    await pressKey("Enter");
    await contains(ANSWER);
    expect(calls.length).toBe(1);
    expect(composer.attachments.map(({ name }) => name)).toEqual(["invoice.pdf"]);
});

test("an Enter that ends a composition does nothing else", async () => {
    const { calls, messages } = await openWithCommands();
    await type("/help");
    await contains(ACTIVE_ROW);
    const input = document.activeElement;
    await manuallyDispatchProgrammaticEvent(input, "keydown", { key: "Enter", isComposing: true });
    expect(composerText()).toBe("/help");
    // Safari ends the composition before, and says it by the code alone.
    const ending = { bubbles: true, cancelable: true, key: "Enter", keyCode: 229 };
    input.dispatchEvent(new KeyboardEvent("keydown", ending));
    await animationFrame();
    expect(composerText()).toBe("/help");
    await clear();
    await type("Hello");
    input.dispatchEvent(new KeyboardEvent("keydown", ending));
    await animationFrame();
    expect(composerText()).toBe("Hello");
    expect(calls).toEqual([]);
    expect(messages).toEqual([]);
});

test("the HTML composer has the guard, and runs commands", async () => {
    const { calls, messages } = await openWithCommands();
    getService("mail.composer").setHtmlComposer();
    await contains(".o-mail-Composer-html.odoo-editor-editable");
    await focus(".o-mail-Composer-html.odoo-editor-editable");
    const editor = {
        document,
        editable: document.querySelector(".o-mail-Composer-html.odoo-editor-editable"),
    };
    await htmlInsertText(editor, "/helpdsk x");
    await pressKey("Enter");
    await shows(ROW, "Run /helpdesk x");
    expect(messages).toEqual([]);
    await pressKey("ArrowDown");
    await pressKey("Enter");
    await shows(ANSWER, "Answer to /helpdesk x");
    expect(calls.map(({ line }) => line)).toEqual(["/helpdesk x"]);
    expect(messages).toEqual([]);
});

test("two Enters before the commands are there do not send the draft", async () => {
    const deferred = new Deferred();
    serveCommands();
    onRpcBefore("/mail/data", async ({ fetch_params }) => {
        if (fetch_params.some(([name]) => name === "livechat_command")) {
            await deferred;
        }
    });
    const messages = recordMessages();
    const calls = answerCommands();
    const { channelId } = await openConversation();
    await contains(`${INPUT}:focus`);
    patchWithCleanup(PATIENCE, { delay: 60_000 });
    const { composer } = getService("mail.store").Thread.get({
        model: "discuss.channel",
        id: channelId,
    });
    composer.composerText = "/note call back\nHello Marie";
    await animationFrame();
    await pressKey("Enter");
    await pressKey("Enter");
    deferred.resolve();
    await shows(ANSWER, "Answer to /note call back");
    await animationFrame();
    expect(composerText()).toBe("Hello Marie");
    expect(messages).toEqual([]);
    expect(calls.length).toBe(1);
});

test("a slip below an empty line is run in place of both", async () => {
    const { calls, channelId } = await openWithCommands();
    const { composer } = getService("mail.store").Thread.get({
        model: "discuss.channel",
        id: channelId,
    });
    composer.composerText = "\n/helpdsk x\nHello Marie";
    await animationFrame();
    await pressKey("Enter");
    await shows(ROW, "Run /helpdesk x");
    await pressKey("ArrowDown");
    await pressKey("Enter");
    await shows(ANSWER, "Answer to /helpdesk x");
    expect(calls.length).toBe(1);
    expect(composerText()).toBe("Hello Marie");
});
