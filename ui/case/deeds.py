"""Every deed of a case as data: its fields, where they are prefilled from, whose approval it needs. A new verb is a new entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from execdesk.reads import Step
from execdesk.reads.cases import CasePage, DocumentRow, MeasureRow, PartyRow
from execdesk.reads.choices import Choices
from execdesk.reads.standing import PersonShown
from ui.case.words import narrow

Pairs = Sequence[tuple[Any, str]]


@dataclass(frozen=True)
class Told:
    """What a form is opened with: the case as shown, the closed lists, the step that led here, today, the person."""

    page: CasePage
    choices: Choices
    step: Step
    day: date
    person: PersonShown

    @property
    def party(self) -> PartyRow:
        """The party the step is about, else the first debtor, else the first party."""
        found = [p for p in self.page.parties if p.id == self.step.target]
        return (found or [p for p in self.page.parties if p.side == "被执行人"] or list(self.page.parties))[0]

    @property
    def measure(self) -> MeasureRow | None:
        """The measure the step is about, else the first."""
        found = [m for m in self.page.measures if m.id == self.step.target] or list(self.page.measures)
        return found[0] if found else None

    @property
    def document(self) -> DocumentRow | None:
        """The document the step is about, else the newest issued one."""
        found = [d for d in self.page.documents if d.id == self.step.target] or [d for d in self.page.documents if d.number]
        return found[0] if found else None


@dataclass(frozen=True)
class F:
    """One field. ``kind``: text long day amount count choice flag many identity. ``start`` prefills from the case."""

    name: str
    title: str
    kind: str = "text"
    required: bool = True
    help: str = ""
    options: Callable[[Told], Pairs] | None = None
    start: Callable[[Told], Any] | None = None
    beside: bool = False  # stands beside the field before it


Shape = Callable[[Told, dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True)
class Deed:
    """One verb with its form. ``matter`` says whose approval is shown; ``fixed`` shapes the values for the verb."""

    verb: str
    title: str
    fields: tuple[F, ...]
    button: str = ""
    matter: str | Callable[[Told], str] = ""
    of_case: bool = True
    leads_to_draft: bool = False
    shape: Shape | None = None
    note: str = ""


def _parties(t: Told) -> Pairs:
    return [(p.id, f"{p.name}（{p.side}）") for p in t.page.parties]


def _debtors(t: Told) -> Pairs:
    return [(p.id, p.name) for p in t.page.parties if p.side == "被执行人"]


def _persons(t: Told) -> Pairs:
    return [(p.id, p.name) for p in t.page.parties if p.side == "被执行人" and p.kind == "natural"] or _debtors(t)


def _measures(t: Told) -> Pairs:
    return [(m.id, f"{m.title}（{m.state_words}）") for m in t.page.measures]


def _issued(t: Told) -> Pairs:
    return [(d.id, f"{d.title} {narrow(d.number or d.addressee)}") for d in t.page.documents if d.signed_on]


def _rulings(t: Told) -> Pairs:
    return [(d.id, f"{d.title} {narrow(d.number)}") for d in t.page.documents if d.number and d.signed_on and "裁定" in d.title]


def _debtor_id(t: Told) -> Any:
    known = [key for key, _ in _debtors(t)]
    return t.party.id if t.party.id in known else (known[0] if known else None)


def _measure_id(t: Told) -> Any:
    return t.measure.id if t.measure else None


def _series_told(told: Told) -> str | None:
    """The series a refusal named, so that no other is registered by mistake."""
    return told.step.target if told.step.target in dict(told.choices.series) else None


def _document_id(t: Told) -> Any:
    return t.document.id if t.document else None


def _rest(t: Told) -> Any:
    """What is still to be recovered, for the amount of a freeze."""
    claim = t.page.case.claim_fen
    return None if claim is None else max(claim - (t.page.case.recovered_fen or 0), 0) or None


def _release_matter(t: Told) -> str:
    kinds = {"freeze": "release_freeze", "seize": "release_seizure", "impound": "release_impound"}
    return kinds[t.measure.action] if t.measure else "release_freeze"


_CHANGEABLE = ("name", "id_no", "address", "phone", "sex", "ethnicity", "occupation", "representative", "representative_post", "agent")


def _changed_party(t: Told, values: dict[str, Any]) -> dict[str, Any]:
    row = next(p for p in t.page.parties if p.id == values["party"])
    told = {name: values[name] or "" for name in _CHANGEABLE if (values.get(name) or "") != getattr(row, name)}
    return {"party": values["party"], "values": told, "reason": values["reason"]}


def _added_party(_t: Told, values: dict[str, Any]) -> dict[str, Any]:
    more = {name: values[name] for name in ("id_no", "address", "phone") if values.get(name)}
    return {"side": values["side"], "name": values["name"], "values": more}


def _recipient(t: Told) -> str:
    document = t.document
    return (document.addressee if document else "") or t.party.name


def _booked(t: Told) -> Pairs:
    return [(m.id, f"{m.received_on} {m.words} {m.bank_ref}") for m in t.page.money]


def _booked_id(t: Told) -> Any:
    known = [key for key, _ in _booked(t)]
    return t.step.target if t.step.target in known else (known[0] if known else None)


_PARTY = F("party", "被执行人", "choice", options=_debtors, start=_debtor_id)
_MEASURE = F("measure", "措施", "choice", options=_measures, start=_measure_id)
_REASON = F("reason", "理由", "long")
_NOTE = F("note", "报批理由", "long", False, "印在审批表的事实理由里")

_ALL = (
    Deed("case.route", "定组", (F("group", "执行组", "choice", options=lambda t: t.choices.groups), _REASON), "定组并分案"),
    Deed("case.assign", "分案", (
        F("judge", "承办法官", "choice", False, "不指定的，按加权负荷规则分案；另行指定须局长办理并写明理由", options=lambda t: [(None, "按负荷规则"), *t.choices.judges]),
        F("clerk", "书记员", "choice", False, options=lambda t: [(None, "暂不指定"), *t.choices.clerks], beside=True), F("reason", "理由", "long", False),
    ), "分案", shape=lambda t, v: {k: x for k, x in v.items() if x}),
    Deed("party.change", "更正当事人", (
        F("party", "当事人", "choice", options=_parties, start=lambda t: t.party.id), F("name", "姓名或名称", start=lambda t: t.party.name),
        F("id_no", "证件号码", "identity", False, start=lambda t: t.party.id_no), F("address", "住址", "text", False, start=lambda t: t.party.address),
        F("phone", "电话", "text", False, start=lambda t: t.party.phone), F("sex", "性别", "text", False, start=lambda t: t.party.sex, beside=True),
        F("ethnicity", "民族", "text", False, start=lambda t: t.party.ethnicity, beside=True), F("occupation", "职业", "text", False, start=lambda t: t.party.occupation),
        F("representative", "法定代表人或负责人", "text", False, start=lambda t: t.party.representative),
        F("representative_post", "职务", "text", False, start=lambda t: t.party.representative_post, beside=True),
        F("agent", "委托代理人", "text", False, start=lambda t: t.party.agent), F("reason", "更正的理由", "long"),
    ), "更正", shape=_changed_party, note="原来的内容留在留痕里。已提交的报批，内容变了会失效。"),
    Deed("party.add", "增加当事人", (
        F("side", "诉讼地位", "choice", options=lambda t: [("debtor", "被执行人"), ("applicant", "申请执行人"), ("third", "第三人")]), F("name", "姓名或名称"),
        F("id_no", "证件号码", "identity", False), F("address", "住址", "text", False), F("phone", "电话", "text", False),
    ), "增加", shape=_added_party),
    Deed("party.special", "标注特殊主体", (
        F("party", "当事人", "choice", options=_parties, start=lambda t: t.party.id), F("kinds", "类别", "many", False, options=lambda t: t.choices.subjects,
          start=lambda t: tuple(key for key, words in t.choices.subjects if words in t.party.special)),
        F("source", "依据", help="如证件、任职文件；取消标注也须写明", start=lambda t: t.party.special_source),
    ), "标注", note="标注或取消标注后，本案已提交、已批准的报批须重新提交。"),
    Deed("measure.freeze", "冻结存款", (
        _PARTY, F("institution", "开户银行", help="写全称和支行"), F("account_no", "账号"), F("amount", "金额", "amount", start=_rest),
        F("months", "期限（月）", "count", False, "不填即按法定最长期限", start=lambda t: t.choices.longest_deposit, beside=True),
        F("rank", "轮候序位", "count", start=lambda t: 1, beside=True, help="首封填 1"),
        F("immediate", "未发执行通知即先行冻结", "flag", False),
        _NOTE,
    ), "提出冻结，拟裁定书", "freeze_deposit", leads_to_draft=True),
    Deed("measure.renew", "续行控制措施", (
        _MEASURE, F("months", "期限（月）", "count", False, "不填即按法定最长期限"), F("applied_on", "申请续行日期", "day", False, beside=True),
    ), "提出续行，拟裁定书", "renew_control", of_case=False, leads_to_draft=True),
    Deed("measure.release", "解除控制措施", (
        _MEASURE, F("ground", "事由", "choice", options=lambda t: t.choices.release_grounds),
        F("cause", "具体情形", "long", False), F("third", "案外人", "text", False, "事由为案外人财产的填写"), _NOTE,
    ), "提出解除，拟裁定书", _release_matter, of_case=False, leads_to_draft=True),
    Deed("measure.deduct", "划拨存款", (
        _MEASURE, F("amount", "金额", "amount", start=lambda t: t.measure and (t.measure.controlled_fen if t.measure.controlled_fen is not None else t.measure.amount_fen)),
        F("payee", "收款户名", start=lambda t: "海南省乐东黎族自治县人民法院"), F("payee_bank", "收款开户行"), F("payee_account", "收款账号"),
    ), "提出划拨，拟裁定书", "deduct_deposit", of_case=False, leads_to_draft=True),
    Deed("notice.execution", "发出执行通知书", (
        _PARTY, F("days", "履行日数", "count", False, "不填即责令立即履行"), F("non_money", "另有非金钱义务", "flag", False),
    ), "拟执行通知书", "issue_execution_notice", leads_to_draft=True),
    Deed("order.property_report", "发出报告财产令", (_PARTY, F("days", "报告期限（日）", "count")), "拟报告财产令", "issue_property_report_order", leads_to_draft=True),
    Deed("order.consumption", "提请限制消费令", (
        _PARTY, F("persons", "单位的有关人员", "text", False, "被执行人为单位的，写法定代表人等四类人员"),
        F("signer", "签发人", "choice", False, options=lambda t: [(None, "院长"), *t.choices.signers[1:]]),
    ), "拟限制消费令", "issue_consumption_order", leads_to_draft=True),
    Deed("sanction.detain", "提请拘留", (
        F("party", "被执行人", "choice", options=_persons, start=lambda t: _persons(t)[0][0] if _persons(t) else None), F("days", "日数", "count", help="一日以上，十五日以下"),
        F("sanction_number", "司惩案号", help="由立案庭给号，如（2018）琼9027司惩3号", beside=True), F("ground", "事由", "choice", options=lambda t: t.choices.grounds),
        F("facts", "查明的事实", "long"), F("reasoning", "理由", "long"), F("urgent", "现场紧急，事后补报", "flag", False), _NOTE,
    ), "拟拘留决定书", "detention", leads_to_draft=True),
    Deed("request.open", "提出其他报批", (
        F("matter", "事项", "choice", options=lambda t: t.choices.matters, start=lambda t: next((k for k, w in t.choices.matters if w == dict(t.step.values).get("matter")), None)),
        F("note", "事实和理由", "long", False, "印在审批表的事实理由里"),
    ), "提出报批", lambda t: dict(t.step.values).get("matter", ""), shape=lambda t, v: v, note="报批后由有权的人在 审批 里决定，并可打印审批表。"),
    Deed("document.correct", "补正裁定", (
        F("document", "被补正的裁定书", "choice", options=_rulings, start=_document_id), F("wrong", "误写的文字", "long"), F("right", "更正为", "long"),
    ), "拟补正裁定", "correct_document", of_case=False, leads_to_draft=True),
    Deed("service.record", "登记送达", (
        F("document", "文书", "choice", options=_issued, start=_document_id), F("recipient", "受送达人", start=_recipient),
        F("method", "送达方式", "choice", options=lambda t: t.choices.methods, start=lambda t: "direct"), F("served_on", "送达日期", "day", start=lambda t: t.day, beside=True),
        F("served_by", "送达人", "choice", False, options=lambda t: t.choices.staff, start=lambda t: t.person.account),
        F("note", "说明", "long", False, "留置送达须写明拒收事由和见证人或拍照情况"),
    ), "登记送达", of_case=False),
    Deed("bank.receipt", "登记银行回执", (
        _MEASURE, F("received_on", "收到日期", "day", start=lambda t: t.day), F("controlled", "实际控制金额", "amount", False, "未控制到的填 0 并写明原因", beside=True),
        F("ends_on", "回执载明的到期日", "day", False), F("receipt_no", "回执号", "text", False, beside=True), F("handler", "银行经办人", "text", False),
        F("reason", "未足额控制的原因", "text", False, "如余额不足、查无此户"),
    ), "登记回执", of_case=False),
    Deed("bank.transfer", "登记划款到账", (
        _MEASURE, F("amount", "到账金额", "amount", start=lambda t: t.measure and t.measure.controlled_fen, help="不得超过已控制的金额；累加到到位金额"),
        F("on", "到账日期", "day", start=lambda t: t.day, beside=True), F("receipt_no", "回执号"),
    ), "登记到账", of_case=False),
    Deed("receipt.book", "登记到账", (
        F("amount", "到账金额", "amount"), F("received_on", "到账日期", "day", start=lambda t: t.day, beside=True),
        F("bank_ref", "流水号或回执号", help="同一笔款凭它只登记一次"), F("kind", "款项性质", "choice", options=lambda t: t.choices.money_kinds, start=lambda t: "voluntary", beside=True),
        F("payer", "付款人", "text", False), F("debtor", "由哪一被执行人履行", "choice", False, options=lambda t: [(None, "未指明"), *_debtors(t)], beside=True),
        F("paid_on", "付款日期", "day", False, "利息计到付款之日；不填即到账日期"), F("purpose", "用途", "text", False),
    ), "登记到账", note="划拨的款在查控措施上登记。登记后只能冲正，不能改。", shape=lambda t, v: {k: x for k, x in v.items() if x is not None}),
    Deed("receipt.reverse", "冲正到账", (
        F("receipt", "到账", "choice", options=_booked, start=_booked_id), F("amount", "冲正金额", "amount", False, "不填即全部"), _REASON,
    ), "冲正", of_case=False, note="原登记保留，另记一笔相反的。", shape=lambda t, v: {k: x for k, x in v.items() if x is not None}),
    Deed("receipt.tie", "认定为同一笔到账", (
        F("receipt", "到账", "choice", options=_booked, start=_booked_id), F("ground", "认定依据", "long", help="如已核对银行流水，确为同一笔"),
    ), "认定", of_case=False, note="同号的几笔都保留，只计一笔。确非同一笔的，冲正其一，号码前加写银行简称后重新登记。"),
    Deed("case.opening_recovered", "登记此前到位金额", (
        F("amount", "此前到位金额", "amount", start=lambda t: t.page.opening_recovered_fen, help="本系统登记到账以前的全部；以后的到账逐笔登记，自动累加"),
        F("source", "来源", help="如台账、原承办人移交、尚未到位"),
    ), "登记此前到位"),
    Deed("case.obligation", "填写应履行的义务", (
        F("obligation", "应履行的义务", "long", help="接在「责令被执行人某某」之后，如：立即向申请执行人支付借款本金50000元及利息", start=lambda t: t.page.obligation),
    ), "保存"),
    Deed("case.basis", "补充执行依据", (
        F("kind", "文书种类", "text", False, "如民事判决书"), F("organ", "作出机关", "text", False, "如本院"),
        F("effective_on", "生效日期", "day", False, start=lambda t: t.page.basis_effective_on),
        F("case_kind", "案件种类", "choice", False, "执限依种类而定：非诉行政三个月", options=lambda t: t.choices.kinds, start=lambda t: t.page.kind, beside=True),
    ), "保存", note="文号由立案登记或台账带入。", shape=lambda t, v: {k: x for k, x in v.items() if x}),
    Deed("case.paper_suffix", "登记纸质文书末号", (
        F("series", "文书类别", "choice", options=lambda t: t.choices.series, start=_series_told), F("suffix", "末号", "count", help="从未用过填 -1；只用过不带「之」的文号填 0；用到之三填 3"),
    ), "登记末号", note="来自台账的案件，先登记纸上最后的文号，系统才接着编。"),
    Deed("document.wet_seal", "登记湿印", (F("document", "文书", "choice", options=_issued, start=_document_id), F("note", "说明", "long", help="何时由何人在纸件上盖章")), "登记湿印", of_case=False),
)

DEEDS: dict[str, Deed] = {deed.verb: deed for deed in _ALL}
CASE_DEEDS = tuple(DEEDS[name] for name in (
    "case.assign", "case.obligation", "case.basis", "receipt.book", "case.opening_recovered", "party.change", "party.add", "party.special", "case.paper_suffix", "document.correct", "request.open",
))


