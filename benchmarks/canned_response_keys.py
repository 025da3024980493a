"""The time that a key takes in Chromium: the modules of the list, in an empty page."""

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

WEB = Path(__file__).resolve().parent.parent / "static" / "src" / "core" / "web"
URL = "http://benchmark.invalid"
# Odoo's module names, as the browser's own modules.
PAGE = """<script type="importmap">
    {"imports": {"@livechat_command/core/web/": "/web/"}}
</script>"""
# Each key searches all that the browser holds and makes the rows, as the list does.
MEASURE = """async (rows) => {
    const path = "@livechat_command/core/web";
    const cachePath = `${path}/canned_responses/response_cache`;
    const { CannedResponseCache } = await import(cachePath);
    const { getCannedResponseRows } = await import(
        `${path}/suggestion/canned_response_rows`
    );
    const cache = new CannedResponseCache(async () => ({
        rows, is_complete: true, placeholders: { "visitor.name": ["name", "Marie"] },
    }));
    await cache.load(1);
    let slowest = 0;
    for (const word of ["shortcut 77", "word7 word11", "nothing at all"]) {
        for (let length = 1; length <= word.length; length++) {
            const term = word.slice(0, length);
            const times = [];
            for (let round = 0; round < 5; round++) {
                const start = performance.now();
                getCannedResponseRows(term, cache.get(1, term));
                times.push(performance.now() - start);
            }
            slowest = Math.max(slowest, times.sort((a, b) => a - b)[2]);
        }
    }
    return slowest;
}"""


def measure_keys(rows):
    """Return the milliseconds of the slowest of many keys, each the median of five."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        try:
            page = browser.new_page()
            page.route(f"{URL}/**", _serve)
            page.goto(URL)
            return page.evaluate(MEASURE, rows)
        finally:
            browser.close()


def _serve(route):
    _url, _separator, name = route.request.url.partition("/web/")
    if name:
        source = (WEB / f"{name}.js").read_text(encoding="utf-8")
        route.fulfill(body=source, content_type="text/javascript")
    else:
        route.fulfill(body=PAGE, content_type="text/html")
