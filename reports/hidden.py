"""What a paper of this court never holds and what lets a signed page show something else later: layers, notes, fields to fill in, scripts.

A page prepared so before it is signed passes every digest; such a file is refused whoever signed it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_AT_ROOT = (
    ("/OCProperties", "有可以切换显示的图层"), ("/OpenAction", "打开时会自动执行动作"), ("/AA", "会自动执行动作"), ("/AF", "夹带了附件"), ("/Collection", "夹带了附件"),
)
_NAMES = (("/JavaScript", "含有脚本"), ("/EmbeddedFiles", "夹带了附件"))


def hidden(reader: Any) -> list[str]:
    """The faults of a read PDF, each once."""
    return list(dict.fromkeys([*_of_root(reader.root), *_of_form(reader.root), *(fault for page in _pages(reader.root["/Pages"]) for fault in _of_page(page))]))


def _of_root(root: Any) -> Iterator[str]:
    yield from (words for key, words in _AT_ROOT if key in root)
    names = _at(root, "/Names", {})
    yield from (words for key, words in _NAMES if key in names)


def _of_form(root: Any) -> Iterator[str]:
    form = _at(root, "/AcroForm", {})
    if "/XFA" in form or any(_field_kind(field) != "/Sig" for field in _at(form, "/Fields", [])):
        yield "有签名以外的可填写内容"


def _field_kind(field: Any) -> str:
    found = field.get_object()
    return "" if "/Kids" in found else str(_at(found, "/FT", ""))


def _of_page(page: Any) -> Iterator[str]:
    if "/AA" in page:
        yield "会自动执行动作"
    for note in _at(page, "/Annots", []):
        found = note.get_object()
        if _at(found, "/Subtype", "") != "/Widget" or _at(found, "/FT", "") != "/Sig":
            yield "页面上盖有批注"


def _at(node: Any, key: str, otherwise: Any) -> Any:
    """What stands under a key, wherever in the file it lies: ``get`` does not follow a reference."""
    try:
        return node[key]
    except KeyError:
        return otherwise


def _pages(node: Any, depth: int = 0) -> Iterator[Any]:
    if depth > 32:
        raise ValueError("pages nested without end")
    if "/Kids" not in node:
        yield node
    for kid in _at(node, "/Kids", []):
        yield from _pages(kid.get_object(), depth + 1)
