import { SYNTAX_CASES } from "@livechat_command/../tests/syntax_cases";
import {
    countSlips,
    fold,
    isSlip,
    nearest,
    parse,
    readSlip,
    splitFirstLine,
} from "@livechat_command/core/web/command/syntax";

import { describe, expect, test } from "@odoo/hoot";

describe.current.tags("headless");

const SYNTAX_NAMES = new Set([
    "end",
    "help",
    "helpdesk",
    "helpdesk_search",
    "history",
    "lead",
    "leave",
    "note",
    "search_tickets",
    "ticket",
]);

test("the table of cases that the server reads too", () => {
    expect(SYNTAX_CASES.length).toBeGreaterThan(90);
    for (const { text, parse: parsed, isSlip: slip } of SYNTAX_CASES) {
        expect(parse(text)).toEqual(parsed, { message: `parse ${JSON.stringify(text)}` });
        expect(isSlip(text, SYNTAX_NAMES)).toBe(slip, { message: `slip ${JSON.stringify(text)}` });
    }
});

test("the first line and the draft below it", () => {
    expect(splitFirstLine("/note x")).toEqual({ line: "/note x", draft: "" });
    expect(splitFirstLine("/note x\nHello\nMarie")).toEqual({
        line: "/note x",
        draft: "Hello\nMarie",
    });
});

test("names are compared without accents and case", () => {
    expect(fold("ÉtÉ")).toBe("ete");
    expect(fold("Straße")).toBe("strasse");
});

test("slips of a finger are counted", () => {
    expect(countSlips("lead", "lead")).toBe(0);
    expect(countSlips("laed", "lead")).toBe(1);
    expect(countSlips("lad", "lead")).toBe(1);
    expect(countSlips("helpdsk", "helpdesk")).toBe(1);
    expect(countSlips("", "end")).toBe(3);
});

test("the nearest name", () => {
    const names = [...SYNTAX_NAMES];
    for (const [word, name] of [
        ["helpdsk", "helpdesk"],
        ["hepldesk", "helpdesk"],
        ["tiket", "ticket"],
        ["histroy", "history"],
        ["laed", "lead"],
        ["hist", "history"],
        ["note", "note"],
        ["xyzzy", undefined],
        ["a", undefined],
        ["", undefined],
    ]) {
        expect(nearest(word, names)).toBe(name, { message: word });
    }
});

test("what a slip was meant to be", () => {
    expect(readSlip(":helpdesk Broken mouse")).toEqual({
        word: "helpdesk",
        argument: "Broken mouse",
    });
    expect(readSlip(" / Note x\ny")).toEqual({ word: "note", argument: "x" });
    expect(readSlip("/?")).toEqual({ word: "", argument: "" });
});
