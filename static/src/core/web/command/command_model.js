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
}

DiscussCommand.register();
