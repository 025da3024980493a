import {
    ACTIVE_ROW,
    ANSWER,
    COMMANDS,
    HINT,
    INPUT,
    ROW,
    answerCommands,
    commandsLoaded,
    composerText,
    defineCommandModels,
    openConversation,
    pressKey,
    serveAlike,
    serveCommands,
    shows,
    type,
} from "@livechat_command/../tests/livechat_command_test_helpers";
import {
    AlikeSearch,
    findAlikeTrigger,
    getAlikeRows,
} from "@livechat_command/core/web/suggestion/alike";

import { LivechatCommandDialog } from "@im_livechat/core/common/livechat_command_dialog";
import { click, contains, insertText } from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { advanceTime, animationFrame, Deferred } from "@odoo/hoot-mock";

import {
    getService,
    mountWithCleanup,
    patchWithCleanup,
    preloadBundle,
} from "@web/../tests/web_test_helpers";
import { registry } from "@web/core/registry";

describe.current.tags("desktop");
defineCommandModels();
preloadBundle("web.assets_emoji");

const HELPDESK = [{ ...COMMANDS[0], adds: true, tokens: "!#@:" }, ...COMMANDS.slice(1)];
const ROWS = [
    { number: "HT00012", label: "Add to HT00012", help: "Broken screen · Marie, New" },
    { number: "HT00007", label: "Add to HT00007", help: "Dark screen · Otto, New" },
];

/** Open a conversation whose server knows what a title is like. */
async function openWithAlike(find = () => ({ rows: ROWS })) {
    serveCommands({}, {}, HELPDESK);
    const requests = serveAlike(find);
    const { channelId } = await openConversation();
    await type("");
    await commandsLoaded(channelId);
    return { channelId, requests };
}

async function pause() {
    await advanceTime(200);
    await animationFrame();
}

test("where what is alike is listed", () => {
    const command = { adds: true };
    for (const [text, cursor, term] of [
        ["/helpdesk Bro", 13, ""],
        ["/helpdesk Bro\na draft", 13, ""],
        ["/helpdesk Bro", 12, undefined],
        ["/helpdesk", 9, undefined],
        ["Bro", 3, undefined],
    ]) {
        const trigger = findAlikeTrigger(text, cursor, command);
        expect(trigger?.term).toBe(term, { message: text });
    }
    expect(findAlikeTrigger("/note Bro", 9, {})).toBe(null);
    const [row] = getAlikeRows("Bro", { rows: ROWS });
    expect(row.isPrefixMatch).toBe(false);
    row.onTake({ replaceTerm: (text) => expect.step(text) });
    expect.verifySteps(["HT00012 Bro"]);
});

test("one request a pause; late answers are dropped", async () => {
    const answers = [];
    const store = {
        fetchStoreData(name, { title }) {
            expect.step(title);
            answers.push(new Deferred());
            return answers.at(-1);
        },
    };
    const thread = { id: 7, store };
    const found = [];
    const search = new AlikeSearch((alike) => found.push(alike?.rows));
    const command = { id: 1, adds: true };
    for (const title of ["B", "Br", "Bro", "Brok"]) {
        search.find(thread, command, title);
    }
    expect.verifySteps([]);
    await advanceTime(200);
    expect.verifySteps(["Brok"]);
    search.find(thread, command, "Broken");
    await advanceTime(100);
    search.find(thread, command, "Broken !!");
    await advanceTime(100);
    expect.verifySteps(["Broken"]);
    found.length = 0;
    answers[1].resolve({ rows: ["new"] });
    answers[0].resolve({ rows: ["late"] });
    await animationFrame();
    expect(found).toEqual([["new"]]);
    search.find(thread, command, "Other title");
    expect(found.at(-1)).toBe(undefined, { message: "what was found for another is gone" });
    search.find(thread, undefined, "Other title");
    expect(found.at(-1)).toBe(undefined);
    search.find(thread, command, "#1");
    await advanceTime(200);
    expect.verifySteps(["#1"]);
    answers[2].reject(new Error("offline"));
    await animationFrame();
    expect(found.at(-1)).toEqual([]);
});

