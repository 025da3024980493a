import { countUse } from "@livechat_command/core/web/canned_responses/insert_response";
import { CommandComposer } from "@livechat_command/core/web/composer/command_composer";
import { SuggestionList } from "@livechat_command/core/web/suggestion/suggestion_list";

import { Composer } from "@mail/core/common/composer";

import { useEffect } from "@odoo/owl";

import { useBus } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";

// Odoo's own way to exchange a component of the composer, as its typing patch does.
patch(Composer, {
    components: { ...Composer.components, NavigableList: SuggestionList },
});

// Binds Odoo's composer to its controller, which decides (`command_composer.js`).
patch(Composer.prototype, {
    setup() {
        super.setup();
        this.command = useCommandComposer(this);
    },
    get placeholder() {
        return this.command.placeholder || super.placeholder;
    },
    get navigableListProps() {
        return this.command.getListProps(super.navigableListProps);
    },
    onFocusin() {
        super.onFocusin(...arguments);
        this.command.onFocusin();
    },
    onInput() {
        super.onInput(...arguments);
        this.command.onInput();
    },
    onKeydown(ev) {
        this.command.keys.onKeydown(ev, () => super.onKeydown(ev));
    },
    /** @override a command is nobody's business, also while it is typed */
    detectTyping() {
        return this.command.isTypingPrivate ? this.stopTyping() : super.detectTyping(...arguments);
    },
    async sendMessage() {
        return this.command.sender.send(() => super.sendMessage(...arguments));
    },
    async processMessage() {
        return this.command.sender.sendWithFiles(() => super.processMessage(...arguments));
    },
    async editMessage() {
        return this.command.sender.edit(() => super.editMessage(...arguments));
    },
    async _sendMessage(value, { cannedResponseIds }) {
        const message = await super._sendMessage(...arguments);
        countUse(this.store, cannedResponseIds);
        return message;
    },
    /** @override what is typed next must not follow what was just sent */
    clear() {
        super.clear(...arguments);
        this.command.showSelection();
    },
});

/**
 * Make the controller of a composer, and tell it what happens around it.
 *
 * @param {import("@mail/core/common/composer").Composer} component
 * @returns {CommandComposer}
 */
function useCommandComposer(component) {
    const command = new CommandComposer(component);
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
        command.rowList.reloadCannedResponses()
    );
    useBus(bus, "livechat_command:held", ({ detail }) => command.sender.onHeldByServer(detail));
    return command;
}
