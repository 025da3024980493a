import { COMMANDS } from "@livechat_command/../tests/livechat_command_test_helpers";
import { getCommandRows } from "@livechat_command/core/web/suggestion/command_rows";
import { moveDraft } from "@livechat_command/core/web/composer/composer_text";
import { getEmojiRows } from "@livechat_command/core/web/suggestion/emoji_rows";
import { getGuardRows } from "@livechat_command/core/web/suggestion/guard_rows";
import { getBlankHint, getHint } from "@livechat_command/core/web/composer/hint";
import { judge } from "@livechat_command/core/web/composer/send_or_hold";
import { getListAction, moveHighlight } from "@livechat_command/core/web/suggestion/list_keys";
import { appendRows, getInitialHighlight } from "@livechat_command/core/web/suggestion/row";
import { findTrigger, isTermTelling } from "@livechat_command/core/web/suggestion/trigger";

import { describe, expect, test } from "@odoo/hoot";

import { allowTranslations } from "@web/../tests/web_test_helpers";

describe.current.tags("headless");

const labels = (rows) => rows.map(({ label }) => label);
const highlighted = (rows) => rows.filter(({ isPrefixMatch }) => isPrefixMatch).length;

test("commands: equal, begins, a word begins, contains, words of the help", () => {
    const commands = [
        { name: "research", help: "" },
        { name: "re_search", help: "" },
        { name: "searching", help: "" },
        { name: "other", help: "Search somewhere" },
        { name: "search", help: "" },
        { name: "find", aliases: ["search_it"], help: "" },
        { name: "none", help: "" },
    ];
    const rows = getCommandRows("SEARCH", commands);
    expect(labels(rows)).toEqual([
        "/search",
        "/searching",
        "/find",
        "/re_search",
        "/research",
        "/other",
    ]);
    expect(highlighted(rows)).toBe(3);
});

test("commands: an alias is shown where it was found by it", () => {
    const commands = [{ name: "helpdesk", aliases: ["ticket", "help_me"], help: "A ticket" }];
    for (const [term, alias] of [
        ["", undefined],
        ["help", undefined],
        ["tick", "/ticket"],
        ["help_me", "/help_me"],
        ["a", undefined],
    ]) {
        expect(getCommandRows(term, commands)[0].alias).toBe(alias, { message: term });
    }
});

test("commands: equals as the server orders them", () => {
    expect(labels(getCommandRows("", COMMANDS))).toEqual([
        "/helpdesk",
        "/helpdesk_search",
        "/history",
        "/note",
        "/leave",
        "/help",
    ]);
    expect(highlighted(getCommandRows("", COMMANDS))).toBe(0);
});

test("commands: taken by Enter a whole name runs, a beginning is completed", () => {
    const done = [];
    const target = {
        replaceTerm: (text) => done.push(text),
        runFirstLine: () => done.push("run"),
    };
    getCommandRows("ticket", COMMANDS)[0].onTake(target, "enter");
    getCommandRows("ticket", COMMANDS)[0].onTake(target, "tab");
    getCommandRows("tick", COMMANDS)[0].onTake(target, "enter");
    expect(done).toEqual(["run", "/helpdesk ", "/helpdesk "]);
    const instant = [{ name: "help", help: "", is_instant: true }];
    target.runLine = (line) => done.push(line);
    getCommandRows("he", instant)[0].onTake(target, "tab");
    getCommandRows("he", instant)[0].onTake(target, "enter");
    expect(done.slice(3)).toEqual(["/help ", "/help"]);
    for (const name of ["end", "leave"]) {
        getCommandRows(name.slice(0, 2), [{ name, help: "" }])[0].onTake(target, "enter");
    }
    expect(done.slice(5)).toEqual(["/end ", "/leave "]); // by their beginning alone: never
});

test("emoji come from two letters on, by the beginning of a name", () => {
    const emojis = [
        { codepoints: "🐈", name: "cat", shortcodes: [":cat:"] },
        { codepoints: "🐱", name: "cat face", shortcodes: [":cat_face:"] },
        { codepoints: "😺", name: "smiling cat", shortcodes: [":smiley_cat:"] },
        { codepoints: "🎓", name: "education", shortcodes: [":education:"] },
    ];
    expect(labels(getEmojiRows("c", emojis))).toEqual([]);
    expect(labels(getEmojiRows("cat", emojis))).toEqual(["🐈", "🐱", "😺"]);
    expect(highlighted(getEmojiRows("cat", emojis))).toBe(2);
});

