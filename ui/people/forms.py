"""The form behind each deed of the page: its words, fields and the words of its button."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from ui.fields import ChoiceField, DateField, Field, TextField
from ui.team.dialogs import Ticks
from ui.widgets import Button

Choices = Mapping[str, Sequence[tuple[str, str]]]
Ends = Callable[[], dict[str, Any]]


class SecretField(Field):
    """A password, never shown and never kept in a draft."""

    def _make_input(self) -> QWidget:
        made = QLineEdit()
        made.setEchoMode(QLineEdit.EchoMode.Password)
        made.textChanged.connect(self._edited)
        return made

    @property
    def text(self) -> str:
        """The password as typed."""
        assert isinstance(self.input, QLineEdit)
        return self.input.text()


class FileField(Field):
    """The path of a file, typed or chosen."""

    def __init__(self, name: str, title: str, kinds: str, **more: Any) -> None:
        super().__init__(name, title, **more)
        self._kinds = kinds
        box = self.layout()
        assert isinstance(box, QVBoxLayout)
        self.choose = Button("选择文件…", act=self.ask)
        box.addWidget(self.choose)

    def ask(self) -> None:
        """Ask for the file."""
        name = QFileDialog.getOpenFileName(self, self.title, "", self._kinds)[0]
        if name:
            self.set_text(name)


@dataclass(frozen=True)
class DeedForm:
    """One deed's dialog. ``fields`` are made when it is opened; a deed without a form is done at once."""

    title: str
    words: str
    button: str
    told: str
    fields: Callable[[Choices, date], list[Field]]


def _pick(name: str, title: str, options: Sequence[tuple[str, str]], *chosen: str) -> ChoiceField:
    """A choice that is made by hand: nobody is put forward by standing first in a list."""
    field = ChoiceField(name, title, options, required=True)
    field.set_value(chosen[0] if chosen else options[0][0] if len(options) == 1 else None)
    return field


def _reason(_choices: Choices, _day: date) -> list[Field]:
    return [TextField("reason", "理由", required=True)]


def _day_field(name: str, title: str, day: date, required: bool = True) -> DateField:
    field = DateField(name, title, required=required)
    if required:
        field.set_value(day)
    return field


def _person(choices: Choices, _day: date) -> list[Field]:
    return [
        TextField("name", "姓名", required=True), TextField("account", "登录名", help_text="不登录的人员留空"), ChoiceField("staffing", "编制", choices["staffing"]),
        TextField("certificate_no", "工作证号"), TextField("police_no", "警号"), TextField("phone", "电话"),
    ]


def _post(choices: Choices, day: date) -> list[Field]:
    site = ChoiceField("site", "席位", choices["site"])
    return [
        _pick("person", "人员", choices["person"]), _pick("post", "职务", choices["post"]), _day_field("starts_on", "自哪一日起", day),
        _day_field("ends_on", "到哪一日（没有期限的留空）", day, False), ChoiceField("group", "执行组", choices["group"]), site, TextField("note", "依据", help_text="任命文件的名称和文号"),
    ]


def _letter(choices: Choices, day: date) -> list[Field]:
    return [
        _pick("person", "受权人（副院长）", choices["vice"]), TextField("letter", "文号", required=True, help_text="如 乐法授〔2018〕1号"),
        _day_field("starts_on", "自哪一日起", day), DateField("ends_on", "到哪一日", required=True),
        FileField("scan", "扫描件（可以以后补）", "扫描件 (*.pdf *.jpg *.png);;所有文件 (*)"),
    ]


def _certificate(choices: Choices, _day: date) -> list[Field]:
    return [
        _pick("person", "领证人", choices["account"]),
        ChoiceField("purpose", "用途", (("person", "个人签名"), ("seal", "院印（只给印章管理员）"))),
        ChoiceField("forgotten", "领证人的密码", ((False, "仍用现在的密码"), (True, "另设新密码（首次领证，或原密码已忘记）"))),
        SecretField("password", "领证人自己输入密码", required=True), _pick("witness", "在场的第二人", choices["witness"]),
        SecretField("witness_password", "第二人自己输入密码", required=True),
    ]


FORMS: dict[str, DeedForm] = {
    "person.add": DeedForm("登记人员", "登记后还没有职务，不能办事；领到证书以后才能登录。", "登记人员", "已登记人员。", _person),
    "person.staffing": DeedForm("变更编制", "政法编为执行员，其余为辅助执行员（方案第4条）。", "变更编制", "已变更编制。",
                                lambda choices, _day: [ChoiceField("staffing", "编制", choices["staffing"]), TextField("reason", "理由", required=True)]),
    "person.leave": DeedForm("登记离任", "职务、授权、团队自该日后终止，证书即时作废，登录钥匙撤去。已办的事项都在。", "登记离任", "已登记离任。",
                             lambda _choices, day: [_day_field("last_day", "最后一日", day), TextField("reason", "理由", required=True)]),
    "post.prepare": DeedForm("登记任职", "批准、签名、盖章的职务登记后待院长或局长会签，会签以前不生效。", "登记任职", "已登记任职。", _post),
    "post.refuse": DeedForm("不同意任职", "登记人会看到理由。", "不同意", "已记为不同意。", _reason),
    "post.end": DeedForm("登记免职", "此前依该职务办理的事项仍然有效。", "登记免职", "已登记免职。",
                         lambda _choices, day: [_day_field("ends_on", "最后一日", day), TextField("reason", "理由", required=True)]),
    "delegation.prepare": DeedForm("登记授权书", "登记后待院长签署。法律留给院长的事项须逐项写明，「全部」不包括它们。", "登记授权书", "已登记授权书，待院长签署。", _letter),
    "delegation.refuse": DeedForm("不签署授权书", "登记人会看到理由。", "不签署", "已记为不签署。", _reason),
    "delegation.revoke": DeedForm("撤销授权", "自撤销日起不得再依此批准；此前的批准仍然有效。", "撤销授权", "已撤销授权。",
                                  lambda _choices, day: [_day_field("revoked_on", "自哪一日起撤销", day), TextField("reason", "理由", required=True)]),
    "certificate.issue": DeedForm("签发证书", "须两人在场：您和另一名院长、局长、副局长或系统管理员。领证人和第二人各自输入自己的密码。原证书同时作废。", "签发证书", "已签发证书。", _certificate),
    "certificate.revoke": DeedForm("撤销证书", "自现在起不能再用它登录和签名；此前的签名仍然有效。", "撤销证书", "已撤销证书。", _reason),
    "certificate.annul": DeedForm("不予追认证书", "证书即时作废；它签过的事项请逐一核对。", "不予追认", "已不予追认。", _reason),
}
AT_ONCE = {"post.countersign": "已会签，任职生效。", "delegation.countersign": "已签署，授权书生效。", "certificate.ratify": "已追认证书。"}


def extras(verb: str, choices: Choices) -> tuple[QWidget | None, Ends]:
    """What a dialog shows besides fields, and the values it gives."""
    if verb != "delegation.prepare":
        return None, dict
    ticks = Ticks("列明的事项", [("all", "全部（法律留给院长的除外）"), *choices["matter"]], 1)
    return ticks, lambda: {"matters": ticks.chosen}
