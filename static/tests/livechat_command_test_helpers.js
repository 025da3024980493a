import { defineLivechatModels } from "@im_livechat/../tests/livechat_test_helpers";

import {
    contains,
    insertText,
    onRpcBefore,
    openDiscuss,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";
import { mailDataHelpers } from "@mail/../tests/mock_server/mail_mock_server";

import { press, queryAllTexts, queryOne, waitUntil } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";

import {
    Command,
    getService,
    onRpc,
    patchWithCleanup,
    serverState,
} from "@web/../tests/web_test_helpers";

export const COMMANDS = [
    {
        id: 1,
        name: "helpdesk",
        aliases: ["ticket"],
        help: "Create a ticket from this conversation",
        argument_hint: "title",
        takes_title: true,
        needs_argument: true,
    },
    {
        id: 2,
        name: "helpdesk_search",
        aliases: ["search_tickets"],
        help: "Search tickets",
        argument_hint: "words or number",
        takes_title: false,
    },
    {
        id: 3,
        name: "history",
        aliases: [],
        help: "See the visitor's last pages",
        argument_hint: "",
        kind: "history",
    },
    {
        id: 4,
        name: "note",
        aliases: [],
        help: "Add to the notes",
        argument_hint: "text",
        needs_argument: true,
    },
    { id: 5, name: "leave", aliases: [], help: "Leave", argument_hint: "a note, if wanted" },
    { id: 6, name: "help", aliases: [], help: "Show what you can type here", argument_hint: "" },
];

export const NAMES = [
    ...COMMANDS.flatMap(({ name, aliases }) => [name, ...aliases]),
    "end",
    "lead",
];

export function defineCommandModels() {
    return defineLivechatModels();
}

/**
 * Serve what `controllers/webclient.py` sends.
 *
 * @param {Object} [values] of the channel, in place of the usual ones
 * @param {Object} [settings] of all channels
 * @param {Object[]} [commands]
 */
export function serveCommands(values = {}, settings = {}, commands = COMMANDS) {
    patchWithCleanup(mailDataHelpers, {
        _process_request_for_internal_user(store, name, params) {
            super._process_request_for_internal_user(...arguments);
            if (name !== "livechat_command") {
                return;
            }
            commands.forEach((command) => store.add("discuss.command", command));
            store.add({ livechat_command: { names: NAMES, is_single_colon: true, ...settings } });
            store.add("discuss.channel", {
                id: params.channel_id,
                is_command_only: false,
                livechat_command_hints: { 1: "Ticket for Marie" },
                livechat_command_title: "My printer does not print",
                livechat_commands: commands.map(({ id }) => id),
                ...values,
            });
        },
    });
}

/**
 * Serve what can be named behind commands.
 *
 * @param {Object<string, Object[]>} names by sign
 * @returns {Object[]} the parameters of all requests
 */
export function serveTokens(names) {
    const requests = [];
    patchWithCleanup(mailDataHelpers, {
        _process_request_for_internal_user(store, name, params) {
            super._process_request_for_internal_user(...arguments);
            if (name === "livechat_command/tokens") {
                requests.push(params);
                const data = { "#": [], "@": [], choices: [], is_complete: true, ...names };
                store.resolve_data_request(data);
            }
        },
    });
    return requests;
}

/**
 * Serve what a title is like.
 *
 * @param {(params: Object) => Object} find `rows` or `hint`
 * @returns {Object[]} the parameters of all requests
 */
export function serveAlike(find) {
    const requests = [];
    patchWithCleanup(mailDataHelpers, {
        _process_request_for_internal_user(store, name, params) {
            super._process_request_for_internal_user(...arguments);
            if (name === "livechat_command/alike") {
                requests.push(params);
                store.resolve_data_request({ rows: [], hint: [], ...find(params) });
            }
        },
    });
    return requests;
}

/**
 * Serve canned responses as `controllers/webclient.py` does, from a list that tests may
 * change.
 *
 * @param {Object[]} responses `id`, `source`, `text` and what else is not usual
 * @param {Object} [options]
 * @param {(params: Object) => Object[]} [options.find] what the server finds for a term
 * @param {Object<string, [string, string]>} [options.placeholders] label and value by name
 * @param {boolean} [options.isComplete]
 * @returns {Object[]} the parameters of all requests
 */
export function serveCannedResponses(responses, options = {}) {
    const { find = () => responses, placeholders = {}, isComplete = true } = options;
    const requests = [];
    patchWithCleanup(mailDataHelpers, {
        _process_request_for_internal_user(store, name, params) {
            super._process_request_for_internal_user(...arguments);
            if (name !== "livechat_command/canned_responses") {
                return;
            }
            requests.push(params);
            store.resolve_data_request({
                rows: find(params).map((row) => ({
                    files: [],
                    lang: false,
                    tags: [],
                    use: [0, 0],
                    ...row,
                })),
                is_complete: isComplete,
                placeholders,
            });
        },
    });
    return requests;
}

/**
 * Answer commands as `run_command` does, and note the calls.
 *
 * @param {(line: string, requestId: string) => Object} [getAnswer]
 * @returns {{ line: string, requestId: string, channelId: number }[]} the calls
 */
export function answerCommands(getAnswer = (line) => ({ body: `<p>Answer to ${line}</p>` })) {
    const calls = [];
    onRpc("discuss.channel", "run_command", async ({ args: [[channelId], line, requestId] }) => {
        calls.push({ line, requestId, channelId });
        return { status: "done", name: line.slice(1), ...(await getAnswer(line, requestId)) };
    });
    return calls;
}

/** @returns {Object[]} what was posted or edited, as the routes' parameters */
export function recordMessages() {
    const messages = [];
    // What these return would be taken for the route's answer.
    onRpcBefore("/mail/message/post", (params) => void messages.push(params));
    onRpcBefore("/mail/message/update_content", (params) => void messages.push(params));
    return messages;
}

/**
 * Open a conversation with the visitor Marie in Discuss.
 *
 * @param {Object} [values] of the channel
 * @returns {Promise<{ pyEnv: Object, channelId: number, guestId: number }>}
 */
export async function openConversation(values = {}) {
    const pyEnv = await startServer();
    const guestId = pyEnv["mail.guest"].create({ name: "Marie" });
    const channelId = makeLivechat(pyEnv, guestId, values);
    await start();
    await openDiscuss(channelId);
    return { pyEnv, channelId, guestId };
}

/** @returns {number} the id of a conversation with a guest */
export function makeLivechat(pyEnv, guestId, values = {}) {
    return pyEnv["discuss.channel"].create({
        channel_member_ids: [
            Command.create({ partner_id: serverState.partnerId, livechat_member_type: "agent" }),
            Command.create({ guest_id: guestId, livechat_member_type: "visitor" }),
        ],
        channel_type: "livechat",
        livechat_operator_id: serverState.partnerId,
        ...values,
    });
}

/** @returns {number} the id of a channel of the user's own */
export function makeChannel(pyEnv) {
    return pyEnv["discuss.channel"].create({
        name: "General",
        channel_member_ids: [Command.create({ partner_id: serverState.partnerId })],
    });
}

/** Open a channel without visitors. */
export async function openChannel() {
    const channelId = makeChannel(await startServer());
    await start();
    await openDiscuss(channelId);
    await contains(`${INPUT}:focus`);
    await commandsLoaded(channelId);
}

/**
 * Open a conversation with the visitor Marie, its commands known and answered.
 *
 * @param {Object} [options]
 * @param {(line: string, requestId: string) => Object} [options.getAnswer]
 * @param {Object[]} [options.responses] canned responses
 * @param {Object} [options.values] of what the server says of the conversation
 */
export async function openWithCommands({ getAnswer, responses, values } = {}) {
    serveCommands(values);
    if (responses) {
        serveCannedResponses(responses);
    }
    const messages = recordMessages();
    const calls = answerCommands(getAnswer);
    const ids = await openConversation();
    await commandsLoaded(ids.channelId);
    return { ...ids, calls, messages };
}

/** Wait until what the server knows of commands has arrived. */
export async function commandsLoaded(channelId) {
    const data = { model: "discuss.channel", id: channelId };
    await waitUntil(() => getService("mail.store").Thread.get(data)?.areCommandsLoaded);
    await animationFrame();
}

export const INPUT = ".o-mail-Composer-input";
export const EDITED = ".o-mail-Message .o-mail-Composer-input:not([disabled])";
export const ROW = ".o-mail-NavigableList-item";
export const ACTIVE_ROW = ".o-mail-NavigableList-active";
export const ANSWER = ".o-livechat-command-Answer";
export const HINT = ".o-livechat-command-Hint";

export async function type(text) {
    await insertText(INPUT, text);
}

export async function pressKey(key) {
    await press(key);
    await animationFrame();
}

/** Delete the composer's text, by key. */
export async function clear() {
    await pressKey(["Control", "a"]);
    await pressKey("Backspace");
}

export function composerText() {
    return queryOne(`${INPUT}:not([disabled])`).value;
}

/** Wait until an element shows `text`, maybe among other things. */
export async function shows(selector, text) {
    await waitUntil(() => queryAllTexts(selector).some((shown) => shown.includes(text)), {
        message: () => `"${text}" in ${selector}: ${queryAllTexts(selector).join(" | ")}`,
        timeout: 3000,
    });
}

/** Let no time pass: what follows comes as soon after as hasty fingers bring it. */
export function stopTime() {
    const now = Date.now();
    patchWithCleanup(Date, { now: () => now });
}

/** Type at the start of the composer's text. */
export async function typeInFront(text) {
    const input = queryOne(`${INPUT}:not([disabled])`);
    for (const [index, char] of [...text].entries()) {
        const at = index ? input.selectionStart : 0;
        input.setSelectionRange(at, at);
        await press(char);
        await animationFrame();
    }
}
