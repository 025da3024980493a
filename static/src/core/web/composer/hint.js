import { parse } from "@livechat_command/core/web/command/syntax";
import { readTokens } from "@livechat_command/core/web/command/tokens";
import { findCommand } from "@livechat_command/core/web/suggestion/command_rows";
import { getKeys } from "@livechat_command/core/web/suggestion/token_rows";

import { _t } from "@web/core/l10n/translation";

/**
 * @typedef {Object} HintPart
 * @property {string} text
 * @property {"main"|"offered"|"muted"|"warning"|"asked"} tone what matters, what one key or
 *  tap takes, what may be read too, what to beware of, what is missing
 * @property {"blank"|"title"} [tap] what a tap on it does, where there are no keys
 */

/** Behind these the server's hint says what to beware of. */
const WARNINGS = " · ";

const main = (text) => ({ text, tone: "main" });
const muted = (text) => ({ text, tone: "muted" });

/**
 * The hint line below the composer: what will happen, what is expected, who will see it; the
 * important first, since what does not fit is cut off.
 *
 * @param {string} text of the composer
 * @param {Object} context
 * @param {Object[]} context.commands what the operator may run here
 * @param {string[]} [context.alikeHint] what it says of the number that is typed
 * @param {Object<number, string>} context.hints what the server says of each
 * @param {string} context.title the visitor's first sentence
 * @param {boolean} context.isVisitorThread
 * @param {string} context.visitor name
 * @param {boolean} context.isCommandOnly
 * @param {boolean} context.isHeld whether the guard holds the text
 * @param {boolean} [context.isAsked] whether Enter was pressed and something is missing
 * @param {boolean} [context.isClosed] whether the list was closed
 * @param {boolean} context.hasKeys whether there is a keyboard
 * @param {boolean} context.hasRows whether the list has something to complete
 * @param {boolean} [context.hasHighlight] whether Enter takes a row
 * @param {string} [context.delimiter] what the list is about
 * @param {Object} [context.tokenNames] what is known that can be named behind the command
 * @returns {HintPart[]}
 */
export function getHint(text, context) {
    const { isCommandOnly, isHeld, isVisitorThread } = context;
    if (isHeld) {
        return getHeldHint(context);
    }
    const command = parse(text);
    if (command) {
        return getCommandHint(text, command, context);
    }
    if (isCommandOnly) {
        return [main(_t("This conversation has ended: type / for a command."))];
    }
    if (isVisitorThread && text.startsWith("//")) {
        const { visitor } = context;
        return [main(_t("Sent as typed: %(visitor)s will see it.", { visitor }))];
    }
    return getColonHint(context);
}

/**
 * @param {string} label of the blank that is to be filled in next
 * @param {{ hasKeys: boolean }} context
 * @returns {HintPart[]}
 */
export function getBlankHint(label, { hasKeys }) {
    return [
        { text: _t("Fill in “%(blank)s”.", { blank: label }), tone: "offered", tap: "blank" },
        muted(
            hasKeys
                ? _t("Enter and Tab go to the next blank; nothing is sent before.")
                : _t("Tap here for the next blank; nothing is sent before.")
        ),
    ];
}

function getHeldHint({ hasKeys, isClosed, isCommandOnly }) {
    return [
        main(_t("Nothing was sent.")),
        muted(
            isCommandOnly
                ? _t("This conversation has ended: type / for a command.")
                : !hasKeys
                  ? _t("Choose above, or correct the text.")
                  : isClosed
                    ? _t("Correct the text, or press Enter for the choices.")
                    : _t("Choose with the arrow keys and Enter, or correct the text.")
        ),
    ];
}

function getColonHint({ delimiter, hasHighlight, hasKeys, hasRows, isClosed }) {
    if (!hasRows || isClosed || !hasKeys || !delimiter?.startsWith(":")) {
        return [];
    }
    return [
        main(hasHighlight ? _t("Enter inserts it.") : _t("Tab inserts the first.")),
        muted(_t("Arrow keys choose, Escape closes the list.")),
    ];
}

function getCommandHint(text, { name, argument }, context) {
    const { commands, hasKeys, hasRows, isVisitorThread } = context;
    const isNameTyped = /^\/\S+\s/.test(text);
    const command = findCommand(name, commands);
    if (!command && !isNameTyped && hasRows) {
        return [
            main(_t("Only you see this.")),
            ...(hasKeys ? [muted(_t("Tab completes, Escape closes the list."))] : []),
        ];
    }
    if (!command) {
        return isVisitorThread
            ? [
                  main(_t("No such command here.")),
                  muted(
                      hasKeys
                          ? _t("Enter does not send it.")
                          : _t("The send button does not send it.")
                  ),
              ]
            : [];
    }
    const offered = getOffered(command, isNameTyped && !argument, context);
    const said = getServerHint(command, context);
    // Behind the first, so that what a tap takes is seen where there is little room.
    said.splice(1, 0, ...offered);
    return [
        ...(offered.length && !context.isAsked ? [] : getExpected(command, argument, context)),
        // What is typed just now, before what was there to read since the command's name.
        ...getReadBack(command, argument, context),
        ...said,
        ...(command.is_seen ? [] : [muted(_t("Only you see this."))]),
        muted(hasKeys ? _t("Enter runs it.") : _t("The send button runs it.")),
    ];
}

function getExpected({ argument_hint }, argument, { isAsked }) {
    if (argument || !(argument_hint || isAsked)) {
        return [];
    }
    const expected = _t("Expected: %(argument)s", { argument: argument_hint || _t("text") });
    return [{ text: expected, tone: isAsked ? "asked" : "main" }];
}

function getServerHint({ id }, { alikeHint, hints }) {
    const own = alikeHint?.length && alikeHint;
    const [sentence, ...warnings] = own || (hints?.[id] ?? "").split(WARNINGS);
    return [
        ...warnings.map((text) => ({ text, tone: "warning" })),
        ...(sentence ? [main(sentence)] : []),
    ];
}

function getReadBack({ tokens }, argument, { tokenNames }) {
    const read = tokens && tokenNames && readBack(argument, tokens, tokenNames).join(" · ");
    return read ? [main(read)] : [];
}

function getOffered({ takes_title }, isEmpty, { hasKeys, title }) {
    if (!isEmpty || !takes_title || !title) {
        return [];
    }
    const text = hasKeys ? _t("Tab: “%(title)s”", { title }) : _t("Tap: “%(title)s”", { title });
    return [{ text, tone: "offered", tap: "title" }];
}

/**
 * Read back what stands behind a title: *High · refund · Anna · then :promise*. What is not
 * understood is part of the title, and not here.
 *
 * @param {string} argument of the command
 * @param {string} signs that the command takes
 * @param {import("@livechat_command/core/web/suggestion/token_rows").TokenNames} names known
 * @returns {string[]}
 */
export function readBack(argument, signs, names) {
    const find = ({ sign, word }) => names[sign]?.find((named) => getKeys(named).includes(word));
    const { tokens } = readTokens(argument, (token) => find(token), signs);
    return tokens.map((token) => {
        const { sign, word } = token;
        if (sign === ":") {
            return _t("then :%(response)s", { response: word });
        }
        return find(token)?.name ?? word;
    });
}