test("the guard offers the nearest command and sending, nothing highlighted", () => {
    allowTranslations();
    const rows = getGuardRows(":helpdsk my note", { commands: COMMANDS, visitor: "Marie" });
    expect(labels(rows).map(String)).toEqual([
        "Run /helpdesk my note",
        'Send to Marie: ":helpdsk my note"',
    ]);
    expect(highlighted(rows)).toBe(0);
    expect(getGuardRows("/xyzzy", { commands: COMMANDS, visitor: "Marie" }).length).toBe(1);
    expect(getGuardRows("Hello", { commands: COMMANDS, canSend: false })).toEqual([]);
    const insertion = { row: { label: "sorry" }, start: 0, end: 6 };
    const [insert, send] = getGuardRows(":sorry", { commands: COMMANDS, insertion, visitor: "" });
    expect(`${insert.label}`).toBe("Insert sorry");
    expect(send.isWarning).toBe(true);
    expect(send.group).not.toBe(insert.group); // a line is drawn between
});

test("later results are added below", () => {
    const rows = (...ids) => ids.map((id) => ({ id }));
    expect(appendRows(rows("b", "d"), rows("a", "b", "c", "d"))).toEqual(rows("b", "d", "a", "c"));
    expect(appendRows(rows("x"), rows("a"))).toEqual(rows("a"));
    expect(appendRows(rows("b"), rows("a", "a", "b"))).toEqual(rows("b", "a"));
    expect(getInitialHighlight([{ id: 1 }, { id: 2, isPrefixMatch: true }])).toBe(2);
    expect(getInitialHighlight([])).toBe(null);
});

test("where a list opens", () => {
    for (const [text, delimiter, term] of [
        ["/", "/", ""],
        ["/he", "/", "he"],
        ["/help me", undefined],
        ["//", undefined],
        ["x /he", undefined],
        [":", ":", ""],
        [":bon", ":", "bon"],
        ["Salut :bon", ":", "bon"],
        ["Salut\n:bon", ":", "bon"],
        [": bon", undefined],
        [":bon jour", undefined],
        ["::", "::", ""],
        ["::bon jour", "::", "bon jour"],
        ["::bon jour x", undefined],
        ["a::b", undefined],
        [":)", undefined],
        [":DD", undefined],
        ["10:30", undefined],
        ["http://x", undefined],
        [":smile:", undefined],
    ]) {
        const trigger = findTrigger(text, text.length);
        expect(trigger?.delimiter).toBe(delimiter, { message: text });
        expect(trigger?.term).toBe(term, { message: text });
    }
    expect(findTrigger(":bon", 4, { hasSingleColon: false })).toBe(null);
    expect(findTrigger("/he", 3, { hasCommands: false })).toBe(null);
    expect(findTrigger("/help me", 3).term).toBe("help");
    expect(findTrigger("/help me", 6)).toBe(null);
});

test("when enough is typed for a highlight", () => {
    const isTelling = (text) => isTermTelling(findTrigger(text, text.length));
    expect(isTelling(":")).toBe(false);
    expect(isTelling(":p")).toBe(false);
    expect(isTelling(":20")).toBe(false);
    expect(isTelling(":pa")).toBe(true);
    expect(isTelling("::")).toBe(false);
    expect(isTelling("::p")).toBe(true);
    expect(isTelling("/")).toBe(false);
    expect(isTelling("/p")).toBe(true);
});

test("keys while the list is open", () => {
    const highlight = { activeIndex: 1, count: 3 };
    const none = { activeIndex: null, count: 3 };
    const guard = { ...none, isGuard: true };
    for (const [hotkey, list, action] of [
        ["enter", highlight, "take"],
        ["enter", none, "pass"],
        ["enter", guard, "nothing"],
        ["enter", { ...guard, activeIndex: 0 }, "take"],
        ["tab", highlight, "take"],
        ["tab", none, "takeFirst"],
        ["tab", guard, "nothing"],
        ["escape", highlight, "close"],
        ["escape", none, "close"],
        ["escape", guard, "close"],
        ["arrowup", none, "previous"],
        ["arrowdown", none, "next"],
        ["shift+enter", highlight, "pass"],
        ["a", highlight, "pass"],
        ["", highlight, "pass"],
    ]) {
        expect(getListAction(hotkey, list)).toBe(action, { message: hotkey });
    }
    expect(moveHighlight("next", null, 3)).toBe(0);
    expect(moveHighlight("previous", null, 3)).toBe(2);
    expect(moveHighlight("next", 2, 3)).toBe(0);
    expect(moveHighlight("previous", 0, 3)).toBe(2);
});

