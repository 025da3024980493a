import {
    ANSWER,
    EDITED,
    INPUT,
    answerCommands,
    clear,
    composerText,
    defineCommandModels,
    makeChannel,
    makeLivechat,
    openChannel,
    openWithCommands,
    pressKey,
    serveCommands,
    shows,
    stopTime,
    type,
} from "@livechat_command/../tests/livechat_command_test_helpers";
import { showHistory, submitLine } from "@livechat_command/core/web/command/run_line";
import { restoreAnswers } from "@livechat_command/core/web/command/kept_answers";

import { click, contains, triggerHotkey } from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { waitUntil } from "@odoo/hoot-dom";
import { Deferred, animationFrame } from "@odoo/hoot-mock";

import { getService, onRpc, patchWithCleanup, serverState } from "@web/../tests/web_test_helpers";
import { browser } from "@web/core/browser/browser";
import { ConnectionLostError } from "@web/core/network/rpc";

describe.current.tags("desktop");
defineCommandModels();

const openAnswering = (getAnswer, values) => openWithCommands({ getAnswer, values });

async function run(line) {
    await type(line);
    await pressKey("Enter");
}

test("the line waits in the conversation, the composer is free at once", async () => {
    const deferred = new Deferred();
    await openAnswering(async () => {
        await deferred;
        return { body: "<p>There it is</p>" };
    });
    await run("/note first");
    await contains(`${ANSWER}[data-status='waiting']`, { text: "/note first" });
    expect(composerText()).toBe("");
    await type("Hello");
    expect(composerText()).toBe("Hello");
    deferred.resolve();
    await contains(`${ANSWER}[data-status='done']`);
    await shows(ANSWER, "There it is");
    expect(composerText()).toBe("Hello");
});

test("a lost connection fails the line; Retry sends the same request", async () => {
    let isLost = true;
    const { calls } = await openAnswering(() => {
        if (isLost) {
            throw new ConnectionLostError("/web/dataset/call_kw");
        }
        return { body: "<p>Done once</p>" };
    });
    await run("/note x");
    await contains(`${ANSWER}[data-status='failed']`);
    isLost = false;
    await click(`${ANSWER} button`, { text: "Retry" });
    await contains(`${ANSWER}[data-status='done']`);
    await shows(ANSWER, "Done once");
    expect(calls.length).toBe(2);
    expect(calls[0].requestId).toBe(calls[1].requestId);
    await contains(ANSWER, { count: 1 });
});

test("Edit puts the line back, only into an empty composer, as a new request", async () => {
    const { calls } = await openAnswering(() => ({ status: "usage", body: "<p>Type text</p>" }));
    await run("/note a");
    await contains(`${ANSWER}[data-status='usage']`);
    await type("a draft");
    await contains(`${ANSWER} button:disabled`, { text: "Edit" });
    await clear();
    await click(`${ANSWER} button:enabled`, { text: "Edit" });
    await contains(ANSWER, { count: 0 });
    expect(composerText()).toBe("/note a");
    await contains(`${INPUT}:focus`);
    await type("x");
    await pressKey("Enter");
    await contains(ANSWER);
    expect(calls.length).toBe(2);
    expect(calls[0].requestId).not.toBe(calls[1].requestId);
});

test("answers are there again after a reload, where they stood", async () => {
    const kept = [
        {
            after_id: 0,
            body: "<p><b>Noted</b></p>",
            can_undo: true,
            line: "/note Tea",
            request_id: "r-1",
            status: "done",
        },
    ];
    const { channelId } = await openAnswering(undefined, { livechat_command_answers: kept });
    await shows(ANSWER, "Noted");
    await contains(`${ANSWER} b`, { text: "Noted" });
    const { commandAnswers } = getService("mail.store").Thread.get({
        model: "discuss.channel",
        id: channelId,
    });
    await run("/history ");
    await contains(ANSWER, { count: 2 });
    expect(commandAnswers.map(({ line }) => line)).toEqual(["/note Tea", "/history "]);
    await contains(`${ANSWER} button`, { text: "Alt 0Undo", count: 1 });
});

