import { render } from "@livechat_command/core/web/canned_responses/placeholders";

import { onWillStart, useState } from "@odoo/owl";

import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { TextField } from "@web/views/fields/text/text_field";

/** A text with a helper that inserts placeholders, and an example of what will be sent. */
export class CannedResponseText extends TextField {
    static template = "livechat_command.CannedResponseText";
    static components = { ...TextField.components, Dropdown, DropdownItem };

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.typed = useState({ text: undefined });
        onWillStart(async () => {
            this.placeholders = await this.orm
                .cache()
                .call("mail.canned.response", "get_placeholders", []);
        });
    }
    get text() {
        return this.typed.text ?? this.props.record.data[this.props.name] ?? "";
    }
    /** @returns {string} the text with examples put in, "" where it has no placeholder */
    get example() {
        const pick = (key) =>
            Object.fromEntries(this.placeholders.map((item) => [item.name, item[key]]));
        const text = this.text || "";
        const example = render(text, pick("example"), pick("label"));
        return example.trimStart() === text.trimStart() ? "" : example;
    }
    onInput(ev) {
        this.typed.text = ev.target.value;
    }
    async onBlur() {
        await super.onBlur();
        this.typed.text = undefined;
    }
    insert(placeholder) {
        const { el } = this.textareaRef;
        el.focus();
        el.setRangeText(placeholder, this.selectionStart, this.selectionStart, "end");
        this.selectionStart = el.selectionStart;
        this.typed.text = el.value;
        this.props.record.update({ [this.props.name]: this.parse(el.value) });
    }
    insertPlaceholder({ name }) {
        this.insert(`{{${name}}}`);
    }
    insertBlank() {
        this.insert(`{{?${_t("order number")}}}`);
    }
}

registry.category("lazy_components").add("livechat_command.CannedResponseText", CannedResponseText);
