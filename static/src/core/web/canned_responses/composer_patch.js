import { findBlanks } from "@livechat_command/core/web/canned_responses/blanks";
import { selectNextBlank } from "@livechat_command/core/web/canned_responses/insert_response";
import {
    areFilesAwaited,
    getMissingFilesHint,
    giveUpFiles,
    sendWithFiles,
} from "@livechat_command/core/web/canned_responses/response_files";
// Applied first: what is done here comes before the guard.
import "@livechat_command/core/web/composer/composer_patch";

import { Composer } from "@mail/core/common/composer";

import { toRaw } from "@odoo/owl";

import { isEventHandled, markEventHandled } from "@web/core/utils/misc";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { useBus } from "@web/core/utils/hooks";

patch(Composer.prototype, {
    setup() {
        super.setup();
        useBus(this.env.bus, "livechat_command:canned_responses_changed", () =>
            this.suggestion?.reloadCannedResponses()
        );
    },
    /** @returns {{ label: string }[]} what is still to be filled in */
    get blanks() {
        return findBlanks(this.props.composer.composerText);
    },
    get commandHint() {
        const { missingFiles } = this.props.composer;
        if (missingFiles.length) {
            return getMissingFilesHint(missingFiles);
        }
        const [blank] = this.blanks;
        if (!blank) {
            return super.commandHint;
        }
        return [
            _t("Fill in “%(blank)s”.", { blank: blank.label }),
            _t("Enter and Tab go to the next blank; nothing is sent before."),
        ];
    },
    get commandHintIcon() {
        return this.blanks.length ? "fa-pencil" : super.commandHintIcon;
    },

    async onFocusin() {
        super.onFocusin(...arguments);
        const { thread } = this;
        if (thread?.isVisitorThread) {
            // The first list is there before it is asked for, also without network.
            await thread.fetchCommands();
            if (thread.areCommandsLoaded) {
                this.store.cannedResponseCache.load(thread.id);
            }
        }
    },
    onKeydown(ev) {
        if (this.isBlankKey(ev) && this.goToNextBlank()) {
            ev.preventDefault();
            ev.stopPropagation();
            return;
        }
        const { composer } = this.props;
        if (ev.key === "Escape" && !this.hasSuggestions && composer.missingFiles.length) {
            giveUpFiles(composer);
            markEventHandled(ev, "Composer.discard");
            return;
        }
        return super.onKeydown(...arguments);
    },
    /** In the chatter Enter and Tab are Odoo's: there the button asks for the blanks. */
    isBlankKey(ev) {
        const isPlain = !(ev.shiftKey || ev.ctrlKey || ev.altKey || ev.metaKey);
        return (
            isPlain &&
            !ev.isComposing &&
            !this.env.inChatter &&
            (ev.key === "Tab" || (ev.key === "Enter" && !this.isMobileOS)) &&
            !isEventHandled(ev, "NavigableList.select")
        );
    },
    goToNextBlank() {
        if (!this.blanks.length) {
            return false;
        }
        this.ref.el?.focus();
        selectNextBlank(this.props.composer);
        this.showSelection();
        return true;
    },

    async sendMessage() {
        if (this.isHeldByBlank()) {
            return;
        }
        return super.sendMessage(...arguments);
    },
    async processMessage() {
        const send = () => super.processMessage(...arguments);
        const composer = toRaw(this.props.composer);
        if (!areFilesAwaited(composer)) {
            return send();
        }
        return sendWithFiles(this.props.composer, {
            send,
            isShown: () => toRaw(this.props.composer) === composer,
            show: () => this.showSelection(),
        });
    },
    async editMessage() {
        if (this.isHeldByBlank()) {
            return;
        }
        return super.editMessage(...arguments);
    },
    isHeldByBlank() {
        const [blank] = this.blanks;
        if (!blank) {
            return false;
        }
        this.env.services.notification.add(
            _t("Fill in “%(blank)s” before you send this.", { blank: blank.label }),
            { type: "warning" }
        );
        return this.goToNextBlank();
    },
    async _sendMessage(value, { cannedResponseIds }) {
        const result = await super._sendMessage(...arguments);
        if (cannedResponseIds?.length && this.store.livechat_command) {
            // Not worth an error, nor to be waited for.
            this.store.env.services.orm.silent
                .call("mail.canned.response", "count_use", [cannedResponseIds])
                .catch(() => {});
        }
        return result;
    },
});
