"""A broken copy of every data file of the law, at least twelve kinds of mistake each, and the sentence each kind gets."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from execdesk.law.authority import load_authority
from execdesk.law.book import OWN_FILES, SUBJECTS, LawDataError, load_law
from execdesk.law.calendar import load_calendar
from tests.law.support import LAW, book

Change = Callable[[str], str]
TABLES = book().tables


def swap(pattern: str, new: str) -> Change:
    """Put ``new`` for the first match of ``pattern``."""

    def change(text: str) -> str:
        changed, count = re.subn(pattern, new, text, count=1, flags=re.MULTILINE | re.DOTALL)
        assert count, pattern
        return changed

    return change


def first_row(change: Change) -> Change:
    """Change the first table of the file only."""

    def changed(text: str) -> str:
        begin = text.index("[[")
        end = text.find("\n\n", begin)
        end = len(text) if end < 0 else end
        return text[:begin] + change(text[begin:end]) + text[end:]

    return changed


def again(text: str) -> str:
    """The first row once more at the end."""
    begin = text.index("[[")
    return text.rstrip("\n") + "\n\n" + text[begin : text.index("\n\n", begin)] + "\n"


def everywhere(table: str) -> list[tuple[str, Change, str]]:
    """What no data file may be, whatever it holds."""
    return [
        ("bad TOML", first_row(swap(r"\Z", "\nx =")), "不是合格的 TOML："),
        ("a key twice", first_row(swap(r"^(\w+ = [^\n]*)\Z", r"\1\n\1")), "同一张表里重复写了一个键，请删去一个。"),
        ("an unknown key", first_row(swap(r"\Z", "\nx = 1")), f"不认识的键「x」，[[{table}]] 只能有："),
        ("an unknown table", first_row(swap(rf"\[\[{table}\]\]", "[[tabel]]")), "不认识「tabel」，这里只能有 [["),
        ("an impossible day", first_row(swap(r"\Z", "\nx = 2017-02-30")), "日期写错了，应为实有的日期，如 2017-08-01。"),
    ]


def figures() -> list[tuple[str, Change, str]]:
    """The mistakes of a file of figures."""
    unvalued = swap(r"^value = .*?\n(?=\w+ = )", "")
    undated = swap(r"^(unit = [^\n]*)\n(?:valid_from = [^\n]*\n)?(?:valid_to = [^\n]*\n)?", r"\1\n")
    unlinked = swap(r"^(source = [^\n]*)\n(?:articles = [^\n]*\n)?", r"\1\n")
    return [
        *everywhere("value"),
        ("no source", first_row(swap(r"^source = [^\n]*\n", "")), "缺少「source」。"),
        ("an empty source", first_row(swap(r"^source = [^\n]*", 'source = ""')), "「source」是空的，请填写或删去。"),
        ("no unit", first_row(swap(r"^unit = [^\n]*\n", "")), "缺少「unit」。"),
        ("an unknown unit", first_row(swap(r"^unit = [^\n]*", 'unit = "furlong"')), "不认识的单位「furlong」，可用："),
        ("no figure", first_row(unvalued), "须写 value，或者写 no_figure = true"),
        ("a figure of no kind", first_row(lambda row: unvalued(row) + "\nvalue = 1.5"), "「value」的值应是文字或整数或"),
        ("a figure that does not fit", first_row(lambda row: unvalued(row) + "\nvalue = 2001-01-01"), "的值应是"),
        ("reversed days", first_row(lambda row: undated(row) + "\nvalid_from = 2017-08-01\nvalid_to = 2017-07-31"),
         "有效期颠倒：止日 2017-07-31 早于起日 2017-08-01。"),
        ("a day as text", first_row(lambda row: undated(row) + '\nvalid_from = "2017-08-01"'), "「valid_from」的值应是日期"),
        ("the row twice", again, "的有效期重叠："),
        ("an article of nobody", first_row(lambda row: unlinked(row) + '\narticles = ["NOBODY:1"]'), "「NOBODY:1」不指向任何条文或来源。"),
        ("no mark of doubt", first_row(swap(r"^confirmed = \w+", "")), "缺少「confirmed」。"),
    ]  # fmt: skip


SOURCES = [
    *everywhere("source"),
    ("an id twice", again, "来源「CPL2013」重复。"),
    ("no title", first_row(swap(r"^title = [^\n]*\n", "")), "缺少「title」。"),
    ("an empty number", first_row(swap(r"^doc_no = [^\n]*", 'doc_no = ""')), "「doc_no」是空的，请填写或删去。"),
    ("no first day", first_row(swap(r"^valid_from = [^\n]*\n", "")), "缺少「valid_from」。"),
    ("a day as text", first_row(swap(r"^valid_from = (\S+)", r'valid_from = "\1"')), "「valid_from」的值应是日期"),
    ("reversed days", first_row(swap(r"^valid_to = [^\n]*", "valid_to = 1990-01-01")), "有效期颠倒：止日 1990-01-01 早于起日"),
    ("an unknown kind", first_row(swap(r"^kind = [^\n]*", 'kind = "rumour"')), "不认识的种类「rumour」，可用：law、"),
    ("no word on what was read", first_row(swap(r"^seen = [^\n]*", "")), "缺少「seen」。"),
]  # fmt: skip
ARTICLES = [
    *everywhere("statute"),
    ("a statute twice", again, "法规「cpl」重复。"),
    ("no name", first_row(swap(r"^name = [^\n]*\n", "")), "缺少「name」。"),
    ("an unknown source", swap('"CPL2013"', '"CPL1991"'), "没有来源「CPL1991」，请先写入 sources.toml。"),
    ("versions that overlap", swap('"CPL2013"', '"CPL2017"'), "版本 CPL2017 与 CPL2017 的有效期重叠。"),
    ("a number as text", swap(r"v2013 = 44", 'v2013 = "44"'), "条号应是正整数，v2013 写的是 '44'。"),
    ("a number below one", swap(r"v2013 = 44", "v2013 = 0"), "条号应是正整数，v2013 写的是 0。"),
    ("a version too few", swap(r"v2013 = 44, ", ""), "版本与民事诉讼法不符：v2013。"),
    ("a topic of no statute", swap('^statute = "cpl"', 'statute = "penal"'), "没有法规「penal」，已有：cpl、"),
    ("a topic twice", swap('^topic = "recusal_application"', 'topic = "recusal_grounds"'), "民事诉讼法的条文「recusal_grounds」重复。"),
]  # fmt: skip
YEARS = [
    *everywhere("year"),
    ("a year twice", again, "2017 年重复。"),
    ("a year as text", first_row(swap(r"^year = 2017", 'year = "2017"')), "「year」的值应是整数，写的是 '2017'。"),
    ("no make-up days", first_row(swap(r"^makeup = [^\n]*\n", "")), "缺少「makeup」。"),
    ("reversed days", swap(r"\[2017-01-01, 2017-01-02\]", "[2017-01-02, 2017-01-01]"), "休息日颠倒：2017-01-02 晚于 2017-01-01。"),
    ("half a span", swap(r"\[2017-01-01, 2017-01-02\]", "[2017-01-01]"), "rest 应是 [起日, 止日] 的列表。"),
    ("a name for a day", swap(r"\[2017-01-01, 2017-01-02\]", '["元旦", 2017-01-02]'), "「元旦」不是日期。"),
    ("another year's day", swap(r"\[2017-01-01, 2017-01-02\]", "[2016-11-30, 2017-01-02]"), "2016-11-30 不在 2017 年的放假安排之内。"),
    ("rest and work", swap(r"makeup = \[2017-01-22", "makeup = [2017-01-01"), "2017-01-01 既列为休息日又列为上班日。"),
]  # fmt: skip
AUTHORITY = [
    *everywhere("plan"),
    ("two plans", again, "[[plan]] 应恰好有一个，现有 2 个。"),
    ("no day of effect", first_row(swap(r"^effective = [^\n]*\n", "")), "缺少「effective」。"),
    ("a matter twice", swap('id = "seize_property"', 'id = "query_property"'), "[[matter]] 里「query_property」重复。"),
    ("an unknown level", swap('^level = "judge"', 'level = "juge"'), "不认识的层级「juge」，可用：judge、"),
    ("not the plan's words", swap('plan_phrase = "采取查询', 'plan_phrase = "采取查寻'), "不是方案 6.2 的原文。"),
    ("an article of nobody", swap(r'basis = \["', 'basis = ["NOBODY:1", "'), "「NOBODY:1」不指向任何条文或来源。"),
    ("an unknown figure", swap(r'basis = \["', 'basis = ["p:deadline.lunch", "'), "没有法规参数「deadline.lunch」。"),
    ("a gap before the plan", swap("valid_to = 2017-07-31", "valid_to = 2017-07-30"), "之间有空档或者重叠。"),
]  # fmt: skip
OWN = {"sources.toml": SOURCES, "articles.toml": ARTICLES, "calendar.toml": YEARS, "authority.toml": AUTHORITY}


def cases() -> Iterator[object]:
    """Each file with each of its mistakes."""
    for path in sorted(LAW.glob("*.toml")):
        mistakes = OWN.get(path.name) or figures()
        assert len(mistakes) >= 12 and (path.name in OWN) == (path.name in OWN_FILES) == (path.stem not in SUBJECTS)
        for kind, change, sentence in mistakes:
            yield pytest.param(path.name, change, sentence, id=f"{path.stem}: {kind}")


@pytest.mark.parametrize(("name", "change", "sentence"), list(cases()))
def test_a_broken_file(tmp_path: Path, name: str, change: Change, sentence: str) -> None:
    path = copied(tmp_path, name)
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert sentence in refusal(tmp_path, name).text


@pytest.mark.parametrize("name", [path.name for path in sorted(LAW.glob("*.toml"))])
def test_an_unreadable_or_missing_file(tmp_path: Path, name: str) -> None:
    path = copied(tmp_path, name)
    path.write_bytes(path.read_bytes() + "中".encode("gb18030"))
    assert refusal(tmp_path, name).text == f"法规数据 {name} 第 1 行：文件不是 UTF-8 编码，请另存为 UTF-8。"
    path.unlink()
    assert refusal(tmp_path, name).text == f"法规数据 {name} 第 1 行：缺少这个文件，请从安装包恢复。"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (r"^key = [^\n]*", "key = 5", 4),  # the first key of the first row
        (r"\Z", 'extra = 1\n', None),  # the last line of the file
        (r"\Z", "x = ", None),  # the file ends within a line
        (r"\[\[value\]\]", '[["valeu"]]', 1),  # a heading that cannot be found again by its name
    ],
)
def test_the_line_of_a_mistake(tmp_path: Path, old: str, new: str, line: int | None) -> None:
    path = copied(tmp_path, "special.toml")
    path.write_text(swap(old, new)(path.read_text(encoding="utf-8")), encoding="utf-8")
    last = len(path.read_text(encoding="utf-8").splitlines())
    assert refusal(tmp_path, "special.toml").line == (line or last)


def test_a_reading_that_is_not_among_those_offered(tmp_path: Path) -> None:
    path = copied(tmp_path, "readings.toml")
    path.write_text(swap(r'^value = "先于债权"', 'value = "随意"')(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert "「随意」不在可选的先于债权、后于加倍部分之中。" in refusal(tmp_path, "readings.toml").text


def copied(folder: Path, name: str) -> Path:
    """The file in a folder in which the files that do not matter to it are empty, so that it loads quickly."""
    for other in ("sources.toml", "articles.toml", "plan-2017-33.txt", name):
        shutil.copy(LAW / other, folder)
    for subject in SUBJECTS:
        (folder / f"{subject}.toml").touch()
    return folder / name


def refusal(folder: Path, name: str) -> LawDataError:
    """The refusal of the file ``name``, which says where."""
    with pytest.raises(LawDataError) as caught, pytest.MonkeyPatch.context() as patch:
        if name not in OWN_FILES:  # the article tables are whole: no need to read them three hundred times
            patch.setattr("execdesk.law.book.load_tables", lambda *_: TABLES)
        if name == "calendar.toml":
            load_calendar(folder / name)
        elif name == "authority.toml":
            load_authority(folder, book())
        else:
            load_law(folder)
    found = caught.value
    assert (found.code, found.file) == ("law.data", name)
    assert found.text.startswith(f"法规数据 {name} 第 {found.line} 行：")
    assert 1 <= found.line <= (folder / name).read_bytes().count(b"\n") + 2 if (folder / name).exists() else found.line == 1
    return found
