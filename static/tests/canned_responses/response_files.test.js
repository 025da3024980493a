import {
    addFiles,
    areFilesAwaited,
    giveUpFiles,
    sendWithFiles,
} from "@livechat_command/core/web/canned_responses/response_files";

import { describe, expect, test } from "@odoo/hoot";
import { Deferred } from "@odoo/hoot-mock";

import { allowTranslations } from "@web/../tests/web_test_helpers";

describe.current.tags("headless");

const PRICES = { id: 3, source: "price" };
let lastId = 0;

/** A composer as far as files need it; `answers` are what the server does, in order. */
function makeComposer(...answers) {
    allowTranslations();
    const asked = [];
    const notifications = [];
    const orm = {
        call: (model, method, [[id]]) => {
            asked.push(id);
            return answers.shift();
        },
    };
    orm.silent = orm;
    const notification = {
        add: (message, options) => {
            notifications.push({ message, ...options });
            return () => {};
        },
    };
    const composer = {
        asked,
        attachments: [],
        composerText: "Our prices",
        insertText(text, at) {
            this.composerText = this.composerText.slice(0, at) + text;
        },
        localId: `composer ${++lastId}`,
        missingFiles: [],
        notifications,
        sent: [],
        store: {
            env: { services: { notification, orm } },
            "ir.attachment": { get: (id) => id },
            insert: () => {},
        },
    };
    composer.options = {
        isShown: () => true,
        send: async () => {
            composer.sent.push([composer.composerText, ...composer.attachments]);
            composer.composerText = "";
        },
        show: () => {},
    };
    composer.options.sendAgain = composer.options.send;
    return composer;
}

const FILES = { store_data: {}, attachment_ids: [77] };

test("a message waits for its files", async () => {
    const files = new Deferred();
    const composer = makeComposer(files);
    addFiles(composer, PRICES);
    expect(areFilesAwaited(composer)).toBe(true);
    const sending = sendWithFiles(composer, composer.options);
    sendWithFiles(composer, composer.options); // a second Enter
    files.resolve(FILES);
    await sending;
    expect(composer.sent).toEqual([["Our prices", 77]]);
    expect(composer.composerText).toBe("");
    expect(areFilesAwaited(composer)).toBe(false);
});

test("what is typed meanwhile is the next message", async () => {
    const files = new Deferred();
    const composer = makeComposer(files);
    addFiles(composer, PRICES);
    const sending = sendWithFiles(composer, composer.options);
    composer.composerText += " And one mo";
    files.resolve(FILES);
    await sending;
    expect(composer.sent).toEqual([["Our prices", 77]]);
    expect(composer.composerText).toBe(" And one mo");
});

test("a text that was changed meanwhile is not sent", async () => {
    const files = new Deferred();
    const composer = makeComposer(files);
    addFiles(composer, PRICES);
    const sending = sendWithFiles(composer, composer.options);
    composer.composerText = "No prices";
    files.resolve(FILES);
    await sending;
    expect(composer.sent).toEqual([]);
    expect(composer.notifications.length).toBe(1);
});

test("in another conversation nothing is sent", async () => {
    const files = new Deferred();
    const composer = makeComposer(files);
    addFiles(composer, PRICES);
    const sending = sendWithFiles(composer, { ...composer.options, isShown: () => false });
    files.resolve(FILES);
    await sending;
    expect(composer.sent).toEqual([]);
    expect(composer.notifications.length).toBe(1);
});

test("without its files nothing is sent; the next time they are asked for again", async () => {
    const composer = makeComposer(Promise.reject(new Error()), FILES);
    addFiles(composer, PRICES);
    await sendWithFiles(composer, composer.options);
    expect(composer.sent).toEqual([]);
    await sendWithFiles(composer, composer.options);
    expect(composer.sent).toEqual([["Our prices", 77]]);
});

test("missing files are told, and given up only by the author", async () => {
    const failure = () => Promise.reject(new Error());
    const composer = makeComposer(failure(), failure(), failure());
    addFiles(composer, PRICES);
    await sendWithFiles(composer, composer.options);
    expect(composer.missingFiles).toEqual([PRICES]);
    expect(composer.sent).toEqual([]);
    expect(composer.notifications.length).toBe(1);
    await sendWithFiles(composer, composer.options);
    expect(composer.asked).toEqual([3, 3]);
    expect(composer.sent).toEqual([]);
    composer.notifications[0].buttons[0].onClick();
    expect(composer.sent).toEqual([["Our prices"]]);
    composer.missingFiles = [PRICES];
    giveUpFiles(composer);
    expect(areFilesAwaited(composer)).toBe(false);
});