test("what comes back late stands behind nothing newer", async () => {
    const { channelId } = await openAnswering(() => ({ body: "<p>Noted</p>", can_undo: true }));
    await run("/note b");
    await contains(`${ANSWER}[data-status='done']`);
    const thread = getService("mail.store").Thread.get({ model: "discuss.channel", id: channelId });
    const kept = { line: "/note a", status: "done", body: "<p>Noted</p>", can_undo: true };
    await restoreAnswers(thread, [{ ...kept, request_id: "r-1", after_id: 0 }]);
    await contains(ANSWER, { count: 2 });
    expect(thread.answerToUndo.line).toBe("/note b");
    await triggerHotkey("alt+arrowup");
    await contains(`${ANSWER}[aria-label='/note a']`);
    await contains(ANSWER, { count: 1 });
});

test("an answer is never one record with a message that is on its way", async () => {
    const { channelId } = await openAnswering();
    const store = getService("mail.store");
    const thread = store.Thread.get({ model: "discuss.channel", id: channelId });
    const sentId = store.getNextTemporaryId(); // it has no record yet
    submitLine(thread, "/note x");
    expect(thread.commandAnswers[0].message.id).not.toBe(sentId);
    await contains(`${ANSWER}[data-status='done']`);
});

test("what was dismissed does not come back with the page", async () => {
    await openAnswering();
    await run("/note a");
    await contains(`${ANSWER}[data-status='done']`);
    const store = getService("mail.store");
    const { thread, requestId } = Object.values(store.CommandAnswer.records)[0];
    await triggerHotkey("alt+arrowup");
    await contains(ANSWER, { count: 0 });
    const kept = { line: "/note a", body: "<p>Noted</p>", after_id: 0 };
    await restoreAnswers(thread, [
        { ...kept, request_id: requestId },
        { ...kept, request_id: "r-2", line: "/note b" },
    ]);
    await contains(ANSWER, { text: "/note b" });
    await contains(ANSWER, { count: 1 });
});

test("no line says that one's own answer is new", async () => {
    const { channelId, guestId, pyEnv } = await openAnswering();
    const store = getService("mail.store");
    const thread = store.Thread.get({ model: "discuss.channel", id: channelId });
    pyEnv["mail.message"].create({
        author_guest_id: guestId,
        body: "Hello",
        model: "discuss.channel",
        res_id: channelId,
    });
    await thread.fetchNewMessages();
    // Messages of other conversations have higher numbers.
    store["mail.message"].insert({ id: 10_000, body: "elsewhere" });
    thread.self_member_id.new_message_separator_ui = 5_000;
    await run("/history ");
    await contains(ANSWER);
    expect(thread.messages.at(-1).id).toBeGreaterThan(5_000);
    await contains(".o-mail-Thread-newMessage", { count: 0 });
});

test("an answer can be dismissed", async () => {
    await openAnswering();
    await run("/history ");
    await contains(ANSWER);
    await click(`${ANSWER} button[aria-label='Dismiss']`);
    await contains(ANSWER, { count: 0 });
    await contains(`${INPUT}:focus`);
});

test("long answers are folded", async () => {
    const lines = Array.from({ length: 20 }, (_, index) => `<li>Line ${index}</li>`).join("");
    await openAnswering(() => ({ body: `<ul>${lines}</ul>` }));
    await run("/history ");
    await click(`${ANSWER} button[aria-expanded='false']`);
    await shows(`${ANSWER} button[aria-expanded='true']`, "Show less");
    await triggerHotkey("alt+arrowdown");
    await shows(`${ANSWER} button[aria-expanded='false']`, "Show more");
});

test("a line that is being answered is not dismissed", async () => {
    const answered = new Deferred();
    await openAnswering(async () => {
        await answered;
        return { body: "<p>There it is</p>" };
    });
    await run("/note x");
    await contains(`${ANSWER}[data-status='waiting']`);
    await triggerHotkey("alt+arrowup");
    answered.resolve();
    await shows(ANSWER, "There it is");
    await triggerHotkey("alt+arrowup");
    await contains(ANSWER, { count: 0 });
});

