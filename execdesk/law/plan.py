"""The court's reform plan as text: its clauses by number, for quoting."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from execdesk.law.datafile import LawDataError
from execdesk.law.numerals import number_in_words

HEADING = re.compile(r"[（(][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+、")
ARTICLE = re.compile(r"(\d{1,2})\. ?(?=\S)")


@dataclass(frozen=True)
class Plan:
    """Paragraphs of the plan's articles: ``6.2`` is the second paragraph of article 6, ``6`` the whole article."""

    clauses: Mapping[str, str]

    def clause(self, number: str) -> str:
        """The text of ``6.2`` or ``6``; empty where the plan has no such clause."""
        return self.clauses.get(number, "")


def clause_words(number: str) -> str:
    """``6.2`` → 第6条第二款, ``1`` → 第1条: the way the plan's own articles are named."""
    article, _, paragraph = number.partition(".")
    return f"第{article}条" + (f"第{number_in_words(int(paragraph))}款" if paragraph else "")


def load_plan(path: Path) -> Plan:
    """The plan in ``path``; LawDataError where the file is missing or has no numbered articles."""
    if not path.exists():
        raise LawDataError(path.name, 1, "缺少方案原文，请从安装包恢复。")
    articles: dict[str, list[str]] = {}
    current: list[str] = []
    for paragraph in _paragraphs(path.read_text(encoding="utf-8")):
        found = ARTICLE.match(paragraph)
        if found:
            current = articles.setdefault(found[1], [])
            current.append(paragraph[found.end() :])
        elif HEADING.match(paragraph):
            current = []
        else:
            current.append(paragraph)
    if not articles:
        raise LawDataError(path.name, 1, "没有读到带编号的条文。")
    return Plan(_clauses(articles))


def _clauses(articles: Mapping[str, list[str]]) -> Mapping[str, str]:
    clauses: dict[str, str] = {}
    for number, paragraphs in articles.items():
        clauses[number] = "".join(paragraphs)
        if len(paragraphs) > 1:
            clauses |= {f"{number}.{place}": text for place, text in enumerate(paragraphs, 1)}
    return clauses


def _paragraphs(text: str) -> list[str]:
    """Paragraphs with the page breaks inside them healed: one that ends without a full stop goes on."""
    whole: list[str] = []
    for line in text.splitlines():
        part = line.strip()
        if not part:
            continue
        if whole and not re.search(r"[。：；）]$", whole[-1]) and not (ARTICLE.match(part) or HEADING.match(part)):
            whole[-1] += part
        else:
            whole.append(part)
    return whole