test("what becomes of a text", () => {
    const context = {
        canRun: (name) => name === "help",
        shortcuts: ["return label"],
        isVisitorThread: true,
        names: new Set(["help", "end"]),
    };
    for (const [text, verdict, changes] of [
        ["Hello", { action: "send" }],
        ["/help", { action: "run", line: "/help" }],
        ["/help x\nHello", { action: "run", line: "/help x" }],
        ["/end", { action: "hold" }],
        ["/help", { action: "ask", line: "/help" }, { needsArgument: () => true }],
        ["/help me", { action: "run", line: "/help me" }, { needsArgument: () => true }],
        ["/help", { action: "hold" }, { isEditing: true }],
        ["/end", { action: "send" }, { isVisitorThread: false }],
        ["Hello", { action: "hold" }, { isCommandOnly: true }],
        ["/help", { action: "run", line: "/help" }, { isCommandOnly: true }],
        ["//help", { action: "send" }],
        [":smile", { action: "hold" }],
        [":end", { action: "hold" }],
        [":return label please", { action: "hold" }],
        [";ret", { action: "hold" }],
        [":return label", { action: "send" }, { isVisitorThread: false }],
        [":)", { action: "send" }],
    ]) {
        expect(judge(text, { ...context, ...changes })).toEqual(verdict, { message: text });
    }
});

test("a draft moves below a command, and back", () => {
    expect(moveDraft("Hello", "/Hello")).toEqual({ text: "/\nHello", cursor: 1 });
    expect(moveDraft("/\nHello", "\nHello")).toEqual({ text: "Hello", cursor: 0 });
    expect(moveDraft("", "/")).toBe(null);
    expect(moveDraft("/help", "//help")).toBe(null);
    expect(moveDraft("\nHello", "/\nHello")).toBe(null);
    expect(moveDraft("Hello", "Hello/")).toBe(null);
});

test("the hint line", () => {
    allowTranslations();
    const context = {
        commands: COMMANDS,
        hasRows: false,
        hints: { 1: "Ticket for Marie" },
        isCommandOnly: false,
        isHeld: false,
        isVisitorThread: true,
        hasKeys: true,
        title: "My printer",
        visitor: "Marie",
    };
    const getParts = (text, changes) => getHint(text, { ...context, ...changes });
    const hint = (text, changes) =>
        getParts(text, changes)
            .map((part) => part.text)
            .join(" ");
    expect(hint("Hello")).toBe("");
    expect(hint("/he", { hasRows: true })).toMatch(/Only you see this.*Tab completes/);
    expect(hint("/helpdesk ")).toMatch(/^Ticket for Marie.*“My printer”.*Enter runs it/);
    expect(hint("/helpdesk ", { title: "" })).toMatch(/^Expected: title/);
    expect(hint("/helpdesk x")).not.toMatch(/My printer|Expected/);
    expect(hint("/xyzzy ")).toMatch(/Enter does not send it/);
    expect(hint("/xyzzy ", { isVisitorThread: false })).toBe("");
    expect(hint("//x")).toMatch(/Marie will see it/);
    expect(hint("/x", { isHeld: true })).toMatch(/Nothing was sent.*arrow keys/);
    expect(hint("/x", { isHeld: true, isClosed: true })).toMatch(/Nothing.*press Enter for/);
    expect(hint("", { isCommandOnly: true })).toMatch(/has ended/);
    expect(hint("x", { isCommandOnly: true, isHeld: true })).toMatch(/Nothing.*has ended/);
    expect(hint(":", { delimiter: ":", hasRows: true })).toMatch(/Tab inserts the first/);
    expect(hint(":s", { delimiter: ":", hasRows: true, hasHighlight: true })).toMatch(/Enter ins/);
    expect(hint(":", { delimiter: ":", hasRows: true, isClosed: true })).toBe("");
    expect(hint("/end", { commands: [{ id: 1, name: "end", is_seen: true }] })).not.toMatch(/Only/);
    const tones = (text, changes) => getParts(text, changes).map(({ tone }) => tone);
    expect(tones("/helpdesk ", { hints: { 1: "For Marie · Already 7 · Same e-mail" } })).toEqual([
        "warning",
        "offered",
        "warning",
        "main",
        "muted",
        "muted",
    ]);
    expect(tones("/helpdesk x", { hints: { 1: "For Marie · Already 7 · Same e-mail" } })).toEqual([
        "warning",
        "warning",
        "main",
        "muted",
        "muted",
    ]);
    expect(tones("/helpdesk ", { isAsked: true })[0]).toBe("asked");
});

test("where there are no keys none is spoken of", () => {
    allowTranslations();
    const context = { commands: COMMANDS, hints: {}, isVisitorThread: true, title: "Help" };
    for (const [text, changes] of [
        ["/helpdesk ", {}],
        ["/he", { hasRows: true }],
        ["/xyzzy ", {}],
        [":", { delimiter: ":", hasRows: true }],
        ["/x", { isHeld: true }],
        ["/x", { isHeld: true, isClosed: true }],
    ]) {
        const parts = getHint(text, { ...context, ...changes });
        expect(parts.map((part) => part.text).join(" ")).not.toMatch(/Tab|Enter|Escape|key/);
    }
    const [{ tap }, how] = getBlankHint("date", { hasKeys: false });
    expect(tap).toBe("blank");
    expect(`${how.text}`).not.toMatch(/Tab|Enter/);
});
