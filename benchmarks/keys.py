"""The time that a key takes in Chromium: the modules of the list, in an empty page."""

import shutil
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

WEB = Path(__file__).resolve().parent.parent / "static" / "src" / "core" / "web"
URL = "http://benchmark.invalid"
# Odoo's module names, as the browser's own modules.
PAGE = """<script type="importmap">{"imports": {
    "@livechat_command/core/web/": "/web/",
    "@web/core/browser/browser": "/odoo/browser",
    "@web/core/l10n/translation": "/odoo/translation"
}}</script>"""
ODOO = {
    "odoo/browser": "export const browser = globalThis;",
    "odoo/translation": (
        "export const _t = (text, values) => text + Object.values(values ?? {});"
    ),
}
SLOWEST = """
    const getSlowest = (texts, onKey) => {
        const medians = texts.map((text) => {
            const times = [];
            for (let round = 0; round < 5; round++) {
                const start = performance.now();
                onKey(text);
                times.push(performance.now() - start);
            }
            return times.sort((a, b) => a - b)[2];
        });
        return Math.max(...medians);
    };
    const grow = (text) => [...text].map((_letter, at) => text.slice(0, at + 1));
    const load = (name) => import(`@livechat_command/core/web/${name}`);
    const { CannedResponseCache } = await load("canned_responses/response_cache");
    const cache = new CannedResponseCache(async () => ({
        rows, is_complete: true, placeholders: { "visitor.name": ["name", "Marie"] },
    }));
    await cache.load(1);
"""
# Each key searches all that the browser holds and makes the rows, as the list does.
COLON = """async ({ rows }) => { %s
    const { getCannedResponseRows } = await load("suggestion/canned_response_rows");
    const words = ["shortcut 77", "word7 word11", "nothing at all"];
    return getSlowest(words.flatMap(grow), (term) =>
        getCannedResponseRows(term, cache.get(1, term))
    );
}"""
# Each key reads the line, makes the rows of what can be named, and the hint line.
LINE = """async ({ rows, names }) => { %s
    const { findTokenTrigger, getTokenRows, nameResponses } =
        await load("suggestion/token_rows");
    const { getHint } = await load("composer/hint");
    const command = { id: 1, name: "helpdesk", tokens: "!#@:" };
    const getNames = () => ({ ...names, ":": nameResponses(cache.get(1).responses) });
    const line = "/helpdesk Broken screen !! #tag-177 @agent-177 :shortcut-177 #nobody";
    return getSlowest(grow(line), (text) => {
        const trigger = findTokenTrigger(text, text.length, command);
        if (trigger) {
            getTokenRows(trigger, getNames()[trigger.delimiter]);
        }
        getHint(text, { commands: [command], tokenNames: getNames(), hasKeys: true });
    });
}"""


def measure_colon(rows):
    """Return the milliseconds of the slowest of many keys, each the median of five.

    :param rows: canned responses as the server sends them
    """
    return _measure(COLON, {"rows": rows})


def measure_line(rows, count):
    """Return the same of keys in a command's line.

    :param count: of the tags, and of the agents, that can be named
    """
    names = {
        sign: [{"key": f"{word}-{n}", "name": f"{word} {n}"} for n in range(count)]
        for sign, word in (("#", "tag"), ("@", "agent"))
    }
    return _measure(LINE, {"rows": rows, "names": names})


def _measure(script, values):
    with _open_page() as page:
        return page.evaluate(script % SLOWEST, values)


@contextmanager
def _open_page():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        try:
            page = browser.new_page()
            page.route(f"{URL}/**", _serve)
            page.goto(URL)
            yield page
        finally:
            browser.close()


def _serve(route):
    path = route.request.url.removeprefix(f"{URL}/")
    if path.startswith("web/"):
        source = (WEB / path.removeprefix("web/")).with_suffix(".js")
        body = source.read_text(encoding="utf-8")
        route.fulfill(body=body, content_type="text/javascript")
    elif path in ODOO:
        route.fulfill(body=ODOO[path], content_type="text/javascript")
    else:
        route.fulfill(body=PAGE, content_type="text/html")
