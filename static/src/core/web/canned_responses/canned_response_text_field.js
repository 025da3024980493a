import { Component, xml } from "@odoo/owl";

import { LazyComponent } from "@web/core/assets";
import { registry } from "@web/core/registry";
import { textField } from "@web/views/fields/text/text_field";

/** What only the forms of canned responses need is loaded when one opens. */
class CannedResponseTextField extends Component {
    static template = xml`
        <LazyComponent
            bundle="'livechat_command.assets_canned_response_form'"
            Component="'livechat_command.CannedResponseText'"
            props="props"
        />`;
    static components = { LazyComponent };
    static props = textField.component.props;
}

registry.category("fields").add("canned_response_text", {
    ...textField,
    component: CannedResponseTextField,
});
