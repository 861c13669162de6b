"""What the kinds of questions and faults of a ledger are called on the page, and what one may enter instead."""

from __future__ import annotations

import re
from functools import lru_cache

from execdesk.reads.imports import LedgerReport, Outcome

KINDS = {
    "case_no.missing": "没有案号", "case_no.no_year": "案号缺年份", "case_no.incomplete": "案号不完整", "case_no.suffix": "案号带文书后缀",
    "case_no.words": "案号前后有文字", "text.torn": "有不成字的字节",
    "case_no.several": "一格多个案号", "case_no.unreadable": "不成案号", "case_no.other_court": "他院案号",
    "date.missing": "缺日期", "date.no_day": "日期缺日", "date.no_year": "日期缺年份", "date.two_readings": "日期有两种读法",
    "date.day_early": "日期早一点就差一天", "date.zone": "日期带别的时区", "date.words": "日期后有文字",
    "date.future": "日期在今天以后", "date.not_exist": "日期不存在", "date.unreadable": "日期读不出", "date.out_of_range": "日期不合常理",
    "basis.after_filing": "依据生效晚于立案", "claim.split": "分项与合计不符", "closing.mode": "结案方式不在名单",
    "closing.no_date": "有结案方式无日期", "closing.before_filing": "结案早于立案",
    "formula.differs": "公式与显示值不符", "formula.no_value": "公式没有存值", "formula.error": "单元格出错",
    "identity.ambiguous": "证件号码有疑", "identity.count": "人数与号码数不符", "identity.number": "证件号码有误", "identity.lost": "证件号码已失真",
    "money.negative": "金额为负", "money.no_figure": "金额不是数字", "money.unit": "金额单位不明", "money.foreign": "金额是外币", "money.malformed": "数字写法不规范", "money.words": "金额夹有文字", "money.spoken": "金额有两种读法",
    "money.not_amount": "不是金额", "money.too_large": "金额过大",
    "names.and_others": "「等」人未写明", "names.blank": "姓名中有空格", "names.empty": "缺姓名",
    "repeat.refused": "同号的前一行不能导入", "repeat.split": "与拆出的案号同号", "names.torn": "姓名只有一字", "names.lost": "姓名有字没显示出来", "names.and": "可能写了几人", "names.not_name": "不是姓名", "identity.same": "几人同一号码",
    "identity.order": "号码次序不合", "identity.two_places": "号码两处不一",
    "person.unmapped": "姓名未对应", "person.namesake": "同名几人", "person.several": "承办写了几人",
    "repeat.differs": "同号而内容不同", "case_no.year": "案号年份不合", "row.continued": "像是接着上一行", "money.continued": "接着写的金额不同", "route.unknown_type": "案件类型不认得",
    "town.missing": "没有住址", "town.outside": "住址在县外", "town.unlisted": "乡镇未列明", "town.several": "住址涉及几个镇",
    "town.unknown": "乡镇认不出", "column.ambiguous": "两列同义", "column.unknown": "表头不认得", "sheet.hidden": "隐藏的工作表",
    "sheet.no_header": "没有表头", "cell.too_long": "一格过长",
}
"""Titles by code; a code without one is named by the heading of its column."""

_FAMILIES = {"known": "与库中内容不同", "town": "乡镇未定", "identity": "证件号码有疑", "date": "日期有疑", "money": "金额有疑", "case_no": "案号有疑", "names": "姓名有疑"}
_OWN = {
    "date": ("另填日期", "年-月-日"), "basis": ("另填日期", "年-月-日"), "money": ("另填金额", "元"), "claim": ("另填金额", "元"),
    "case_no": ("另填案号", "(年份)琼9027执…号"), "repeat": ("另填案号", "(年份)琼9027执…号"), "identity": ("另填号码", "证件号码"),
    "town": ("另填住址", "乡镇或农场"), "names": ("另填姓名", "各人之间用顿号"), "formula": ("另填", "照原件填写"), "route": ("另填", "照原件填写"),
}
_OWN_CODES = {"closing.mode": ("另填方式", "结案方式"), "closing.no_date": ("另填日期", "年-月-日"), "closing.before_filing": ("另填日期", "年-月-日")}
_LEADING = re.compile(r"^(（\d{4}）[^号]+号 ?|有误：)")
_QUOTED = re.compile(r"^[^「，。]{0,6}「[^」]*」")


def kind_title(code: str, heading: str = "") -> str:
    """The name of a kind of question."""
    return KINDS.get(code) or _FAMILIES.get(code.partition(".")[0]) or (f"{heading}待定" if heading else "待定")


def own_words(code: str) -> tuple[str, str] | None:
    """Name and hint of the field for one's own entry; ``None`` where only the options can be chosen."""
    return _OWN_CODES.get(code) or _OWN.get(code.partition(".")[0])


@lru_cache(maxsize=20_000)
def short(text: str) -> str:
    """A sentence on a cell without the cell's own words and without what to do next: for a line in a list."""
    words = _LEADING.sub("", _QUOTED.sub("", text))
    words = re.split(r"[，；]?请|。", words)[0].strip("，：； ")
    return words or text


def brief(label: str, case_no: str = "") -> str:
    """An option in as few words as a line of the list has room for; of a number only what differs from ``case_no``."""
    words = re.sub(r"^(案号应为|记) ?", "", label).replace("先导入，列入「未列明，待定组」，以后再定", "入待定组")
    same = re.match(r"（\d{4}）\D\d+", case_no)
    if same and words.startswith(same[0]):
        return f"改{words[len(same[0]):]}"
    year = re.match(r"（(\d{4})）(.+)号", words)
    if year and case_no and year[2] == case_no.rstrip("号"):
        return f"补年份 {year[1]}"
    return words.replace("（", "(").replace("）", ")")


def value_words(value: str) -> str:
    """A cell in one line; an empty one is named so."""
    return " ".join(value.split()) or "（空）"


def outcome_words(outcome: Outcome) -> str:
    """What an import did, in one line."""
    said = [f"已导入 {outcome.cases:,} 件"]
    if outcome.changed:
        said.append(f"更新 {outcome.changed:,} 件")
    waiting = outcome.counts["decide"] + outcome.counts["refused"]
    if waiting:
        said.append(f"{outcome.counts['decide']:,} 行待您决定、{outcome.counts['refused']:,} 行不能导入，都留在「待决定的行」里")
    return "；".join(said) + "。"


def sheets_words(report: LedgerReport) -> str:
    """The sheets of a file with their rows."""
    hidden = {question.name for question in report.shared if question.code == "sheet.hidden"}
    said = [f"表「{name}」{rows:,} 行" + ("（隐藏，未选读）" if name in hidden else "") for name, rows in report.used_rows.items()]
    return "，".join(said)