test("nothing that has a key is folded away", async () => {
    const links = Array.from({ length: 9 }, (_, i) => `<p><a href="/odoo/${i}">${i}</a></p>`);
    await openAnswering(() => ({ body: `<div>${links.join("")}</div>` }));
    await run("/history ");
    await contains(`${ANSWER} a`, { count: 9 });
    await contains(`${ANSWER} .o-isFolded`, { count: 0 });
    await contains(`${ANSWER} button[aria-expanded]`, { count: 0 });
});

test("nine links have keys, each shows its own", async () => {
    const links = Array.from({ length: 11 }, (_, i) => `<p><a href="/odoo/${i}">${i}</a></p>`);
    await openAnswering(() => ({ body: `<div>${links.join("")}</div>` }));
    await run("/history ");
    await contains(`${ANSWER} a`, { count: 11 });
    await contains(`${ANSWER} a[data-key]`, { count: 9 });
    await contains(`${ANSWER} a[data-key='9']`, { text: "8" });
});

test("success that is one sentence stands in one line, without a card", async () => {
    await openAnswering((line) => ({
        body: line === "/note x" ? "<p>Added</p>" : "<p>One</p><p>Two</p>",
    }));
    await run("/note x");
    await contains(`${ANSWER}.o-isLine[aria-label='/note x']`);
    await run("/history ");
    await contains(ANSWER, { count: 2 });
    await contains(`${ANSWER}.o-isLine`, { count: 1 });
});

test("Alt and the arrow dismisses the last answer, while nothing is typed", async () => {
    await openAnswering();
    await run("/note x");
    await run("/note y");
    await contains(ANSWER, { count: 2 });
    await type("Hello");
    await triggerHotkey("alt+arrowup");
    await contains(ANSWER, { count: 2 });
    await clear();
    await triggerHotkey("alt+arrowup");
    await contains(ANSWER, { count: 1 });
    await contains(`${ANSWER}[aria-label='/note x']`);
});

test("a record opens over the conversation; with Ctrl in a new tab", async () => {
    const opened = [];
    const actions = [];
    patchWithCleanup(browser, { open: (...args) => opened.push(args) });
    await openAnswering(() => ({ body: `<p><a href="/odoo/helpdesk.ticket/12">HT00012</a></p>` }));
    patchWithCleanup(getService("action"), {
        doAction: async (action, options) => {
            actions.push([action.res_model, action.res_id, action.target]);
            options.onClose();
        },
    });
    await run("/note x");
    await contains(`${ANSWER} a`);
    await triggerHotkey("alt+1");
    expect(actions).toEqual([["helpdesk.ticket", 12, "new"]]);
    expect(opened).toEqual([]);
    await contains(`${INPUT}:focus`);
    await triggerHotkey("alt+control+1");
    expect(opened).toEqual([["/odoo/helpdesk.ticket/12", "_blank"]]);
    expect(actions.length).toBe(1);
});

test("what follows an answer is at one key behind its links", async () => {
    const { calls } = await openAnswering((line) => ({
        body: `<p>Nothing. <a href="/odoo/a">All</a></p>`,
        offers: line.startsWith("/history")
            ? [
                  { label: "Create", line: "/note printer" },
                  { label: "Did you mean", line: "/note x", is_run: true },
              ]
            : [],
    }));
    await run("/history ");
    await contains(`${ANSWER} button`, { text: "Alt 2Create" });
    await triggerHotkey("alt+2");
    expect(composerText()).toBe("/note printer");
    expect(calls.length).toBe(1);
    await clear();
    await triggerHotkey("alt+3");
    await contains(ANSWER, { count: 2 });
    expect(calls.at(-1).line).toBe("/note x");
});

