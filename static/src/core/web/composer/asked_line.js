/** The line that Enter was pressed on while something was missing, until it changes. */
export class AskedLine {
    /** @param {import("@livechat_command/core/web/composer/command_composer").CommandComposer} command */
    constructor(command) {
        this.command = command;
    }
    /** @returns {{ asked?: { text: string, count: number } }} what the composer is drawn from */
    get state() {
        return this.command.rowList.state;
    }
    /** @returns {number} how often the text of now was asked for more */
    get count() {
        const asked = this.command.rowList && this.state.asked;
        return asked?.text === this.command.text ? asked.count : 0;
    }
    ask() {
        this.command.rowList.clearGuard();
        this.state.asked = { text: this.command.text, count: (this.state.asked?.count ?? 0) + 1 };
    }
}
