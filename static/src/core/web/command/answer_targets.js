import { submitLine, undo } from "@livechat_command/core/web/command/run_line";

import { browser } from "@web/core/browser/browser";
import { getActiveHotkey } from "@web/core/hotkeys/hotkey_service";

/** Odoo's addresses of one record: `/odoo/helpdesk.ticket/12`, `/odoo/m-note/3`. */
const RECORD = /^\/odoo\/(?:m-)?([a-z0-9_]+(?:\.[a-z0-9_]+)*)\/(\d+)$/;
const HOTKEY = /^alt\+(control\+)?(\d|arrow(?:up|down))$/;

/**
 * @typedef {Object} Offer what follows an answer, at one key
 * @property {string} label
 * @property {string} line the command to run, or to go on typing
 * @property {boolean} [is_run] whether the key runs it; else it is put into the composer
 */

/**
 * Open what a key of an answer stands for: a record as a dialog over the conversation, any
 * other address in a new tab.
 *
 * @param {string} href
 * @param {Object} context
 * @param {Object} context.action Odoo's action service
 * @param {() => void} context.onClose called when the dialog is closed
 * @param {boolean} [context.inNewTab] a record too
 */
export function openLink(href, { action, onClose, inNewTab = false }) {
    const record = !inNewTab && RECORD.exec(href);
    if (!record) {
        browser.open(href, "_blank");
        return;
    }
    action.doAction(
        {
            type: "ir.actions.act_window",
            res_model: record[1],
            res_id: Number(record[2]),
            views: [[false, "form"]],
            target: "new",
        },
        { onClose }
    );
}

/**
 * @param {import("models").CommandAnswer | undefined} answer
 * @param {number} number from 1 on: the links of the answer, then its offers
 * @returns {{ href: string } | { offer: Offer } | undefined}
 */
export function getTarget(answer, number) {
    const { links = [], offers = [] } = answer ?? {};
    return [...links.map((href) => ({ href })), ...offers.map((offer) => ({ offer }))][number - 1];
}

/**
 * Do what a key of an answer stands for.
 *
 * @param {import("models").CommandAnswer} answer
 * @param {number} number
 * @param {{ inNewTab?: boolean }} [options]
 */
export function takeTarget(answer, number, options = {}) {
    const target = getTarget(answer, number);
    const { composer, store } = answer.thread;
    if (target?.href) {
        const { action } = store.env.services;
        const onClose = () => composer.autofocus++;
        openLink(target.href, { action, onClose, ...options });
    } else if (target) {
        takeOffer(answer, target.offer);
    }
}

function takeOffer({ thread }, { line, is_run: isRun }) {
    const { composer } = thread;
    if (isRun) {
        submitLine(thread, line);
    } else if (!composer.composerText) {
        composer.insertText(line, 0);
    }
    composer.autofocus++;
}

/**
 * Take a key that is for the answers of the composer's conversation: Alt and a digit opens a
 * link in place, with Ctrl in a new tab, or takes an offer; Alt+0 undoes the last line, or
 * rejoins; Alt+Up dismisses the last answer, and Alt+Down unfolds it. No hotkeys of Odoo's
 * service: a chat window lets no key out.
 *
 * @param {import("@livechat_command/core/web/composer/command_composer").CommandComposer} command
 * @param {KeyboardEvent} ev
 * @returns {boolean} whether it was one
 */
export function takeAnswerKey({ text, thread }, ev) {
    const [, isInNewTab, key] = HOTKEY.exec(getActiveHotkey(ev)) ?? [];
    // With digits of the number pad Windows writes characters.
    if (!key || !thread || ev.code?.startsWith("Numpad")) {
        return false;
    }
    const { answerToUndo, answerWithTargets, commandAnswers, store } = thread;
    const last = text ? undefined : commandAnswers.at(-1);
    if (ev.repeat) {
        return true;
    } else if (key > 0 && getTarget(answerWithTargets, key)) {
        takeTarget(answerWithTargets, key, { inNewTab: !!isInNewTab });
    } else if (isInNewTab) {
        return false;
    } else if (key === "0" && store.rejoinKey) {
        store.rejoinKey.rejoin();
    } else if (key === "0" && answerToUndo) {
        undo(answerToUndo);
    } else if (last && key === "arrowup" && last.status !== "waiting") {
        last.dismiss();
    } else if (last && key === "arrowdown") {
        last.isFolded = !last.isFolded;
    } else {
        // Nothing to dismiss any more: Odoo would have the last message edited.
        return key === "arrowup" && thread.areCommandsLoaded;
    }
    return true;
}
