import { getTarget, takeTarget } from "@livechat_command/core/web/command/answer_targets";
import { undo } from "@livechat_command/core/web/command/run_line";

import { useHotkey } from "@web/core/hotkeys/hotkey_hook";

/**
 * Keys for the answers of the composer's conversation: Alt and a digit opens a link in
 * place, with Ctrl in a new tab, or takes an offer; Alt+0 undoes the last line; Alt+Up
 * dismisses the last answer, and Alt+Down unfolds it.
 *
 * @param {import("@mail/core/common/composer").Composer} component
 */
export function useAnswerKeys(component) {
    const useKey = (hotkey, callback, isAvailable) =>
        useHotkey(hotkey, callback, {
            area: () => component.root.el,
            bypassEditableProtection: true,
            isAvailable,
        });
    const getLast = () => component.thread?.commandAnswers.at(-1);
    const getAnswer = () => component.thread?.answerWithTargets;
    for (let number = 1; number <= 9; number++) {
        const hasTarget = () => Boolean(getTarget(getAnswer(), number));
        useKey(`alt+${number}`, () => takeTarget(getAnswer(), number), hasTarget);
        useKey(
            `alt+control+${number}`,
            () => takeTarget(getAnswer(), number, { inNewTab: true }),
            hasTarget
        );
    }
    const getUndoable = () => component.thread?.answerToUndo;
    useKey(
        "alt+0",
        () => undo(getUndoable()),
        () => Boolean(getUndoable())
    );
    const isIdle = () => Boolean(getLast()) && !component.command.text;
    useKey("alt+arrowup", () => getLast().dismiss(), isIdle);
    useKey("alt+arrowdown", () => (getLast().isFolded = !getLast().isFolded), isIdle);
}