test("like tickets are listed, never highlighted: Enter makes a new one", async () => {
    const calls = answerCommands();
    const { requests } = await openWithAlike();
    await type("/helpdesk Broken screen");
    await contains(ROW, { count: 0 });
    await pause();
    await contains(ROW, { count: 2 });
    await contains(ACTIVE_ROW, { count: 0 });
    expect(requests.at(-1).title).toBe("Broken screen");
    expect(queryAllTexts(ROW)[0]).toInclude("Add to HT00012");
    await pressKey("Enter");
    await contains(ANSWER);
    expect(calls[0].line).toBe("/helpdesk Broken screen");
    await contains(ROW, { count: 0 });
});

test("Down and Enter turn the line; what was typed stays", async () => {
    const calls = answerCommands();
    await openWithAlike(({ title }) =>
        title.startsWith("HT") ? { hint: ["Adds to HT00012", "Closed"] } : { rows: ROWS }
    );
    await type("/helpdesk Broken screen");
    await pause();
    await contains(ROW, { count: 2 });
    await pressKey("ArrowDown");
    await shows(ACTIVE_ROW, "HT00012");
    await pressKey("Enter");
    expect(composerText()).toBe("/helpdesk HT00012 Broken screen");
    await contains(ROW, { count: 0 });
    await pause();
    await shows(HINT, "Adds to HT00012");
    await shows(`${HINT} .o-is-warning`, "Closed");
    await pressKey("Enter");
    await contains(ANSWER);
    expect(calls[0].line).toBe("/helpdesk HT00012 Broken screen");
});

test("no row moves under a highlight, and typing on takes the highlight away", async () => {
    let rows = ROWS;
    let late;
    patchWithCleanup(AlikeSearch.prototype, {
        async ask() {
            await late;
            return super.ask(...arguments);
        },
    });
    await openWithAlike(() => ({ rows }));
    await type("/helpdesk Broken");
    await pause();
    await contains(ROW, { count: 2 });
    late = new Deferred();
    rows = [ROWS[1]];
    await type(" screen");
    await advanceTime(200);
    await contains(ROW, { count: 2 });
    await pressKey("ArrowDown");
    late.resolve();
    await pause();
    await contains(ROW, { count: 2 });
    await shows(ACTIVE_ROW, "HT00012");
    await type("s");
    await contains(ACTIVE_ROW, { count: 0 });
    await pause();
    await contains(ROW, { count: 1 });
    await shows(ROW, "HT00007");
});

test("Escape closes the list for this line", async () => {
    await openWithAlike();
    await type("/helpdesk Broken");
    await pause();
    await contains(ROW, { count: 2 });
    await pressKey("Escape");
    await contains(ROW, { count: 0 });
    await type(" screen");
    await pause();
    await contains(ROW, { count: 0 });
    expect(composerText()).toBe("/helpdesk Broken screen");
    await contains(INPUT);
});

test("in the dialog they stand below the title", async () => {
    const calls = answerCommands();
    const { channelId } = await openWithAlike();
    registry.category("discuss.channel_commands").add("helpdesk", {}, { force: true });
    const thread = getService("mail.store").Thread.get({ model: "discuss.channel", id: channelId });
    await mountWithCleanup(LivechatCommandDialog, {
        props: {
            thread,
            close: () => expect.step("close"),
            commandName: "helpdesk",
            placeholderText: "",
            title: "Create Ticket",
            icon: "",
        },
    });
    const input = ".o-livechat-LivechatCommandDialog-form input";
    await contains(input);
    await insertText(input, "Broken screen");
    await pause();
    await contains(".o-livechat-command-Alike", { count: 2 });
    await click(".o-livechat-command-Alike:eq(0)");
    await contains(ANSWER);
    expect(calls[0].line).toBe("/helpdesk HT00012 Broken screen");
    expect.verifySteps(["close"]);
});
