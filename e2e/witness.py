"""Sees what reaches a page: each key with its place, and whether a mouse was used."""

from collections import Counter

WATCH = """() => {
    const MODIFIERS = ["Alt", "Control", "Meta", "Shift"];
    const MOUSE = ["pointerdown", "pointermove", "mousedown", "wheel", "touchstart"];
    const seen = (window.seenByWitness = { keys: [], mouse: [] });
    const getPlace = (target) => {
        if (target.closest?.(".o_dialog")) {
            return "dialog";
        }
        const services = odoo.__WOWL_DEBUG__?.root.env.services;
        const thread = services?.["mail.store"].discuss.thread;
        const isComposer = target.matches?.(".o-mail-Discuss .o-mail-Composer-input");
        return isComposer && thread?.channel_type === "livechat"
            ? `chat ${thread.id}`
            : `${target.tagName} ${target.className}`;
    };
    const onKey = ({ key, target }) =>
        MODIFIERS.includes(key) || seen.keys.push(getPlace(target));
    window.addEventListener("keydown", onKey, true);
    for (const type of MOUSE) {
        window.addEventListener(type, () => seen.mouse.push(type), true);
    }
}"""


class Witness:
    """Watches a page from its next load on."""

    def __init__(self, page):
        self.page = page
        page.add_init_script(f"({WATCH})()")

    @property
    def keys(self):
        """How many keys went where: ``{"chat 7": 21, "dialog": 1}``."""
        return Counter(self.page.evaluate("window.seenByWitness.keys"))

    @property
    def mouse(self):
        """The kinds of events of mouse, pen and finger."""
        return set(self.page.evaluate("window.seenByWitness.mouse"))
