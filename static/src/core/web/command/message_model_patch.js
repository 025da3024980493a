import { Message } from "@mail/core/common/message_model";
import { fields } from "@mail/core/common/record";
import { patch } from "@web/core/utils/patch";

patch(Message.prototype, {
    setup() {
        super.setup(...arguments);
        this.commandAnswer = fields.One("CommandAnswer", { inverse: "message" });
    },
    canReplyTo(thread) {
        return super.canReplyTo(...arguments) && !thread?.is_command_only;
    },
});
