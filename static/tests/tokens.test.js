import { DIGEST, KNOWN, PIECES, TOKEN_CASES } from "@livechat_command/../tests/token_cases";
import { escapeTokens, makeKey, readTokens } from "@livechat_command/core/web/command/tokens";

import { describe, expect, test } from "@odoo/hoot";

describe.current.tags("headless");

const LINES = 2000;
const known = new Set(KNOWN.flatMap(([sign, words]) => words.map((word) => sign + word)));

function read(argument) {
    const { title, tokens } = readTokens(argument, ({ sign, word }) => known.has(sign + word));
    return { title, tokens: tokens.map(({ sign, word }) => (sign === "!" ? word : sign + word)) };
}

/** Arguments made of pieces; the twin of `generate_lines` on the server. */
function* generateLines(pieces) {
    let state = 1n;
    const draw = (limit) => {
        state = (state * 1103515245n + 12345n) % 2n ** 31n;
        return Number((state >> 16n) % BigInt(limit));
    };
    for (let line = 0; line < LINES; line++) {
        const words = Array.from({ length: 1 + draw(12) }, () => pieces[draw(pieces.length)]);
        yield words.join(" ");
    }
}

function getDigest(text) {
    let digest = 0n;
    for (let i = 0; i < text.length; i++) {
        const code = text.charCodeAt(i);
        for (const byte of [code & 0xff, code >> 8]) {
            digest = (digest * 31n + BigInt(byte)) % 2n ** 32n;
        }
    }
    return Number(digest);
}

test("the table of cases that the server reads too", () => {
    expect(TOKEN_CASES.length).toBeGreaterThan(60);
    for (const { argument, title, tokens } of TOKEN_CASES) {
        expect(read(argument)).toEqual({ title, tokens }, { message: JSON.stringify(argument) });
    }
});

test("generated lines are read as on the server", () => {
    const texts = [...generateLines(PIECES)]
        .map(read)
        .map(({ title, tokens }) => `${title}|${tokens.join(" ")}\n`);
    expect(getDigest(texts.join(""))).toBe(DIGEST[0]);
});

test("what somebody else wrote holds no token", () => {
    for (const [text, title] of [
        ["Broken screen !! #refund @anna", "Broken screen !! #refund @anna"],
        ["Broken screen :promise", "Broken screen :promise"],
        ["!!!", "!!!"],
        ["Ask @home", "Ask @home"],
        ["Ok :)", "Ok :)"],
    ]) {
        expect(read(escapeTokens(text, "!#@:"))).toEqual({ title, tokens: [] });
    }
    for (const line of generateLines(PIECES)) {
        const title = escapeTokens(line.trim(), "!#@:");
        expect(read(title).tokens).toEqual([], { message: line });
    }
    expect(escapeTokens("Broken screen !!", "#:")).toBe("Broken screen !!");
});

test("names are typed without accents and blanks", () => {
    expect(makeKey("Return label")).toBe("return-label");
    expect(makeKey("Jürgen O'Neil")).toBe("jurgen-o-neil");
    expect(makeKey("👍")).toBe("");
});