test("Alt and a digit open the links of the last answer; focus stays", async () => {
    const opened = [];
    patchWithCleanup(browser, { open: (...args) => opened.push(args) });
    await openAnswering((line) => ({
        body: line.startsWith("/note")
            ? "<p>No link</p>"
            : `<p><a href="/odoo/a">A</a> <a href="/odoo/b">B</a></p>`,
    }));
    await run("/history ");
    await contains(`${ANSWER} a`, { count: 2 });
    await run("/note x");
    await contains(ANSWER, { count: 2 });
    await triggerHotkey("alt+2");
    await triggerHotkey("alt+1");
    await triggerHotkey("alt+3");
    await triggerHotkey("alt+1", false, { code: "Numpad1" }); // writes a character
    expect(opened).toEqual([
        ["/odoo/b", "_blank"],
        ["/odoo/a", "_blank"],
    ]);
    await contains(`${INPUT}:focus`);
});

test("a failure also notifies when the operator has moved on", async () => {
    const deferred = new Deferred();
    const { pyEnv, channelId } = await openAnswering(async () => {
        await deferred;
        return { status: "failed", body: "<p>No</p>" };
    });
    const otherId = makeChannel(pyEnv);
    await run("/note x");
    await contains(`${ANSWER}[data-status='waiting']`);
    const store = getService("mail.store");
    const other = await store.Thread.getOrFetch({ model: "discuss.channel", id: otherId });
    other.setAsDiscussThread();
    await contains(ANSWER, { count: 0 });
    expect(store.discuss.thread.id).toBe(otherId);
    deferred.resolve();
    await shows(".o_notification", "Marie");
    await click(".o_notification button", { text: "Open" });
    await contains(`${ANSWER}[data-status='failed']`);
    expect(store.discuss.thread.id).toBe(channelId);
});

/** Answer Undo, and note the requests that it is called for. */
function answerUndo(getAnswer) {
    const undone = [];
    onRpc("discuss.command.run", "undo", ({ args: [requestId] }) => {
        undone.push(requestId);
        return getAnswer(requestId);
    });
    return undone;
}

test("Alt+0 takes back the last line that can be, and the answer says so", async () => {
    const { calls } = await openAnswering((line) => ({
        body: `<p>Noted ${line}</p>`,
        can_undo: line !== "/help",
    }));
    const undone = answerUndo(() => ({ status: "undone", body: "<p>Undone: <s>x</s></p>" }));
    await run("/note a");
    await run("/note b");
    await contains(`${ANSWER}[aria-label='/note a'] button`, { text: "Undo" });
    await contains(`${ANSWER}[aria-label='/note b'] button`, { text: "Alt 0Undo" });
    await triggerHotkey("alt+0");
    await contains(`${ANSWER}[data-status='undone'] [role='status'] s`, { text: "x" });
    await contains(`${INPUT}:focus`);
    await triggerHotkey("alt+0");
    await contains(`${ANSWER}[data-status='undone']`, { count: 2 });
    await triggerHotkey("alt+0"); // there is nothing left
    expect(undone).toEqual([calls[1].requestId, calls[0].requestId]);
});

test("what a line put into the composer goes with it, unless it was changed", async () => {
    const response = { id: 1, source: "promise", text: "HT00012 is ours.", files: [] };
    await openAnswering(() => ({
        body: "<p>Made</p>",
        can_undo: true,
        composer_response: response,
    }));
    answerUndo(() => ({ status: "undone", body: "<p>Undone</p>" }));
    await run("/note a");
    await contains(`${ANSWER}[data-status='done']`);
    expect(composerText()).toBe("HT00012 is ours.");
    await triggerHotkey("alt+0");
    await contains(`${ANSWER}[data-status='undone']`);
    expect(composerText()).toBe("");
    await run("/note b");
    await contains(`${ANSWER}[data-status='done']`);
    await type(" And");
    await triggerHotkey("alt+0");
    await contains(`${ANSWER}[data-status='undone']`, { count: 2 });
    expect(composerText()).toBe("HT00012 is ours. And");
});

