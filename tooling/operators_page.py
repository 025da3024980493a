"""The page for operators as HTML, which an installed addon serves and /help links to.

Its one source is ``docs/operators.md``, written in the little of Markdown that is read
here: headings, tables, paragraphs, pictures, code and bold.
"""

import html
import re

from .cache import ROOT

SOURCE = ROOT / "docs" / "operators.md"
TARGET = ROOT / "static" / "description" / "operators.html"
# The page lies beside the pictures.
PICTURE = re.compile(r"!\[(.*)\]\(\.\./static/description/(\S+)\)")
SPANS = ((r"`([^`]+)`", r"<code>\1</code>"), (r"\*\*([^*]+)\*\*", r"<b>\1</b>"))
SPANS = (*SPANS, (r"\*([^*]+)\*", r"<i>\1</i>"))
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 46rem }}
body {{ margin: 2rem auto; padding: 0 1rem }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ border-bottom: 1px solid #8886; padding: .35rem 1rem .35rem 0 }}
th, td {{ text-align: start; vertical-align: top }}
td:first-child {{ width: 14rem }}
img {{ max-width: 100% }}
code {{ background: #8882; border-radius: .2rem; padding: .1rem .3rem }}
</style>
</head>
<body>
{body}
</body>
</html>
"""


def render():
    """Return the page that the source makes."""
    blocks = SOURCE.read_text().strip().split("\n\n")
    title = blocks[0].removeprefix("# ")
    body = "\n".join(map(_render_block, blocks))
    return PAGE.format(title=html.escape(title), body=body)


def write():
    """Write the page into the addon."""
    TARGET.write_text(render())


def _render_block(block):
    if heading := re.match(r"(#+) ", block):
        level = len(heading[1])
        return f"<h{level}>{_render_text(block[level + 1 :])}</h{level}>"
    if block.startswith("|"):
        return _render_table(block.splitlines())
    if picture := PICTURE.fullmatch(block):
        alt, name = map(html.escape, picture.groups())
        return f'<p><img src="{name}" alt="{alt}"></p>'
    return f"<p>{_render_text(block)}</p>"


def _render_table(lines):
    head, _rule, *rows = ([cell.strip() for cell in x.split("|")[1:-1]] for x in lines)
    body = "\n".join(_render_row(row, "td") for row in rows)
    return f"<table>\n{_render_row(head, 'th')}\n{body}\n</table>"


def _render_row(cells, tag):
    return (
        f"<tr>{''.join(f'<{tag}>{_render_text(cell)}</{tag}>' for cell in cells)}</tr>"
    )


def _render_text(text):
    text = html.escape(text, quote=False)
    for pattern, replacement in SPANS:
        text = re.sub(pattern, replacement, text)
    return text
