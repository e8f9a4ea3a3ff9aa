# %% [markdown]
# ## The report page (given)
#
# One HTML file that needs nothing beside it: the tables, the plots (as data inside the page), and
# what came out. Everything that goes into it as text is escaped.

# %%
import base64
import html
from string import Template

PAGE = Template(
    """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<style>
body { font: 16px/1.5 sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #111; }
img { max-width: 100%; }
table { border-collapse: collapse; font-size: 0.85rem; margin: 1rem 0; }
th, td { border: 1px solid #bbb; padding: 0.2rem 0.5rem; text-align: left; vertical-align: top; }
th { background: #eee; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; }
@media print { body { max-width: none; } section { break-inside: avoid; } }
</style>
</head>
<body>
<h1>$title</h1>
<p>$introduction</p>
$sections
</body>
</html>
"""
)
SECTION = Template("<section>\n<h2>$title</h2>\n$body\n</section>\n")


def table(rows):
    """The HTML of a table: `rows` is a list of dicts that share their keys, which head the columns."""
    if not rows:
        return "<p>nothing to show</p>"
    head = "".join(f"<th>{html.escape(str(name))}</th>" for name in rows[0])
    lines = "".join(f"<tr>{''.join(map(cell, row.values()))}</tr>\n" for row in rows)
    return f'<div class="wide"><table>\n<tr>{head}</tr>\n{lines}</table></div>'


def cell(value):
    """The HTML of one cell; numbers stand at the right."""
    text = str(value)
    try:
        float(text.rstrip("%").replace(",", ""))
    except ValueError:
        return f"<td>{html.escape(text)}</td>"
    return f'<td class="number">{html.escape(text)}</td>'


def picture(path, description):
    """The HTML of a PNG file, which becomes part of the page."""
    data = base64.b64encode(path.read_bytes()).decode("ascii")
    return f'<p><img src="data:image/png;base64,{data}" alt="{html.escape(description)}"></p>'


def section(title, *, text="", rows=None, plot=None):
    """The HTML of one section: what came out, in lines of `text`; the plot, a path; the table's rows."""
    parts = [f"<p>{html.escape(line)}</p>" for line in text.splitlines()]
    if plot is not None:
        parts.append(picture(plot, title))
    if rows is not None:
        parts.append(table(rows))
    return SECTION.substitute(title=html.escape(title), body="\n".join(parts))


def write_page(path, title, introduction, sections):
    """Save the page; `sections` are texts made by `section`, title and introduction are plain text."""
    page = PAGE.substitute(title=html.escape(title), introduction=html.escape(introduction), sections="".join(sections))
    path.write_text(page, encoding="utf-8")
