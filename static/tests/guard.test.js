import {
    ACTIVE_ROW,
    ANSWER,
    EDITED,
    HINT,
    INPUT,
    ROW,
    answerCommands,
    clear,
    commandsLoaded,
    composerText,
    defineCommandModels,
    makeLivechat,
    openChannel,
    openConversation,
    openWithCommands,
    pressKey,
    serveCannedResponses,
    serveCommands,
    shows,
    type,
} from "@livechat_command/../tests/livechat_command_test_helpers";
import { addFiles } from "@livechat_command/core/web/canned_responses/response_files";
import { showHistory } from "@livechat_command/core/web/command/run_line";
import { CommandComposer } from "@livechat_command/core/web/composer/command_composer";
import { getTextOfHtml } from "@livechat_command/core/web/composer/composer_text";
import { RowList } from "@livechat_command/core/web/suggestion/row_list";

import {
    click,
    contains,
    insertText,
    onRpcBefore,
    openDiscuss,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";

import { describe, expect, queryOne, test } from "@odoo/hoot";
import { waitUntil } from "@odoo/hoot-dom";
import { animationFrame, Deferred } from "@odoo/hoot-mock";
import { markup } from "@odoo/owl";

import {
    getService,
    makeServerError,
    onRpc,
    preloadBundle,
    serverState,
} from "@web/../tests/web_test_helpers";
import { loadEmoji } from "@web/core/emoji_picker/emoji_picker";

describe.current.tags("desktop");
defineCommandModels();
preloadBundle("web.assets_emoji");

const RESPONSES = [
    { id: 1, source: "return label", text: "Here is your return label." },
    { id: 2, source: "late_delivery", text: "The carrier is late." },
    { id: 3, source: "opening_hours", text: "Monday to Friday" },
];

async function openGuarded() {
    const opened = await openWithCommands({ responses: RESPONSES });
    await loadEmoji();
    return opened;
}

async function typeAndSend(text) {
    await type(text);
    await animationFrame();
    await pressKey("Escape");
    await pressKey("Enter");
}

/** Refuse what is posted or edited as the server's guard does. */
function holdOnServer(route) {
    onRpc(route, () => {
        throw makeServerError({
            context: { livechat_command: "held" },
            message: "Odoo Server Error",
            description: "This looks like a command.",
        });
    });
}

test("a shortcut is held, and its response offered above sending", async () => {
    const { messages } = await openGuarded();
    for (const [text, response] of [
        [":return label", "return label"],
        [":Return label, please", "return label"],
        ["::return label", "return label"],
        [";return label", "return label"],
        [";op", "opening_hours"],
        ["§op", "opening_hours"],
        [":late_delivry", "late_delivery"],
        ["/late_delivery", "late_delivery"],
        [":carrier", "late_delivery"],
    ]) {
        await typeAndSend(text);
        await shows(`${ROW}:first`, `Insert ${response}`);
        await shows(`${ROW}:last`, `Send to Marie: "${text}"`);
        await contains(ACTIVE_ROW, { count: 0 });
        await contains(`${ROW}:last hr`);
        expect(composerText()).toBe(text);
        await clear();
    }
    expect(messages).toEqual([]);
});

test("the response that was meant takes the slip's place", async () => {
    const { messages } = await openGuarded();
    await typeAndSend(":return label please");
    await shows(ROW, "Insert return label");
    await pressKey("ArrowDown");
    await pressKey("Enter");
    expect(composerText()).toBe("Here is your return label. please");
    await pressKey("Enter");
    await shows(".o-mail-Message", "Here is your return label. please");
    expect(messages.length).toBe(1);
    expect(messages[0].canned_response_ids).toEqual([1]);
    expect(messages[0].send_as_typed).toBe(undefined);
});

test("an emoji that was meant is offered too", async () => {
    await openGuarded();
    await typeAndSend(":pizza");
    await contains(ROW, { count: 2 });
    await pressKey("ArrowDown");
    await pressKey("Enter");
    expect(composerText().trim()).toBe("🍕");
});

test("after Escape the hint says what is true then", async () => {
    await openGuarded();
    await typeAndSend("/xyzzy");
    await shows(HINT, "arrow keys");
    await pressKey("Escape");
    await contains(ROW, { count: 0 });
    await shows(HINT, "press Enter for the choices");
    await pressKey("Enter");
    await shows(ROW, "Send to Marie");
});

test("nobody is told of typing while a line may become a slip", async () => {
    const notified = [];
    onRpcBefore("/discuss/channel/notify_typing", ({ is_typing }) => void notified.push(is_typing));
    await openGuarded();
    for (const text of [
        ":helpdesk Broken",
        " /note x",
        "；help",
        "§note x",
        ":return lab",
        "\u200b/x",
    ]) {
        await type(text);
        await clear();
    }
    expect(notified).toEqual([]);
    await type(":) Hello");
    expect(notified).toEqual([true]);
});

test("what the server holds comes back into the composer, with its choices", async () => {
    holdOnServer("/mail/message/post");
    await openGuarded();
    getService("mail.store").livechat_command.names = []; // as a page that is not up to date
    await type("?helpdesk Broken");
    await pressKey("Enter");
    await contains(INPUT, { value: "?helpdesk Broken" });
    await shows(ROW, "Run /helpdesk Broken");
    await shows(ROW, 'Send to Marie: "?helpdesk Broken"');
    await contains(".o-mail-Message", { count: 0 });
    await contains(".o_notification", { count: 0 });
});

test("what the server holds disturbs no new text", async () => {
    holdOnServer("/mail/message/post");
    const { channelId } = await openGuarded();
    const store = getService("mail.store");
    store.livechat_command.names = [];
    const thread = store.Thread.get({ model: "discuss.channel", id: channelId });
    await type("Hello");
    await thread.post("?helpdesk Broken");
    await shows(".o_notification", "Not sent: “?helpdesk Broken”");
    await contains(".o-mail-Message", { count: 0 });
    expect(composerText()).toBe("Hello");
});

test("an edit that the server holds keeps its text and shows the choices", async () => {
    await openGuarded();
    await type("Hi");
    await pressKey("Enter");
    await shows(".o-mail-Message", "Hi");
    getService("mail.store").livechat_command.names = [];
    holdOnServer("/mail/message/update_content");
    await pressKey("ArrowUp");
    await contains(EDITED, { value: "Hi" });
    await insertText(EDITED, "?helpdesk secret", { replace: true });
    await pressKey("Enter");
    await shows(ROW, "Send to Marie");
    await contains(EDITED, { value: "?helpdesk secret" });
});

test("in internal channels keys stay Odoo's", async () => {
    serveCommands();
    answerCommands();
    await openChannel();
    await type("Hello");
    let isTaken;
    document.addEventListener("keydown", (ev) => (isTaken = ev.defaultPrevented), { once: true });
    await pressKey("Tab");
    expect(isTaken).toBe(false);
});

test("a late report finds its line, under whatever alias it was typed", async () => {
    const getAnswer = () => ({ body: "<p>Pages</p>", awaits_history: true });
    const { channelId } = await openWithCommands({ getAnswer });
    const store = getService("mail.store");
    const thread = store.Thread.get({ model: "discuss.channel", id: channelId });
    await thread.executeCommand({}, "/history");
    await contains(ANSWER);
    thread.commandAnswers[0].update({ line: "/pages", isAwaitingHistory: false });
    showHistory(store, { channel_id: channelId, body: "<p>/shop</p>" });
    await shows(ANSWER, "/shop");
});

test("a controller decides without a component", () => {
    const thread = {
        areCommandsLoaded: true,
        is_command_only: true,
        isVisitorThread: true,
        livechat_commands: [],
    };
    const component = {
        composerService: { htmlEnabled: false },
        props: { composer: { composerText: "\u200b/note", composerHtml: "" } },
        store: { canRunCommands: true, livechat_command: { names: ["note"] } },
        suggestion: { rowList: { source: { shortcuts: [] } } },
        thread,
    };
    const command = new CommandComposer(component);
    expect(command.isGuarded).toBe(true);
    expect(command.isTypingPrivate).toBe(true);
    expect(command.hasOwnKeys).toBe(true);
    component.composerService.htmlEnabled = true;
    expect(command.hasOwnKeys).toBe(false);
    component.thread = { ...thread, isVisitorThread: false };
    expect(command.isGuarded).toBe(false);
});

test("a list of rows knows what it is about, and that it was closed", () => {
    const search = { delimiter: ":", position: 0, term: "so" };
    const list = new RowList({ search, state: {}, clearSearch() {}, update() {} });
    list.close(list.key);
    expect(list.isClosed).toBe(true);
    search.term = "sor";
    expect(list.isClosed).toBe(false);
    list.close(list.key);
    list.showGuard(":sor", []);
    expect(list.isClosed).toBe(false);
    expect(list.isActive).toBe(true);
});

test("the text of HTML has a line for each block and each break", () => {
    for (const [html, text] of [
        ["a<br>b", "a\nb"],
        ["<p>a</p><p>b</p>", "a\nb"],
        ["<b>/</b>help", "/help"],
        ["<div>a</div>b", "a\nb"],
        ["", ""],
    ]) {
        expect(getTextOfHtml(markup(html))).toBe(text, { message: html });
    }
});

test("the hint names the blank that is selected", async () => {
    await openGuarded();
    await type("⟦from⟧ to ⟦till⟧");
    await pressKey("Tab");
    await shows(HINT, "Fill in “from”");
    await pressKey("Tab");
    await shows(HINT, "Fill in “till”");
    await pressKey("Tab");
    await shows(HINT, "Fill in “from”");
});

/** Have a conversation with the visitor Paul, too. */
async function fetchPaul(pyEnv, values = {}) {
    const guestId = pyEnv["mail.guest"].create({ name: "Paul" });
    const id = makeLivechat(pyEnv, guestId, values);
    return getService("mail.store").Thread.getOrFetch({ model: "discuss.channel", id });
}

test("Tab in an empty composer goes to another live chat, or stays", async () => {
    const { pyEnv } = await openGuarded();
    await pressKey("Tab");
    await contains(`${INPUT}:focus`);
    await fetchPaul(pyEnv);
    await contains(".o-mail-DiscussSidebarChannel", { text: "Paul" });
    await pressKey("Tab");
    await contains(".o-mail-DiscussContent-threadName[title='Paul']");
    await contains(`${INPUT}:focus`);
    await pressKey("Tab");
    await contains(".o-mail-DiscussContent-threadName[title='Marie']");
    await contains(`${INPUT}:focus`);
});

test("Tab leads to no conversation that one is not in", async () => {
    const { pyEnv } = await openGuarded();
    const { discuss } = getService("mail.store");
    const { thread: marie } = discuss;
    const paul = await fetchPaul(pyEnv);
    pyEnv["discuss.channel"].action_unfollow([paul.id]);
    await waitUntil(() => !paul.displayToSelf);
    paul.isLocallyPinned = true; // looked at
    expect(discuss.livechats.map(({ id }) => id)).toEqual([marie.id, paul.id]);
    await contains(`${INPUT}[placeholder='/ act · : answer']`);
    await pressKey("Tab");
    expect(discuss.thread.id).toBe(marie.id);
    await contains(`${INPUT}:focus`);
});

test("Tab leads to what has ended only to be read", async () => {
    const { pyEnv } = await openGuarded();
    const { discuss } = getService("mail.store");
    const { thread: marie } = discuss;
    const paul = await fetchPaul(pyEnv, { livechat_end_dt: "2026-01-01 12:00:00" });
    expect(paul.displayToSelf).toBe(true);
    await pressKey("Tab");
    expect(discuss.thread.id).toBe(marie.id);
    paul.self_member_id.message_unread_counter = 1;
    await pressKey("Tab");
    expect(discuss.thread.id).toBe(paul.id);
});

test("after the end no response is offered", async () => {
    serveCommands({ is_command_only: true });
    serveCannedResponses(RESPONSES);
    answerCommands();
    await openConversation({ livechat_end_dt: "2026-01-01 12:00:00" });
    await contains(`${INPUT}[placeholder='Type / for a command']`);
    await queryOne(INPUT).focus();
    await type("::");
    await animationFrame();
    await contains(ROW, { count: 0 });
    await clear();
    await type("/");
    await contains(ROW, { count: 6 });
});

/** Choose to send what is held. */
async function sendHeld(text) {
    await shows(ROW, `Send to Marie: "${text}"`);
    await pressKey("ArrowUp");
    await pressKey("Enter");
}

test("what Odoo would run is sent when that was chosen", async () => {
    const { calls, messages } = await openGuarded();
    const run = [];
    onRpc("discuss.channel", "execute_command_help", () => run.push("help"));
    onRpc("discuss.channel", "execute_command_leave", () => run.push("leave"));
    onRpc("discuss.channel", "execute_command_history", () => run.push("history"));
    for (const text of ["/leave", "/help", "/history"]) {
        await typeAndSend(` ${text}`);
        await sendHeld(text);
        await shows(".o-mail-Message", text);
    }
    expect(messages.map(({ post_data }) => getTextOfHtml(post_data.body))).toEqual([
        "/leave",
        "/help",
        "/history",
    ]);
    expect(messages.every(({ send_as_typed }) => send_as_typed)).toBe(true);
    expect(calls).toEqual([]);
    expect(run).toEqual([]);
    await type("/help");
    await pressKey("Escape");
    await pressKey("Enter");
    await contains(ANSWER, { text: "/help" });
    expect(calls.length).toBe(1);
});

/** Have the files of a canned response be on their way into the conversation's composer. */
function awaitFiles(channelId, getFiles) {
    onRpc("mail.canned.response", "prepare_attachments", getFiles);
    const thread = getService("mail.store").Thread.get({ model: "discuss.channel", id: channelId });
    addFiles(thread.composer, { id: 1, source: "price" });
    return thread;
}

test("what is sent as typed in one composer is guarded in another", async () => {
    const { channelId, messages } = await openGuarded();
    await type("Hi");
    await pressKey("Enter");
    await contains(".o-mail-Message:not(.o-pending)", { text: "Hi" });
    messages.length = 0;
    const files = new Deferred();
    const thread = awaitFiles(channelId, async () => {
        await files;
        return { store_data: {}, attachment_ids: [] };
    });
    await typeAndSend("/helpdsk a");
    await sendHeld("/helpdsk a");
    await thread.newestPersistentMessage.enterEditMode(thread);
    await contains(EDITED, { value: "Hi" });
    await insertText(EDITED, "/helpdsk secret", { replace: true });
    await pressKey("Enter");
    await shows(ROW, 'Send to Marie: "/helpdsk secret"');
    expect(messages).toEqual([]);
    files.resolve();
    await shows(".o-mail-Message", "/helpdsk a");
    expect(messages.length).toBe(1);
    expect(messages[0].send_as_typed).toBe(true);
});

test("without a missing file goes what is chosen, looked at again", async () => {
    const { channelId, messages } = await openGuarded();
    awaitFiles(channelId, () => {
        throw makeServerError();
    });
    await type("/helpdsk a");
    await pressKey("Enter");
    await sendHeld("/helpdsk a");
    await contains(".o_notification button", { text: "Send without them" });
    await insertText(INPUT, "/helpdsk secret", { replace: true });
    await click(".o_notification button", { text: "Send without them" });
    await shows(ROW, 'Send to Marie: "/helpdsk secret"');
    expect(messages).toEqual([]);
    await sendHeld("/helpdsk secret");
    await shows(".o-mail-Message", "/helpdsk secret");
    expect(messages.map(({ send_as_typed }) => send_as_typed)).toEqual([true]);
});

test("from the Inbox too, what the server holds is told and answers are shown", async () => {
    serveCommands();
    answerCommands();
    holdOnServer("/mail/message/post");
    const pyEnv = await startServer();
    pyEnv["res.users"].write(serverState.userId, { notification_type: "inbox" });
    const guestId = pyEnv["mail.guest"].create({ name: "Marie" });
    const channelId = makeLivechat(pyEnv, guestId);
    const messageId = pyEnv["mail.message"].create({
        author_guest_id: guestId,
        body: "Look, please",
        model: "discuss.channel",
        needaction: true,
        res_id: channelId,
    });
    pyEnv["mail.notification"].create({
        mail_message_id: messageId,
        notification_status: "sent",
        notification_type: "inbox",
        res_partner_id: serverState.partnerId,
    });
    await start();
    await openDiscuss("mail.box_inbox");
    const reply = async () => {
        await click("[title='Expand']");
        await click(".o-dropdown-item:contains('Reply')");
        await contains(`${INPUT}:focus`);
    };
    await contains(".o-mail-Message", { text: "Look, please" });
    await reply();
    await commandsLoaded(channelId);
    const store = getService("mail.store");
    const { names } = store.livechat_command;
    store.livechat_command.names = [];
    await type("?helpdesk Broken");
    await pressKey("Enter");
    await shows(".o_notification", "Not sent: “?helpdesk Broken”");
    store.livechat_command.names = names;
    await reply();
    await insertText(INPUT, "/note x", { replace: true });
    await pressKey("Enter");
    await shows(ANSWER, "Answer to /note x");
});
