"""The units of the law's figures: what each may hold, and how it is said in Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from execdesk.law.money import percent_text

LEVELS = {
    "president": "院长",
    "director": "执行局局长",
    "president_or_vice": "院长或副院长",
    "director_or_leader": "执行局局长或主管院领导",
    "high_court": "高级人民法院",
}


@dataclass(frozen=True)
class Unit:
    """A unit: its Chinese words, whether a value fits it, and what it wants, for the refusal."""

    words: str
    fits: Callable[[Any], bool]
    wants: str
    joiner: str = "、"
    percent: bool = False

    def say(self, value: Any) -> str:
        """The figure as a person reads it: 12个月, 70%, 是, 50000元至1000000元."""
        if value is None:
            return "法律未定具体数值"
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, list):
            return self.joiner.join(self.say(item) for item in value)
        if isinstance(value, dict):
            return "；".join(f"{key}：{item}" for key, item in value.items())
        return f"{percent_text(value) if self.percent else LEVELS.get(value, value)}{self.words}"


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _whole_or_list(value: Any) -> bool:
    return _whole(value) or (isinstance(value, list) and bool(value) and all(map(_whole, value)))


def _range(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_whole, value)) and value[0] <= value[1]


def _decimal(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\d+(\.\d+)?", value) is not None


def _decimal_or_bounds(value: Any) -> bool:
    if not isinstance(value, list):
        return _decimal(value)
    return len(value) == 2 and all(map(_decimal, value)) and Fraction(value[0]) <= Fraction(value[1])


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_text, value))


def _map(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and all(map(_text, value.values()))


def _money(value: Any) -> bool:
    return _whole(value) or (isinstance(value, list) and bool(value) and all(map(_tier, value)))


def _tier(value: Any) -> bool:
    if not isinstance(value, dict) or not {"over", "upto", "flat", "rate"}.issuperset(value):
        return False
    bounds = all(_whole(value[key]) for key in ("over", "upto", "flat") if key in value)
    return bounds and (("flat" in value) != ("rate" in value)) and ("rate" not in value or _decimal(value["rate"]))


def _day(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


WHOLE = "整数"
RATIO = '小数文字（如 "0.70"）'
UNITS: dict[str, Unit] = {
    "day": Unit("日", _whole, WHOLE),
    "workday": Unit("个工作日", _whole, WHOLE),
    "month": Unit("个月", _whole, WHOLE),
    "year": Unit("年", _whole, WHOLE),
    "hour": Unit("小时", _whole, WHOLE),
    "minute": Unit("分钟", _whole, WHOLE),
    "times": Unit("次", _whole, WHOLE),
    "rounds": Unit("轮", _whole, WHOLE),
    "items": Unit("项", _whole, WHOLE),
    "persons": Unit("人", _whole, WHOLE),
    "day_before": Unit("日前", _whole_or_list, "整数或整数列表"),
    "day_before_announcement": Unit("日（公告前）", _whole, WHOLE),
    "month_range": Unit("个月", _range, "从小到大的两个整数", "至"),
    "year_range": Unit("年", _range, "从小到大的两个整数", "至"),
    "CNY_range": Unit("元", _range, "从小到大的两个整数", "至"),
    "CNY": Unit("元", _money, "整数（元）或分段列表"),
    "ratio": Unit("", _decimal, RATIO, percent=True),
    "ratio_of_previous_start": Unit("（占上次起拍价）", _decimal, RATIO, percent=True),
    "ratio_of_appraisal": Unit("（占评估价）", _decimal, RATIO, percent=True),
    "ratio_of_start_price": Unit("（占起拍价）", _decimal_or_bounds, RATIO + "，或从小到大的两个", percent=True),
    "per_day": Unit("（每日）", _decimal, RATIO, percent=True),
    "bool": Unit("", lambda value: isinstance(value, bool), "true 或 false"),
    "rule": Unit("", lambda value: _text(value) or _map(value), "文字"),
    "text": Unit("", _text, "文字"),
    "doc": Unit("", _text, "文字"),
    "template": Unit("", _text, "文字"),
    "formula": Unit("", _text, "文字"),
    "level": Unit("", lambda value: value in LEVELS, "审批层级（" + "、".join(LEVELS) + "）"),
    "list": Unit("", lambda value: _texts(value) or _map(value), "文字列表"),
    "order": Unit("", _texts, "文字列表"),
    "map": Unit("", _map, "文字对照表"),
    "date": Unit("", _day, "日期"),
}
