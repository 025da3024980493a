import { useAnswerKeys } from "@livechat_command/core/web/composer/answer_keys";
import { CommandComposer } from "@livechat_command/core/web/composer/command_composer";

import { useEffect } from "@odoo/owl";

import { useBus } from "@web/core/utils/hooks";

/**
 * Make the controller of a composer, and tell it what happens around it.
 *
 * @param {import("@mail/core/common/composer").Composer} component
 * @returns {CommandComposer}
 */
export function useCommandComposer(component) {
    const command = new CommandComposer(component);
    useAnswerKeys(component);
    // What was typed before the definitions came is looked at again.
    useEffect(
        (areLoaded) => {
            if (areLoaded) {
                component.suggestion.detect();
            }
        },
        () => [command.isReady, component.thread?.livechat_commands.length]
    );
    const { bus } = component.env;
    useBus(bus, "livechat_command:canned_responses_changed", () =>
        command.rowList?.reloadCannedResponses()
    );
    useBus(bus, "livechat_command:held", ({ detail }) => command.sender.onHeldByServer(detail));
    return command;
}
