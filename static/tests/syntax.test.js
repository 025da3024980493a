import {
    NEAREST_CASES,
    SHORTCUT_CASES,
    SHORTCUTS,
    SYNTAX_CASES,
    SYNTAX_NAMES,
} from "@livechat_command/../tests/syntax_cases";
import {
    findShortcut,
    isPrivate,
    isSlip,
    readShortcut,
} from "@livechat_command/core/web/command/slip";
import {
    clean,
    countSlips,
    fold,
    nearest,
    parse,
    readSlip,
    splitFirstLine,
    strip,
} from "@livechat_command/core/web/command/syntax";
import { findTrigger } from "@livechat_command/core/web/suggestion/trigger";

import { describe, expect, test } from "@odoo/hoot";

describe.current.tags("headless");

const names = new Set(SYNTAX_NAMES);

test("the tables of cases that the server reads too", () => {
    expect(SYNTAX_CASES.length).toBeGreaterThan(170);
    for (const { text, parse: parsed, isSlip: slip } of SYNTAX_CASES) {
        expect(parse(text)).toEqual(parsed, { message: `parse ${JSON.stringify(text)}` });
        expect(isSlip(text, names)).toBe(slip, { message: `slip ${JSON.stringify(text)}` });
    }
    expect(SHORTCUT_CASES.length).toBeGreaterThan(30);
    for (const [text, found] of SHORTCUT_CASES) {
        expect(findShortcut(text, SHORTCUTS) ?? null).toBe(found, { message: text });
    }
    for (const [word, name] of NEAREST_CASES) {
        expect(nearest(word, [...names].sort()) ?? null).toBe(name, { message: word });
    }
});

test("each key of a slip is silent, and a message is told once it cannot be one", () => {
    const slips = SYNTAX_CASES.filter(({ isSlip: slip }) => slip).map(({ text }) => text);
    const held = SHORTCUT_CASES.filter(([, found]) => found).map(([text]) => text);
    // In front of "it isn't" the quote looked closed for one key.
    for (const text of [...slips, ...held].filter((each) => !each.includes("isn't"))) {
        for (let length = 1; length <= text.length; length++) {
            const typed = text.slice(0, length);
            expect(isPrivate(typed, names, SHORTCUTS)).toBe(true, { message: typed });
        }
    }
    for (const text of [
        "H",
        "10",
        ":) x",
        ": ",
        "//",
        "7 d",
        "@a",
        "👍",
        "(see b",
        "- x",
        ":D t",
    ]) {
        expect(isPrivate(text, names, SHORTCUTS)).toBe(false, { message: text });
    }
});

test("hostile texts cost what their length says", () => {
    const readers = {
        clean,
        fold,
        isPrivate: (text) => isPrivate(text, names, SHORTCUTS),
        isSlip: (text) => isSlip(text, names, SHORTCUTS),
        nearest: (text) => nearest(text, SYNTAX_NAMES),
        parse,
        readShortcut,
        readSlip,
        strip,
        trigger: (text) => findTrigger(text, text.length),
    };
    for (const [name, read] of Object.entries(readers)) {
        for (const unit of [" ", "\u200b", "/", ":", " :", "a", "a ", "é", "\ud800", "\t\n"]) {
            for (const start of ["", "/", ":", "/a", ";a", "::a"]) {
                const measure = (length) => {
                    const text = start + unit.repeat(length / unit.length) + "!";
                    const begin = performance.now();
                    read(text);
                    return performance.now() - begin;
                };
                const small = Math.min(measure(100_000), measure(100_000));
                const large = Math.min(measure(1_000_000), measure(1_000_000));
                const most = Math.max(40 * small, 1000);
                expect(large).toBeLessThan(most, { message: JSON.stringify([name, unit, start]) });
            }
        }
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

test("what a slip was meant to be", () => {
    expect(readSlip(":helpdesk Broken mouse")).toEqual({
        word: "helpdesk",
        argument: "Broken mouse",
    });
    expect(readSlip(" / Note x\ny")).toEqual({ word: "note", argument: "x" });
    expect(readSlip("/?")).toEqual({ word: "", argument: "" });
});
