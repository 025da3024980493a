import {
    COMMANDS,
    HINT,
    ACTIVE_ROW,
    ANSWER,
    INPUT,
    ROW,
    answerCommands,
    commandsLoaded,
    composerText,
    defineCommandModels,
    openConversation,
    pressKey,
    serveCannedResponses,
    serveCommands,
    serveTokens,
    shows,
    type,
} from "@livechat_command/../tests/livechat_command_test_helpers";
import { readBack } from "@livechat_command/core/web/composer/hint";
import {
    CHOICE,
    findTokenTrigger,
    getTokenRows,
    nameResponses,
} from "@livechat_command/core/web/suggestion/token_rows";

import { contains, onRpcBefore } from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { Deferred } from "@odoo/hoot-mock";

import { allowTranslations, preloadBundle } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
defineCommandModels();
preloadBundle("web.assets_emoji");

const TAGS = [
    { key: "refund", name: "Refund" },
    { key: "return-label", name: "Return Label" },
    { key: "no-refund", name: "No Refund" },
];
const AGENTS = [{ key: "anna", keys: ["anna", "anna-agent"], name: "Anna Agent", is_online: true }];

test("a response is named once, not at each key", () => {
    const responses = [{ source: "Return label", text: "Here is your label" }];
    const [named] = nameResponses(responses);
    expect(named).toEqual({ key: "return-label", name: "Here is your label" });
    expect(nameResponses(responses)[0]).toBe(named);
});

test("where a list of names opens", () => {
    const command = { tokens: "!#@:" };
    for (const [text, delimiter, term] of [
        ["/helpdesk x #", "#", ""],
        ["/helpdesk x #re", "#", "re"],
        ["/helpdesk #re", "#", "re"],
        ["/helpdesk x @an", "@", "an"],
        ["/helpdesk x :pro", ":", "pro"],
        ["/helpdesk x !!", undefined],
        ["/helpdesk x#re", undefined],
        ["/helpdesk C# is", undefined],
        ["/helpdesk x #re y", undefined],
        ["/helpdesk", undefined],
        ["/helpdesk x\n#re", undefined],
    ]) {
        const trigger = findTokenTrigger(text, text.length, command);
        expect(trigger?.delimiter).toBe(delimiter, { message: text });
        expect(trigger?.term).toBe(term, { message: text });
    }
    expect(findTokenTrigger("/note x #re", 11, undefined)).toBe(null);
    expect(findTokenTrigger("/note x #re", 11, { tokens: "@" })).toBe(null);
    const choice = findTokenTrigger("/status in p", 12, { has_choices: true });
    expect(choice).toEqual({ delimiter: CHOICE, position: 8, term: "in p", isToken: true });
});

test("names: equal, begins, a word begins; the first two are highlighted", () => {
    const find = (term) => getTokenRows({ delimiter: "#", term }, TAGS);
    expect(find("").map(({ label }) => label)).toEqual(["#refund", "#return-label", "#no-refund"]);
    expect(find("").some(({ isPrefixMatch }) => isPrefixMatch)).toBe(false);
    expect(find("RE").map(({ label }) => label)).toEqual([
        "#refund",
        "#return-label",
        "#no-refund",
    ]);
    expect(find("re").map(({ isPrefixMatch }) => isPrefixMatch)).toEqual([true, true, false]);
    expect(find("xyz")).toEqual([]);
    const [agent] = getTokenRows({ delimiter: "@", term: "anna_a" }, AGENTS);
    expect(agent.label).toBe("@anna");
    expect(agent.isOnline).toBe(true);
});

test("a name is completed; Enter on a whole one runs the line", () => {
    const done = [];
    const target = {
        replaceTerm: (text) => done.push(text),
        runFirstLine: () => done.push("run"),
    };
    const take = (trigger, names, key) => getTokenRows(trigger, names)[0].onTake(target, key);
    take({ delimiter: "#", term: "ref" }, TAGS, "enter");
    take({ delimiter: "#", term: "refund" }, TAGS, "tab");
    take({ delimiter: "#", term: "refund" }, TAGS, "enter");
    take({ delimiter: CHOICE, term: "ret" }, TAGS, "tab");
    const responses = nameResponses([{ source: "Return label", text: "Here it is" }]);
    take({ delimiter: ":", term: "ret" }, responses, "tab");
    expect(done).toEqual(["#refund ", "#refund ", "run", "return-label ", ":return-label "]);
});

test("what was understood is read back", () => {
    allowTranslations();
    const names = { "#": TAGS, "@": AGENTS, ":": [{ key: "promise", name: "We call back" }] };
    const read = (argument, signs = "!#@:") => readBack(argument, signs, names).map(String);
    expect(read("Broken !! #refund @anna-agent :promise")).toEqual([
        "!!",
        "Refund",
        "Anna Agent",
        "then :promise",
    ]);
    expect(read("Broken #unknown")).toEqual([]);
    expect(read("#refund in the title")).toEqual([]);
    expect(readBack("x !!", "!", { "!": [{ key: "!!", name: "High" }] })).toEqual(["High"]);
});

