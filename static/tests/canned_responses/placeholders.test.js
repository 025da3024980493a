import {
    findBlanks,
    findNextBlank,
    render,
} from "@livechat_command/core/web/canned_responses/placeholders";
import {
    PLACEHOLDER_CASES,
    PLACEHOLDER_LABELS,
    PLACEHOLDER_VALUES,
} from "@livechat_command/../tests/canned_responses/placeholder_cases";

import { describe, expect, test } from "@odoo/hoot";

describe.current.tags("headless");

test("placeholders are put in as on the server", () => {
    for (const { text, rendered } of PLACEHOLDER_CASES) {
        expect(render(text, PLACEHOLDER_VALUES, PLACEHOLDER_LABELS)).toBe(rendered);
    }
});

test("blanks are found", () => {
    expect(findBlanks("Hello")).toEqual([]);
    expect(findBlanks("⟦a⟧ ⟦b c⟧")).toEqual([
        { start: 0, end: 3, label: "a" },
        { start: 4, end: 9, label: "b c" },
    ]);
    expect(findBlanks("⟦a ⟦b⟧")).toEqual([{ start: 3, end: 6, label: "b" }]);
    expect(findBlanks("⟦a\nb⟧")).toEqual([]);
});

test("the next blank is behind the selection, or the first", () => {
    const text = "x ⟦a⟧ ⟦b⟧";
    expect(findNextBlank(text, { end: 0 }).label).toBe("a");
    expect(findNextBlank(text, { end: 2 }).label).toBe("a");
    expect(findNextBlank(text, { end: 5 }).label).toBe("b");
    expect(findNextBlank(text, { end: 9 }).label).toBe("a");
    expect(findNextBlank("x", { end: 0 })).toBe(undefined);
});

test("time grows with the text alone", () => {
    const SIZE = 256 * 1024;
    const measure = (run, [begin, part], size) => {
        const text = begin + part.repeat(size / part.length);
        const start = performance.now();
        run(text);
        return performance.now() - start;
    };
    const hostile = [
        ["", "{{"],
        ["{{", "a"],
        ["{{a|", " "],
        ["", "{{a"],
        ["", "⟦"],
        ["⟦", "a"],
        ["", "⟦a"],
        ["{{?", "⟦"],
    ];
    for (const part of hostile) {
        for (const run of [(text) => render(text, {}, {}), findBlanks]) {
            const short = measure(run, part, SIZE);
            const long = measure(run, part, 4 * SIZE);
            expect(long).toBeLessThan(Math.max(12 * short, 1000));
        }
    }
});
