import { giveUpFiles } from "@livechat_command/core/web/canned_responses/response_files";

import { Composer } from "@mail/core/common/composer_model";
import { fields } from "@mail/core/common/record";

import { patch } from "@web/core/utils/patch";

patch(Composer.prototype, {
    setup() {
        super.setup(...arguments);
        /**
         * Responses whose files could not be attached.
         *
         * @type {import("@livechat_command/core/web/canned_responses/response_files").FileSource[]}
         */
        this.missingFiles = fields.Attr([]);
    },
    clear() {
        super.clear(...arguments);
        giveUpFiles(this);
    },
});
