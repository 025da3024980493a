from odoo.tests import BaseCase

from ..tools import visited_pages

# An address, and what stays of it where a browser that follows it stays on its site.
REPORTED = {
    "/": "/",
    "/shop?a=1#b": "/shop?a=1#b",
    " \x00/shop\n": "/shop",
    "/sh\top": "/shop",
    "/a//b": "/a//b",
    "/x\\y": "/x\\y",
    "/" + "x" * 300: "/" + "x" * 199,
    "//evil.example": None,
    "/\\evil.example": None,
    "\\/evil.example": None,
    "\\\\evil.example": None,
    "/\t/evil.example": None,
    "/\n/evil.example": None,
    "/\r\n\\evil.example": None,
    "\t//evil.example": None,
    "\x01 /\t\t/evil.example": None,
    "https://evil.example/": None,
    "https:/evil.example": None,
    "java\nscript:alert(1)": None,
    "data:text/html,x": None,
    "evil": None,
    "": None,
}
TRACKED = {
    "https://example.com/a?token=secret#x": "/a",
    "https://example.com": "/",
    "https://example.com/a/../b": "/a/../b",
    "/shop?x": "/shop",
    "https://example.com//evil.example": None,
    "https://example.com/\\evil.example": None,
    "https://example.com/\t/evil.example": None,
    "https://example.com/\n\\evil.example": None,
    "javascript:alert(1)": None,
    "http://[": None,
    "http://[?token=secret": None,
}


class TestHistory(BaseCase):
    def _check(self, read, table):
        for address, path in table.items():
            with self.subTest(address=address):
                page = read(address)
                self.assertEqual(page["is_link"], path is not None, page)
                if path is not None:
                    self.assertEqual(page["path"], path)
                self.assertNotIn("secret", page["path"])

    def test_reports_of_the_browser(self):
        self._check(visited_pages.read_report, REPORTED)

    def test_pages_that_website_tracked(self):
        self._check(visited_pages.read_tracked, TRACKED)

    def test_whatever_json_holds_is_text(self):
        for page in (7, None, True, {"a": 1}, ["/x"], 1.5):
            with self.subTest(page=page):
                self.assertFalse(visited_pages.read_report(page)["is_link"])