test("tags and agents are listed in the command's line, and read back", async () => {
    serveCommands({}, {}, [{ ...COMMANDS[0], tokens: "!#@:" }, ...COMMANDS.slice(1)]);
    serveCannedResponses([{ id: 1, source: "promise", text: "We call back" }]);
    const requests = serveTokens({ "#": TAGS, "@": AGENTS });
    const calls = answerCommands();
    const { channelId } = await openConversation();
    await commandsLoaded(channelId);
    await type("/helpdesk Broken #re");
    await shows(ACTIVE_ROW, "#refund");
    await contains(ROW, { count: 3 });
    await pressKey("Tab");
    expect(composerText()).toBe("/helpdesk Broken #refund ");
    await contains(ROW, { count: 0 });
    await shows(HINT, "Refund");
    await type("@");
    await shows(ROW, "Anna Agent");
    await pressKey("Tab");
    await type(":pro");
    await shows(ACTIVE_ROW, ":promise");
    await pressKey("Tab");
    await contains(INPUT, { value: "/helpdesk Broken #refund @anna :promise " });
    // First: what does not fit is left out at the end.
    await shows(`${HINT} > span:first-of-type`, "Refund · Anna Agent · then :promise");
    await pressKey("Enter");
    await contains(ANSWER);
    expect(calls.map(({ line }) => line)).toEqual(["/helpdesk Broken #refund @anna :promise "]);
    // All came at once: nothing more is asked for.
    expect(requests).toEqual([{ channel_id: channelId, command_id: 1 }]);
});

test("the title that Tab offers sets nothing, whatever the visitor wrote", async () => {
    const title = "All is broken @anna :promise";
    const commands = [{ ...COMMANDS[0], tokens: "!#@:" }, ...COMMANDS.slice(1)];
    serveCommands({ livechat_command_title: title }, {}, commands);
    serveTokens({ "#": TAGS, "@": AGENTS });
    const calls = answerCommands();
    const { channelId } = await openConversation();
    await commandsLoaded(channelId);
    await type("/helpdesk ");
    await pressKey("Tab");
    expect(composerText()).toBe("/helpdesk All is broken @anna \\:promise");
    await pressKey("Enter");
    await contains(ANSWER);
    expect(calls.map(({ line }) => line)).toEqual(["/helpdesk All is broken @anna \\:promise"]);
});

test("what was typed before the names came is read back when they are there", async () => {
    const deferred = new Deferred();
    serveCommands({}, {}, [{ ...COMMANDS[0], tokens: "!#@:" }, ...COMMANDS.slice(1)]);
    serveTokens({ "!": [{ key: "!!", name: "High" }], "#": TAGS });
    onRpcBefore("/mail/data", async ({ fetch_params }) => {
        if (fetch_params.some(([name]) => name === "livechat_command/tokens")) {
            await deferred;
        }
    });
    const { channelId } = await openConversation();
    await commandsLoaded(channelId);
    await type("/helpdesk Broken #refund !!");
    await shows(HINT, "Ticket for Marie");
    await contains(HINT, { text: "High", count: 0 });
    deferred.resolve();
    await shows(HINT, "High");
    await shows(HINT, "Refund");
});

test("beyond what comes at once, what is typed is asked for", async () => {
    serveCommands({}, {}, [{ ...COMMANDS[0], tokens: "#" }, ...COMMANDS.slice(1)]);
    const requests = serveTokens({ is_complete: false, "#": TAGS });
    const { channelId } = await openConversation();
    await commandsLoaded(channelId);
    await type("/helpdesk Broken #ret");
    await shows(ACTIVE_ROW, "#return-label");
    const own = { channel_id: channelId, command_id: 1 };
    expect(requests[0]).toEqual(own);
    expect(requests.at(-1)).toEqual({ ...own, sign: "#", term: "ret" });
});

test("a reply comes after success, and only into an empty composer", async () => {
    serveCommands();
    const response = { id: 1, source: "promise", text: "We call back", files: [] };
    let deferred = new Deferred();
    answerCommands(async (line) => {
        await deferred;
        return { body: "<p>There</p>", composer_response: response };
    });
    const { channelId } = await openConversation();
    await commandsLoaded(channelId);
    await type("/note first");
    await pressKey("Enter");
    await type("Hello");
    deferred.resolve();
    await contains(`${ANSWER}[data-status='done']`);
    expect(composerText()).toBe("Hello");
    await pressKey(["Control", "a"]);
    await pressKey("Backspace");
    deferred = new Deferred();
    await type("/note second");
    await pressKey("Enter");
    expect(composerText()).toBe("");
    deferred.resolve();
    await contains(INPUT, { value: "We call back" });
});
