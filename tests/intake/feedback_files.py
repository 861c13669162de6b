"""Files of answers to queries, made for the tests: as banks send them, and as a screen is copied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import quoteattr

import openpyxl

REQUEST = "C2018010200001"
NAME, ID = "林例一", "469027198808080008"


def account(number: int = 1, **more: str) -> dict[str, str]:
    """One account as the bank tells it; ``more`` says otherwise."""
    return {
        "CCXH": str(number), "KHZH": f"62284800000{number:05}", "CCLB": "储蓄", "ZHZT": "正常", "KHWD": "某某银行乐东支行", "BZ": "人民币", "YE": "1234.56",
        "KYYE": "1200.00", "FKSJ": "2018-01-04 10:30:00", **more,
    }


def xml(rows: Iterable[Mapping[str, str]], tag: str = "zhxx", attributes: bool = False, **above: str) -> bytes:
    """Answers under one request, values in elements or in attributes."""
    head = "".join(f"<{name}>{value}</{name}>" for name, value in ({"BDHM": REQUEST, "XM": NAME, "DSRZJHM": ID} | above).items())
    one = (lambda row: f"<{tag} {' '.join(f'{k}={quoteattr(v)}' for k, v in row.items())}/>") if attributes else (
        lambda row: f"<{tag}>{''.join(f'<{k}>{v}</{k}>' for k, v in row.items())}</{tag}>"
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><cxjg>{head}<{tag}List>{"".join(map(one, rows))}</{tag}List></cxjg>'.encode()


def screen(path: Path, rows: Iterable[Iterable[object]], headings: Iterable[str] = ("姓名", "证件号", "银行", "账号", "余额", "可用余额", "币种", "状态", "冻结情况", "反馈时间")) -> Path:
    """A copy of the screen as a workbook, with a title above its headings."""
    book = openpyxl.Workbook()
    book.active.append(["网络查控反馈"])
    for row in (headings, *rows):
        book.active.append(list(row))
    book.save(path)
    return path
