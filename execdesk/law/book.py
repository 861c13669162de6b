"""The book of the law: every dated figure and article table, loaded strictly from ``resources/law``."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from execdesk.law.articletables import ArticleTable, check_tokens, load_tables
from execdesk.law.datafile import DataRow, LawDataError, check_order, may, need, read_data, spans_overlap
from execdesk.law.refusal import Refusal
from execdesk.law.sources import Source, load_sources
from execdesk.law.units import UNITS
from execdesk.law.values import DatedValue

__all__ = ["LawBook", "LawDataError", "load_law"]

OWN_FILES = frozenset({"sources.toml", "articles.toml", "calendar.toml", "authority.toml"})
SUBJECTS = ("auction", "cases", "consumption", "control", "conventions", "daycount", "deadlines", "dishonest", "exit", "fees",
            "interest", "money", "other", "rates", "readings", "sanctions", "special", "supplement")  # fmt: skip
VALUE = {
    "key": need(str),
    "name": may(str),
    "value": may(str, int, bool, list, dict, date),
    "no_figure": may(bool),
    "unit": need(str),
    "options": may(list),
    "valid_from": may(date),
    "valid_to": may(date),
    "source": need(str),
    "articles": may(list),
    "confirmed": need(bool),
    "note": may(str),
}


@dataclass(frozen=True)
class LawBook:
    """Dated figures by key, sources by id, article tables by statute; immutable."""

    values: Mapping[str, tuple[DatedValue, ...]]
    sources: Mapping[str, Source]
    tables: Mapping[str, ArticleTable]
    data_hash: str
    corrections: tuple[DatedValue, ...] = ()

    def keys(self) -> tuple[str, ...]:
        """All keys, in the order of the files."""
        return tuple(self.values)

    def history(self, key: str) -> tuple[DatedValue, ...]:
        """All versions of ``key`` from the oldest; raises Refusal ``law.unknown`` for a key nobody knows."""
        if key not in self.values:
            near = get_close_matches(key, self.values, n=3)
            hint = f"相近的有：{'、'.join(near)}。" if near else "请在「法规参数」中查找。"
            raise Refusal(f"没有名为「{key}」的法规参数。{hint}", code="law.unknown")
        return self.values[key]

    def value(self, key: str, on: date) -> DatedValue:
        """The version of ``key`` in force on ``on``; Refusal ``law.not_in_force`` outside validity, saying what is known."""
        versions = self.history(key)
        for version in versions:
            if _covers(version, on):
                return version
        known = "；".join(_known(version) for version in versions)
        name = versions[0].name or key
        raise Refusal(
            f"{name}（{key}）在 {on} 没有可用的数值。已知：{known}。请核对日期，或由局长批准补充该日的数值。",
            code="law.not_in_force",
        )

    def corrected(self, corrections: Sequence[DatedValue]) -> LawBook:
        """The book with the court's corrections laid over it, later ones over earlier ones.

        A correction rules from its ``valid_from`` to its ``valid_to``, without one as long as the version it corrects and no longer
        than to the next known one, so that a past month of a series leaves the later ones. It carries ``corrected_by``. Raises Refusal
        ``law.correction`` where it names no known key, another unit, a value that does not fit it or is none of the
        readings to choose from, no source, no author, a
        reversed span, or an approving or signing level (which no correction moves).
        """
        values = dict(self.values)
        for correction in corrections:
            known = self.history(correction.key)
            _check_correction(known, correction)
            values[correction.key] = _laid_over(values[correction.key], replace(correction, options=known[0].options))
        return replace(self, values=values, corrections=self.corrections + tuple(corrections))

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the data files and of the corrections laid over them."""
        digest = hashlib.sha256(self.data_hash.encode())
        for item in self.corrections:
            digest.update(repr(item).encode())
        return digest.hexdigest()


def load_law(folder: Path) -> LawBook:
    """The book in ``folder``: sources.toml, articles.toml, and every other TOML file as figures.

    Raises :class:`LawDataError` (code ``law.data``) with file and line for the first mistake found, a missing file of
    :data:`SUBJECTS` among them.
    """
    sources = load_sources(folder / "sources.toml")
    tables = load_tables(folder / "articles.toml", sources)
    values: dict[str, list[tuple[DataRow, DatedValue]]] = {}
    found = {path.name for path in folder.glob("*.toml")} | {f"{subject}.toml" for subject in SUBJECTS}
    for name in sorted(found - OWN_FILES):
        for row in read_data(folder / name, {"value": VALUE}).rows("value"):
            value = _dated(row)
            check_tokens(row, "articles", value.articles, tables, sources)
            values.setdefault(value.key, []).append((row, value))
    return LawBook(
        {key: _history(versions) for key, versions in values.items()}, sources, tables, fingerprint_of(folder)
    )


