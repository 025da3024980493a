import { getListAction, moveHighlight } from "@livechat_command/core/web/suggestion/list_keys";
import { getInitialHighlight } from "@livechat_command/core/web/suggestion/row";

import { NavigableList } from "@mail/core/common/navigable_list";

import { onWillUnmount, useEffect } from "@odoo/owl";

import { getActiveHotkey } from "@web/core/hotkeys/hotkey_service";
import { markEventHandled } from "@web/core/utils/misc";

/** The keys that take a row. */
const TAKING = ["enter", "tab"];
let nextId = 1;

/**
 * Odoo's list above the composer, with the keys of `list_keys.js` where its rows are ours (the
 * prop `rowList` tells). Odoo's selects the first row again at every render and its Tab
 * completes nothing; everywhere else it stays as it is.
 */
export class SuggestionList extends NavigableList {
    static template = "livechat_command.SuggestionList";
    static props = {
        ...NavigableList.props,
        rowList: {
            type: Object,
            shape: { key: String, isGuard: Boolean, list: Object },
            optional: true,
        },
    };

    setup() {
        this.listId = `o-livechat-command-list-${nextId++}`;
        /** @type {string | undefined} key of the list that is shown */
        this.shownKey = undefined;
        /** @type {string | null} id of the highlighted row */
        this.activeId = null;
        super.setup();
        useEffect(
            () => {
                const row = this.rootRef.el?.querySelector("[aria-selected='true']");
                row?.scrollIntoView({ block: "nearest" });
            },
            () => [this.state.activeIndex, this.show]
        );
        useEffect(
            () => this.describeInput(),
            () => [this.state.activeIndex, this.show, !!this.props.rowList]
        );
        onWillUnmount(() => this.describeInput(false));
    }

    get input() {
        return this.props.anchorRef?.querySelector("textarea:not([disabled]), [contenteditable]");
    }

    getOptionId(index) {
        return `${this.listId}-${index}`;
    }

    /** Tell screen readers about the list from where the focus is. */
    describeInput(isShown = this.show && !!this.props.rowList) {
        const attributes = {
            // A text area cannot be expanded; it has a list.
            "aria-controls": isShown && this.listId,
            "aria-haspopup": isShown && "listbox",
            "aria-activedescendant":
                isShown &&
                this.state.activeIndex !== null &&
                this.getOptionId(this.state.activeIndex),
        };
        for (const [name, value] of Object.entries(attributes)) {
            if (value) {
                this.input?.setAttribute(name, value);
            } else {
                this.input?.removeAttribute(name);
            }
        }
    }

    /** @override */
    open() {
        const { rowList, options } = this.props;
        if (!rowList) {
            this.shownKey = undefined;
            return super.open();
        }
        if (this.shownKey !== rowList.key) {
            this.shownKey = rowList.key;
            this.activeId = null;
        }
        if (!options.some(({ id }) => id === this.activeId)) {
            this.activeId = getInitialHighlight(options);
        }
        this.state.open = !rowList.list.isClosed;
        this.highlight(options.findIndex(({ id }) => id === this.activeId));
    }

    /** @override */
    close() {
        // A click elsewhere is no choice: the guard waits for one.
        if (this.props.rowList && !this.props.rowList.isGuard) {
            this.closeRowList();
        } else if (!this.props.rowList) {
            super.close();
        }
    }

    closeRowList() {
        const { key, list } = this.props.rowList;
        list.close(key);
        this.state.open = false;
        this.highlight(-1);
    }

    highlight(index) {
        this.state.activeIndex = index < 0 ? null : index;
        this.activeId = this.props.options[index]?.id ?? null;
        if (this.props.rowList) {
            this.props.rowList.list.activeId = this.activeId;
        }
    }

    /** @override */
    onKeydown(ev) {
        if (!this.props.rowList) {
            return super.onKeydown(ev);
        }
        // An Enter that ends an input method's composition does nothing else.
        const isHere = this.show && this.props.anchorRef?.contains(ev.target);
        if (!isHere || ev.isComposing || ev.keyCode === 229) {
            return;
        }
        const { options, rowList } = this.props;
        const hotkey = getActiveHotkey(ev);
        if (TAKING.includes(hotkey) && rowList.list.catchUp() !== rowList.key) {
            return; // the composer takes from the list that is not drawn yet
        }
        const action = getListAction(hotkey, {
            activeIndex: this.state.activeIndex,
            count: options.length,
            isGuard: rowList.isGuard,
        });
        switch (action) {
            case "pass":
                return;
            case "take":
                this.selectOption(ev, this.state.activeIndex, { key: hotkey });
                break;
            case "takeFirst":
                this.selectOption(ev, 0, { key: hotkey });
                break;
            case "close":
                this.closeRowList();
                break;
            case "previous":
            case "next":
                this.highlight(moveHighlight(action, this.state.activeIndex, options.length));
                break;
        }
        markEventHandled(ev, "NavigableList.select");
        ev.stopPropagation();
        ev.preventDefault();
    }
}