test("files that were attached to what a line put into the composer stay", async () => {
    const response = { id: 1, source: "promise", text: "HT00012 is ours.", files: [] };
    const { channelId } = await openAnswering(() => ({
        body: "<p>Made</p>",
        can_undo: true,
        composer_response: response,
    }));
    answerUndo(() => ({ status: "undone", body: "<p>Undone</p>" }));
    await run("/note a");
    await contains(`${ANSWER}[data-status='done']`);
    const thread = getService("mail.store").Thread.get({ model: "discuss.channel", id: channelId });
    thread.composer.attachments.push({ id: 7, name: "invoice.pdf" });
    await triggerHotkey("alt+0");
    await contains(`${ANSWER}[data-status='undone']`);
    expect(thread.composer.attachments.map(({ name }) => name)).toEqual(["invoice.pdf"]);
});

test("what is against undoing is said below the answer; a lost answer can be retried", async () => {
    await openAnswering(() => ({ body: "<p>Noted</p>", can_undo: true }));
    const results = [
        () => Promise.reject(new Error("lost")),
        () => ({ status: "failed", sentence: "Broken" }),
        () => ({ status: "refused", sentence: "Ben has changed it" }),
    ];
    const undone = answerUndo(() => results.shift()());
    await run("/note a");
    await click(`${ANSWER} button`, { text: "Alt 0Undo" });
    await shows(`${ANSWER} [role='status']`, "The server could not answer");
    await click(`${ANSWER} button`, { text: "Alt 0Undo" });
    await shows(ANSWER, "Broken");
    await triggerHotkey("alt+0");
    await shows(`${ANSWER} [role='status']`, "Ben has changed it");
    await contains(`${ANSWER} button`, { text: "Alt 0Undo", count: 0 });
    await contains(`${ANSWER}[data-status='done']`);
    expect(undone.length).toBe(3);
});

test("Alt+0 is of what was done last: leaving, or a line that can be undone", async () => {
    let rejoined = 0;
    onRpc("discuss.channel", "rejoin_conversation", () => ++rejoined);
    const { channelId } = await openAnswering((line) =>
        line.startsWith("/leave")
            ? { body: "<p>You left</p>", can_rejoin: true, left: true }
            : { body: "<p>Noted</p>", can_undo: true }
    );
    const undone = answerUndo(() => ({ status: "undone", body: "<p>Undone</p>" }));
    await run("/note a");
    await contains(`${ANSWER} kbd`, { text: "Alt 0" });
    await run("/leave bye");
    await contains(".o_notification button", { text: "Rejoin (Alt+0)" });
    const thread = { model: "discuss.channel", id: channelId };
    getService("mail.store").Thread.get(thread).setAsDiscussThread(); // none was shown
    await contains(`${ANSWER}[aria-label='/note a']`);
    await contains(`${ANSWER} kbd`, { text: "Alt 0", count: 0 });
    await run("/note b");
    await contains(`${ANSWER} kbd`, { text: "Alt 0" });
    await contains(".o_notification button", { text: "Rejoin (Alt+0)", count: 0 });
    await contains(".o_notification button", { text: "Rejoin" });
    await triggerHotkey("alt+0");
    await contains(`${ANSWER}[data-status='undone']`);
    expect([undone.length, rejoined]).toEqual([1, 0]);
});

for (const isFirst of [true, false]) {
    const order = isFirst ? "before" : "after";
    test(`no channel of colleagues is shown when the answer comes ${order} the bus`, async () => {
        const answered = new Deferred();
        const { channelId, pyEnv } = await openAnswering(async () => {
            await answered;
            return { body: "<p>You left</p>", left: true };
        });
        const store = getService("mail.store");
        await store.Thread.getOrFetch({ model: "discuss.channel", id: makeChannel(pyEnv) });
        const thread = store.Thread.get({ model: "discuss.channel", id: channelId });
        const leave = async () => {
            pyEnv["discuss.channel"].action_unfollow([channelId]);
            await waitUntil(() => !thread.displayToSelf, { timeout: 3000 });
        };
        await run("/leave bye");
        await contains(ANSWER);
        if (!isFirst) {
            await leave();
        }
        answered.resolve();
        await shows(".o_notification", "You left");
        if (isFirst) {
            await leave();
        }
        await contains(INPUT, { count: 0 });
        expect(store.discuss.thread).toBe(undefined);
    });
}

