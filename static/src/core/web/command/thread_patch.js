import { CommandAnswer } from "@livechat_command/core/web/command/command_answer";

import { Thread } from "@mail/core/common/thread";

import { patch } from "@web/core/utils/patch";

patch(Thread, {
    components: { ...Thread.components, CommandAnswer },
});