def fingerprint_of(folder: Path) -> str:
    """SHA-256 over names and texts of the law's files, the same under either line ending."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.toml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def _dated(row: DataRow) -> DatedValue:
    check_order(row)
    unit = UNITS.get(row["unit"])
    if unit is None:
        raise row.wrong(f"不认识的单位「{row['unit']}」，可用：{'、'.join(UNITS)}。", "unit")
    if ("value" in row.data) == bool(row.get("no_figure")):
        raise row.wrong("须写 value，或者写 no_figure = true（法律未定具体数值），二者只写其一。", "no_figure")
    value = row.get("value")
    if value is not None and not unit.fits(value):
        raise row.wrong(f"单位「{row['unit']}」的值应是{unit.wants}，写的是 {value!r}。", "value")
    options = row.names("options")
    if options and value not in options:
        raise row.wrong(f"「{value}」不在可选的{'、'.join(options)}之中。", "value")
    return DatedValue(
        key=row["key"], value=value, unit=row["unit"], valid_from=row.get("valid_from"), valid_to=row.get("valid_to"),
        source=row["source"], confirmed=row["confirmed"], note=row.get("note", ""), name=row.get("name", ""),
        articles=row.names("articles"), options=options,
    )  # fmt: skip


def _history(versions: list[tuple[DataRow, DatedValue]]) -> tuple[DatedValue, ...]:
    versions = sorted(versions, key=lambda pair: pair[1].valid_from or date.min)
    for (_, earlier), (row, later) in zip(versions, versions[1:], strict=False):
        if spans_overlap(_span(earlier), _span(later)):
            raise row.wrong(
                f"「{later.key}」的有效期重叠：{_span_words(earlier)}，又{_span_words(later)}。", "valid_from"
            )
    return tuple(value for _, value in versions)


def _span(value: DatedValue) -> tuple[date | None, date | None]:
    return value.valid_from, value.valid_to


def _covers(value: DatedValue, on: date) -> bool:
    return spans_overlap(_span(value), (on, on))


def _span_words(value: DatedValue) -> str:
    begins = f"自 {value.valid_from} " if value.valid_from else ""
    ends = f"至 {value.valid_to}" if value.valid_to else "起" if begins else "不限日期"
    return f"{begins}{ends}"


def _known(value: DatedValue) -> str:
    return f"{UNITS[value.unit].say(value.value)}，{_span_words(value)}（{value.source}）"


def _check_correction(known: Sequence[DatedValue], correction: DatedValue) -> None:
    unit = known[0].unit
    wrong = ""
    if not correction.corrected_by or not correction.source:
        wrong = "缺少更正人或依据"
    elif correction.unit != unit:
        wrong = f"单位应是「{unit}」，写的是「{correction.unit}」"
    elif unit == "level":
        wrong = "审批和签发的层级不能以更正参数的方式改变"
    elif correction.value is not None and not UNITS[unit].fits(correction.value):
        wrong = f"值应是{UNITS[unit].wants}"
    elif known[0].options and correction.value not in known[0].options:
        wrong = f"只能在{'、'.join(known[0].options)}之中选一项"
    elif type(correction.value) not in {type(version.value) for version in known}:  # the rules reckon with its shape
        wrong = f"值的形式与现有的「{UNITS[unit].say(known[-1].value)}」不同"
    elif correction.valid_from is None:
        wrong = "须写明自哪一日起"
    elif correction.valid_to and correction.valid_to < correction.valid_from:
        wrong = "有效期颠倒"
    if wrong:
        raise Refusal(f"不能更正「{correction.key}」：{wrong}。请补正后重新提交。", code="law.correction")


def _laid_over(versions: tuple[DatedValue, ...], new: DatedValue) -> tuple[DatedValue, ...]:
    first = new.valid_from
    assert first is not None
    last = new.valid_to or _ends(versions, first)
    new = replace(new, valid_to=last)
    kept: list[DatedValue] = [new]
    for old in versions:
        if not spans_overlap(_span(old), _span(new)):
            kept.append(old)
            continue
        if (old.valid_from or date.min) < first:
            kept.append(replace(old, valid_to=first - timedelta(days=1)))
        if last and (old.valid_to or date.max) > last:
            kept.append(replace(old, valid_from=last + timedelta(days=1)))
    return tuple(sorted(kept, key=lambda value: value.valid_from or date.min))


def _ends(versions: tuple[DatedValue, ...], on: date) -> date | None:
    """The last day of a version that takes the place of another from ``on``."""
    ends = [version.valid_to for version in versions if version.valid_to and _covers(version, on)]
    return min([*ends, *(version.valid_from - timedelta(days=1) for version in versions if version.valid_from and version.valid_from > on)], default=None)