test("after leaving, the answer is a notification with Rejoin", async () => {
    const { calls, channelId } = await openAnswering(() => ({
        body: "<p>You left</p>",
        can_rejoin: true,
        left: true,
    }));
    await run("/leave bye");
    await shows(".o_notification", "You left");
    await contains(".o_notification button", { text: "Rejoin (Alt+0)" });
    // What may be run is asked for again on coming back.
    const thread = getService("mail.store").Thread.get({ model: "discuss.channel", id: channelId });
    expect(thread.areCommandsLoaded).toBe(false);
    await contains(ANSWER, { count: 0 });
    expect(calls.length).toBe(1);
    const rejoined = [];
    const joined = new Deferred();
    onRpc("discuss.channel", "rejoin_conversation", ({ args }) => {
        rejoined.push(args[0]);
        return joined;
    });
    await triggerHotkey("alt+0");
    await animationFrame();
    await contains(".o_notification"); // if it fails, one can try again
    joined.resolve(true);
    await contains(".o_notification", { count: 0 });
    await triggerHotkey("alt+0"); // gone with the notification
    expect(rejoined).toEqual([[channelId]]);
});

test("what the visitor's browser reports is shown under its line", async () => {
    const { channelId, pyEnv } = await openAnswering(() => ({
        awaits_history: true,
        body: "<p>Tracked pages</p>",
    }));
    await run("/history ");
    await shows(ANSWER, "Asking the visitor's browser");
    const [partner] = pyEnv["res.partner"].read(serverState.partnerId);
    pyEnv["bus.bus"]._sendone(partner, "livechat_command/history", {
        channel_id: channelId,
        body: `<p><a href="/shop">/shop</a></p>`,
    });
    await contains(`${ANSWER} a`, { text: "/shop" });
    await shows(ANSWER, "Tracked pages");
});

test("a report that comes before the answer is shown, too", async () => {
    const answered = new Deferred();
    const { channelId } = await openAnswering(async () => {
        await answered;
        return { awaits_history: true, body: "<p>Tracked pages</p>" };
    });
    await run("/history ");
    await contains(`${ANSWER}[data-status='waiting']`);
    showHistory(getService("mail.store"), { channel_id: channelId, body: "<p>/shop</p>" });
    answered.resolve();
    await shows(ANSWER, "Tracked pages");
    await shows(ANSWER, "/shop");
});

test("leaving and a second Enter send nothing in the next conversation", async () => {
    const { messages, pyEnv } = await openAnswering(() => ({ body: "<p>Left</p>", left: true }));
    const store = getService("mail.store");
    const guestId = pyEnv["mail.guest"].create({ name: "Paul" });
    const paul = await store.Thread.getOrFetch({
        model: "discuss.channel",
        id: makeLivechat(pyEnv, guestId),
    });
    paul.self_member_id.message_unread_counter = 1;
    paul.composer.composerText = "half a draft";
    stopTime();
    await run("/leave ");
    await contains(`${INPUT}:focus`, { value: "half a draft" });
    await pressKey("Enter");
    await animationFrame();
    expect(store.discuss.thread.id).toBe(paul.id);
    expect(composerText()).toBe("half a draft");
    expect(messages).toEqual([]);
});

test("markup in a line or an unexpected answer is text", async () => {
    await openAnswering(() => {
        throw new Error("<img src=x>");
    });
    await run("/note <img src=x onerror=alert(1)>");
    await contains(`${ANSWER}[data-status='failed']`);
    await contains(`${ANSWER} img`, { count: 0 });
    await shows(ANSWER, "<img src=x onerror=alert(1)>");
});

