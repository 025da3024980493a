"""Lets Odoo build its pages' JavaScript and styles before somebody waits for them."""

import json
import re
import urllib.error
import urllib.request
from http.cookiejar import CookieJar

USED_PAGES = ("/contactus", "/odoo/discuss")
EVERY_PAGE = (*USED_PAGES, "/web/tests")
BUNDLE = re.compile(r'(?:src|href)="(/web/assets/[^"]+)"')
ANY_BUNDLE = re.compile("")
# Bundles that our addons put nothing in.
FOREIGN_BUNDLE = re.compile(r"\.css$|frontend")
PATIENCE = 300


def warm_up(url, database, *, pages=USED_PAGES, bundles=ANY_BUNDLE):
    """Fetch pages as the administrator, and those of their bundles that match.

    What fails is passed over: it is then built when it is first asked for.
    """
    cookies = urllib.request.HTTPCookieProcessor(CookieJar())
    browser = urllib.request.build_opener(cookies)
    login = {"db": database, "login": "admin", "password": "admin"}
    _open(browser, f"{url}/web/session/authenticate", {"params": login})
    texts = [_open(browser, url + page) for page in pages]
    found = {path for text in texts for path in BUNDLE.findall(text)}
    for path in sorted(filter(bundles.search, found)):
        _open(browser, url + path.replace("&amp;", "&"))


def _open(browser, address, data=None):
    """Return what an address answers, or nothing; ``data`` is posted as JSON."""
    body = None if data is None else json.dumps(data).encode()
    headers = {"Content-Type": "application/json"} if body else {}
    request = urllib.request.Request(address, body, headers)
    try:
        with browser.open(request, timeout=PATIENCE) as answer:
            return answer.read().decode(errors="replace")
    except (urllib.error.URLError, TimeoutError):
        return ""
