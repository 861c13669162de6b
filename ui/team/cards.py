"""A team as five columns with its load bar, and a group of teams."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from execdesk.reads.teams import COLUMNS, GroupRow, TeamRow
from ui.theme import colour, px
from ui.widgets import (
    Card,
    Elided,
    MenuButton,
    chip,
    column,
    icon_label,
    label,
    line,
    row,
    scrolled,
    secondary,
    wrapped,
)


class LoadBar(QWidget):
    """A bar of a judge's load with an upright mark at the group's mean. Full width is one and a half times the mean, or the most."""

    def __init__(self, weight: float, mean: float, most: float) -> None:
        super().__init__()
        self._weight, self._mean, self._most = weight, mean, max(most, mean * 1.5, 1.0)
        self.setMinimumWidth(px(60))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"加权负荷 {weight:g}，组均 {mean:g}")

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(px(120), px(18))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height, top = px(8), (self.height() - px(8)) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("track"))
        painter.drawRoundedRect(QRectF(0, top, self.width(), height), height / 2, height / 2)
        painter.setBrush(colour("navy"))
        painter.drawRoundedRect(QRectF(0, top, self.width() * self._weight / self._most, height), height / 2, height / 2)
        if self._mean:  # without a load there is no mean to mark
            painter.fillRect(QRectF(self.width() * self._mean / self._most, 0, px(1), self.height()), colour("ink"))
        painter.end()


class TeamCard(Card):
    """One team on the day. ``asked(step, team row)`` from its menu: join, part, judge, close."""

    asked = Signal(str, object)

    def __init__(self, team: TeamRow, mean: float, most: float, may_edit: bool) -> None:
        super().__init__(gap=0, margins=(0, 0, 0, 0), tone="")
        self.team = team
        if team.gaps:
            self.setObjectName("gap")
            self.setStyleSheet(f"#gap {{ border: 1px solid {colour('amber_line').name()}; }}")
        percent = f"组均 {team.share}%" if team.share is not None else "组均 —"
        bar = LoadBar(team.weight, mean, most)
        cases = label(f"{team.cases:,}", "strong")
        cases.setMinimumWidth(px(28))
        weight = label(f"{team.weight:g}", "strong")
        head = row(
            label(team.name, "card-title"), chip(team.size, "navy"), None, secondary("在办"), cases, 2, secondary("负荷"), bar, weight, secondary(percent),
            gap=7, margins=(14, 8, 12 if not may_edit else 4, 8),
        )
        head.setStretch(7, 1)
        if may_edit:
            self.menu = MenuButton("", [(words, partial(self.asked.emit, step, team)) for step, words in (
                ("join", "编入…"), ("part", "调出…"), ("judge", "更换法官…"), ("close", "撤销团队…"))], "bare-icon")
            self.menu.setAccessibleName(f"{team.name}的编组")
            self.menu.setToolTip("编入、调出、更换法官、撤销")
            head.addWidget(self.menu)
        self.box.addLayout(head)
        self.box.addWidget(line("hairline"))
        self.box.addLayout(self._columns(team))
        if team.warnings:
            self.box.addWidget(_warning("；".join(team.warnings)))

    def _columns(self, team: TeamRow) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(px(14), px(7), px(12), px(9))
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(3))
        for place, title in enumerate(COLUMNS):
            grid.setColumnStretch(place, 1)
            people = team.columns[place]
            grid.addWidget(secondary(f"{title}  {len(people)}" if place else title, "soon" if place in team.gaps else ""), 0, place)
            words = [f"{p.name}（至 {p.until:%m-%d}）" if p.until else p.name for p in people]
            if not words:
                empty = label("缺" if place in team.gaps else "—", "strong" if place in team.gaps else "secondary", "soon" if place in team.gaps else "")
                grid.addWidget(empty, 1, place)
            for number, name in enumerate(words, 1):
                grid.addWidget(Elided(name), number, place)
        return grid


def _warning(text: str) -> QWidget:
    strip = QWidget()
    strip.setObjectName("strip")
    strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    strip.setStyleSheet(f"#strip {{ background: {colour('amber_ground').name()}; border-bottom-left-radius: {px(7)}px; border-bottom-right-radius: {px(7)}px; }}")
    strip.setLayout(row(icon_label("warning", "amber_mark"), Elided(text, "secondary", "soon"), gap=6, margins=(14, 4, 12, 4)))
    return strip


class GroupCard(Card):
    """A group: head, seat, towns, open cases, its teams; the last part may be filled with more."""

    asked = Signal(str, object)

    def __init__(self, group: GroupRow, may_edit: bool, *more: QWidget) -> None:
        super().__init__(gap=0, margins=(0, 0, 0, 0))
        self.group = group
        self.cards: list[TeamCard] = []
        first = row(label(group.name, "card-title"), secondary(f"驻 {group.seat}"), None, label(f"在办 {group.cases:,} 件", "strong"), secondary(f"本组法官承办 {group.assigned:,} 件"), gap=10)
        towns = Elided(" · ".join(group.towns), "secondary")
        second = row(label(group.head), None, towns, gap=10)
        self.box.addLayout(column(first, second, gap=4, margins=(16, 10, 14, 10)))
        self.box.addWidget(line())
        most = max((team.weight for team in group.teams), default=0.0)
        body = column(gap=10, margins=(12, 10, 10, 10))
        for team in group.teams:
            card = TeamCard(team, group.mean, most, may_edit)
            card.asked.connect(self.asked)
            self.cards.append(card)
            body.addWidget(card)
        if not group.teams:
            body.addWidget(wrapped("当日没有团队。", "secondary"))
        for part in more:
            body.addWidget(part)
        body.addStretch(1)
        inner = QWidget()
        inner.setLayout(body)
        self.box.addWidget(scrolled(inner), 1)
        self.box.addWidget(line())
        self.box.addLayout(column(*(row(secondary(words), None) for words in reconciled(group)), gap=3, margins=(16, 6, 14, 7)))


def reconciled(group: GroupRow) -> tuple[str, ...]:
    """How the cases of the group's towns and those of its judges go together, and what the mark on the bars is."""
    if not group.cases and not group.assigned:
        return ("本组当日没有在办案件",)
    by_town = f"按乡镇在办 {group.cases:,} = 本组法官承办 {group.own:,} + 其他法官承办 {group.others:,} + 未分案 {group.unassigned:,}"
    by_judge = f"本组法官承办 {group.assigned:,} = 本组乡镇 {group.own:,} + 其他乡镇或未定组 {group.further:,}"
    return by_town, by_judge + (f"　负荷竖线为组均 {group.mean:g}" if group.mean else "")
