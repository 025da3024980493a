import { Record } from "@mail/core/common/record";

export class DiscussCommand extends Record {
    static _name = "discuss.command";
    static id = "id";

    /** @type {number} */
    id;
    /** @type {string} */
    name;
    /** @type {string[]} */
    aliases = [];
    /** @type {string} */
    help;
    /** @type {string} */
    argument_hint;
    /** @type {string} */
    kind;
    /** @type {boolean} whether the visitor's first sentence is offered as argument */
    takes_title;
    /** @type {boolean} whether the first Enter on its row may run it */
    is_instant;
    /** @type {boolean} whether the visitor sees what it does */
    is_seen;
    /** @type {boolean} whether it is nothing without an argument */
    needs_argument;
    /** @type {string} the signs of what may be named behind its title, such as `!#@:` */
    tokens = "";
    /** @type {boolean} whether it adds to what there is, where its number is typed */
    adds = false;
    /** @type {boolean} whether its argument is one of some choices */
    has_choices = false;
}

DiscussCommand.register();
