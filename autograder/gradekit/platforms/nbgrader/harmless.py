"""What of a student's notebook may be shown in the browser of whoever marks it: text, and pictures without code.

nbgrader's pages put Markdown and raw cells into HTML as they are, on the origin of the Jupyter server that runs them.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

from gradekit.report.escape import markdown_fence, plain_lines

MOST_TEXT = 20_000  # characters of one output
MOST_OUTPUTS = 50  # of one cell
# SVG and HTML can hold scripts; these cannot.
_SIGNATURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}

_TAG = re.compile(r"<(?=[A-Za-z/!?])")
# An address of the web, of an attached picture, of a place in the page or of a file beside it; any other may be a script.
_ADDRESS = r"(?:https?://|attachment:|#|[\w./-]+[\s)])"
_LINK = re.compile(rf"\](?=\(\s*(?!{_ADDRESS}))")
_DEFINITION = re.compile(rf"\](?=:\s*(?!{_ADDRESS}))")
_ATTACHMENT = re.compile(r"attachment:")
_TEX_LINK = re.compile(r"\\(?=href|require)")


def markdown_text(text: str, attached: Iterable[str] = ()) -> str:
    """Return Markdown that a student wrote, without HTML, links that run something, and pictures that are not ``attached``.

    A space parts what would begin one of these, so that formulas, code and tables stay readable. A picture that is
    missing would keep nbgrader from making the whole page.
    """
    names = tuple(attached)

    def known(match: re.Match[str]) -> str:
        there = any(text.startswith((f"{name})", f"{name} "), match.end()) for name in names)
        return match[0] if there else "attachment :"

    text = _ATTACHMENT.sub(known, text)
    return _TEX_LINK.sub("", _DEFINITION.sub("] ", _LINK.sub("] ", _TAG.sub("< ", text))))


def raw_text(text: str) -> str:
    """Return the text of a raw cell as Markdown that shows it as it is."""
    return markdown_fence(text)


def kept_outputs(outputs: object) -> list[NotebookNode]:
    """Return the harmless part of a code cell's outputs as they were handed in."""
    found = outputs if isinstance(outputs, Sequence) and not isinstance(outputs, str) else []
    kept = (_kept(output) for output in found[:MOST_OUTPUTS] if isinstance(output, Mapping))
    return [output for output in kept if output is not None]


def kept_attachments(attachments: object) -> dict[str, dict[str, str]]:
    """Return the pictures that a text cell carries, by their names."""
    found = attachments if isinstance(attachments, Mapping) else {}
    pictures = {joined(name): dict(_pictures(bundle)) for name, bundle in found.items() if isinstance(bundle, Mapping)}
    return {name: bundle for name, bundle in pictures.items() if bundle}


def text_output(text: str) -> NotebookNode:
    """Return an output that shows a text as it is."""
    output: NotebookNode = new_output("stream", name="stdout", text=text)  # type: ignore[no-untyped-call]
    return output


def joined(value: object) -> str:
    """Return a text that a notebook holds whole or as a list of lines, fit for UTF-8; "" for anything else."""
    lines: list[Any] = value if isinstance(value, list) else [value]
    text = "".join(lines) if all(isinstance(line, str) for line in lines) else ""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _kept(output: Mapping[str, Any]) -> NotebookNode | None:
    kind = output.get("output_type")
    if kind == "stream":
        return text_output(_shortened(joined(output.get("text"))))
    if kind == "error":
        return text_output(_shortened(f"{joined(output.get('ename'))}: {joined(output.get('evalue'))}\n"))
    data = output.get("data")
    if kind not in ("display_data", "execute_result") or not isinstance(data, Mapping):
        return None
    bundle = dict(_pictures(data))
    if not bundle and "text/plain" in data:
        return text_output(_shortened(joined(data["text/plain"])) + "\n")
    if not bundle:
        return None
    shown: NotebookNode = new_output("display_data", data=bundle)  # type: ignore[no-untyped-call]
    return shown


def _pictures(bundle: Mapping[Any, Any]) -> Iterator[tuple[str, str]]:
    for kind, signature in _SIGNATURES.items():
        encoded = "".join(joined(bundle.get(kind)).split())
        try:
            data = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            continue
        if data.startswith(signature):
            yield kind, encoded


def _shortened(text: str) -> str:
    text = plain_lines(text)
    return text if len(text) <= MOST_TEXT else text[:MOST_TEXT] + " …"