test("buttons and dialogs go the way of typed commands", async () => {
    const { calls, channelId } = await openAnswering();
    const thread = getService("mail.store").Thread.get({
        model: "discuss.channel",
        id: channelId,
    });
    await thread.executeCommand({ methodName: "execute_command_help" }, "/help me");
    await contains(ANSWER, { text: "/help me" });
    expect(calls.length).toBe(1);
});

test("definitions are asked for again after a change", async () => {
    let asked = 0;
    const { pyEnv } = await openAnswering();
    const store = getService("mail.store");
    const fetchStoreData = store.fetchStoreData.bind(store);
    patchWithCleanup(store, {
        fetchStoreData: (name, ...args) => {
            asked += name === "livechat_command" ? 1 : 0;
            return fetchStoreData(name, ...args);
        },
    });
    await contains(`${INPUT}:focus`);
    const [partner] = pyEnv["res.partner"].read(serverState.partnerId);
    pyEnv["bus.bus"]._sendone(partner, "livechat_command/changed", {});
    await type("/");
    await contains(".o-mail-NavigableList-item", { count: 6 });
    expect(asked).toBeGreaterThan(0);
});

test("in a chat window answers have their keys, too", async () => {
    const opened = [];
    patchWithCleanup(browser, { open: (...args) => opened.push(args) });
    const { channelId } = await openAnswering((line) =>
        line.startsWith("/leave")
            ? { body: "<p>You left</p>", can_rejoin: true, left: true }
            : {
                  body: `<p><a href="/odoo/a">A</a></p><p><a href="/odoo/b">B</a></p>`,
                  can_undo: true,
              }
    );
    const undone = answerUndo(() => ({ status: "undone", body: "<p>Undone</p>" }));
    let rejoined = 0;
    onRpc("discuss.channel", "rejoin_conversation", () => ++rejoined);
    const thread = getService("mail.store").Thread.get({ model: "discuss.channel", id: channelId });
    await getService("action").doAction({
        res_model: "res.partner",
        type: "ir.actions.act_window",
        views: [[false, "list"]],
    });
    await thread.openChatWindow({ focus: true });
    await contains(`.o-mail-ChatWindow ${INPUT}:focus`);
    await run("/note x");
    await contains(`${ANSWER} a`, { count: 2 });
    await triggerHotkey("alt+2");
    await triggerHotkey("alt+control+1");
    expect(opened.map(([href]) => href)).toEqual(["/odoo/b", "/odoo/a"]);
    await triggerHotkey("alt+0");
    await contains(`${ANSWER}[data-status='undone']`);
    expect(undone.length).toBe(1);
    await triggerHotkey("alt+arrowdown");
    expect(thread.commandAnswers[0].isFolded).toBe(false);
    await triggerHotkey("alt+arrowup");
    await contains(ANSWER, { count: 0 });
    await run("/leave bye");
    await contains(".o_notification button", { text: "Rejoin (Alt+0)" });
    await contains(`.o-mail-ChatWindow ${INPUT}:focus`);
    await triggerHotkey("alt+0");
    await contains(".o_notification", { count: 0 });
    expect(rejoined).toBe(1);
});

test("in internal channels dismissing an answer edits no message", async () => {
    serveCommands();
    answerCommands();
    await openChannel();
    await type("Hi");
    await pressKey("Enter");
    await contains(".o-mail-Message:not(.o-pending)", { text: "Hi" });
    await run("/help ");
    await contains(`${ANSWER}[data-status='done']`);
    await pressKey(["Alt", "ArrowUp"]);
    await contains(ANSWER, { count: 0 });
    await contains(EDITED, { count: 0 });
    await pressKey(["Alt", "ArrowUp"]);
    await contains(EDITED, { count: 0 });
});

test("what can be named behind commands is forgotten when they change", async () => {
    const { channelId } = await openAnswering();
    const store = getService("mail.store");
    store.tokenCache.get(channelId, 1);
    store.invalidateCommands();
    expect(store.tokenCache.entries.size).toBe(0);
});
