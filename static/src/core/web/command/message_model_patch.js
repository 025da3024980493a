import { Message } from "@mail/core/common/message_model";
import { fields } from "@mail/core/common/record";
import { patch } from "@web/core/utils/patch";

patch(Message.prototype, {
    setup() {
        super.setup(...arguments);
        this.commandAnswer = fields.One("CommandAnswer", { inverse: "message" });
    },
    /** @override an answer is no message: nothing new to read, above which a line says so */
    get isNotification() {
        return super.isNotification || !!this.commandAnswer;
    },
    canReplyTo(thread) {
        return super.canReplyTo(...arguments) && !thread?.is_command_only;
    },
});
