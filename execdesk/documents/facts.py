"""The facts a document is assembled from: plain frozen values, taken from the case by the actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from execdesk.law.days import add_days, add_months
from execdesk.law.refusal import WayOn


@dataclass(frozen=True)
class SigningDay:
    """A day counted from the signing date: ``months`` later (clamped to the month's end), then ``days`` later."""

    months: int = 0
    days: int = 0

    @property
    def mark(self) -> str:
        """The slot in the content: ``⟦signed_on+12m-1d⟧``."""
        return (
            "⟦signed_on" + (f"+{self.months}m" if self.months else "") + (f"{self.days:+d}d" if self.days else "") + "⟧"
        )


@dataclass(frozen=True)
class CourtFacts:
    """The court as it prints itself."""

    name: str = "海南省乐东黎族自治县人民法院"
    upper: str = "海南省第二中级人民法院"
    address: str = ""
    telephone: str = ""
    hotline: str = ""  # 举报电话
    account_name: str = ""
    account_bank: str = ""
    account_no: str = ""


@dataclass(frozen=True)
class Individual:
    """A natural person's description; what is unknown stays empty and is left out of the line."""

    name: str
    sex: str = ""
    born_on: date | None = None
    ethnicity: str = ""
    occupation: str = ""
    address: str = ""
    id_no: str = ""


@dataclass(frozen=True)
class Representative:
    """法定代表人 (``legal``), 负责人 (``head``), 法定代理人 (``guardian``) or agent (``lawyer``, ``staff``, ``other``)."""

    kind: str
    name: str
    post: str = ""
    unit: str = ""  # the word for the principal after 该: 公司, 村民委员会
    firm: str = ""
    description: str = ""


PARTY = "party."  # before the row of a party, among the ways


@dataclass(frozen=True)
class PartyFacts:
    """A party. ``kind``: natural, legal, organisation or business (个体工商户, with ``operator``)."""

    role: str
    kind: str
    name: str
    address: str = ""
    id_no: str = ""
    sex: str = ""
    born_on: date | None = None
    ethnicity: str = ""
    occupation: str = ""
    operator: Individual | None = None
    representatives: tuple[Representative, ...] = ()
    row: str = ""
    phone: str = ""


@dataclass(frozen=True)
class CaseFacts:
    """The case. ``obligation`` is what the execution notice orders."""

    number: str
    cause: str
    filed_on: date | None = None
    applied_on: date | None = None
    obligation: str = ""


@dataclass(frozen=True)
class BasisFacts:
    """The effective document that is executed: number with its kind (…号民事判决书) and who made it."""

    document: str = ""
    organ: str = ""
    effective_on: date | None = None


@dataclass(frozen=True)
class MoneyFacts:
    """Amounts in fen; ``None`` is unknown, which is not zero."""

    claim: int | None = None
    fee: int | None = None
    realised: int | None = None
    interest: int | None = None  # interest on delay counted so far, beside the claim

    @property
    def performance(self) -> str | None:
        """未履行 or 未全部履行, as the opening says it; unknown while nothing is recorded."""
        return None if self.realised is None else "未全部履行" if self.realised > 0 else "未履行"

    @property
    def ceiling(self) -> int | None:
        """Claim, fee and interest less what came in: control must not go beyond (查扣冻规定, no_excess)."""
        paid = (self.realised or 0) - (self.fee or 0) - (self.interest or 0)
        return None if self.claim is None else self.claim - paid


@dataclass(frozen=True)
class MeasureFacts:
    """A measure as the document orders it.

    ``action``: 冻结, 查封, 扣押, 扣留, 划拨, 提取, 解除冻结 …; ``kind``: the law's class of terms (bank_deposit, movable, immovable, other_right),
    empty where it sets no term. Without ``fixed_start`` the term
    runs from the signing date, or from the day after ``old_end`` where a measure is renewed; that of a waiting measure (``rank`` above 1)
    has no first and last day yet. ``months`` is the term.
    """

    owner: str
    action: str
    kind: str = "bank_deposit"
    variant: str = "deposit"
    institution: str = ""
    account_no: str = ""
    amount: int | None = None
    stays: int | None = None  # what a partial release leaves under control, in fen
    property_words: str = ""  # the thing as papers print it behind the debtor's name
    measure_word: str = ""  # 冻结, 查封 …, where the action alone does not say: 提取 goes on a measure that is 扣留
    asked: str = ""  # what the assisting unit is asked for besides
    thing: Mapping[str, str] = field(default_factory=dict)  # what is known of the thing, by name
    months: int | None = None
    rank: int = 1  # 1 = first; n > 1 = waiting
    fixed_start: date | None = None
    fixed_end: date | None = None
    owner_id: str = ""
    ruling_no: str = ""  # the ruling that ordered it, for later documents
    ruled_on: date | None = None
    in_effect_on: date | None = None  # from when it binds, and the end its paper printed
    end_printed: date | None = None
    old_end: date | None = None
    row: str = ""

    @property
    def control_word(self) -> str:
        """查封, 扣押 or 冻结: what the measure is, whatever is now done to it."""
        return self.measure_word or self.action.removeprefix("解除").removeprefix("继续")

    @property
    def releasing(self) -> bool:
        """Whether the document ends the measure."""
        return self.action.startswith("解除")

    @property
    def waiting(self) -> bool:
        """轮候: ordered behind another measure, its days begin when that one ends; a renewal counts from days that are known."""
        return self.rank > 1 and self.old_end is None and self.fixed_start is None

    @property
    def start(self) -> date | SigningDay | None:
        """First day of the term: as fixed, the day after the old end of a renewal, else a slot for the signing date."""
        if self.fixed_start is not None or self.months is None or self.waiting:
            return self.fixed_start
        return SigningDay() if self.old_end is None else add_days(self.old_end, 1)

    @property
    def end(self) -> date | SigningDay | None:
        """Last day of the term: as fixed, else the day before the anniversary (convention.control_end)."""
        first = self.start
        if self.fixed_end is not None or self.months is None or first is None:
            return self.fixed_end
        return (
            SigningDay(self.months, -1)
            if isinstance(first, SigningDay)
            else add_days(add_months(first, self.months), -1)
        )


@dataclass(frozen=True)
class Official:
    """A person of the court with the post he holds that day; ``judge`` if he may sign as 审判员, ``lay`` a juror."""

    name: str
    person: str
    post: str
    judge: bool = False
    lay: bool = False


@dataclass(frozen=True)
class StaffFacts:
    """Who stands under the document. ``panel`` begins with the presiding judge; ``president`` may be an acting delegate."""

    judge: Official
    clerk: str = ""
    panel: tuple[Official, ...] = ()
    president: Official | None = None
    statutory: Official | None = None
    telephone: str = ""


@dataclass(frozen=True)
class AddresseeFacts:
    """To whom an order or notice goes; ``natural``: a person, whom a paper calls 你 and not 你单位."""

    name: str
    address: str = ""
    id_no: str = ""
    natural: bool = False

    @property
    def you(self) -> str:
        """How the paper speaks to him."""
        return "你" if self.natural else "你单位"


@dataclass(frozen=True)
class DecisionFacts:
    """One decision on the way of a request, for the approval sheet."""

    stage: str
    name: str
    post: str
    outcome: str
    opinion: str
    at: str
    delegation: str = ""
    clause: str = ""


@dataclass(frozen=True)
class ApprovalFacts:
    """A request for approval, for the approval sheet."""

    matter: str
    level: str
    article: str
    phrase: str
    reason: str
    submitted_by: str
    submitted_at: str
    subject: str = ""
    grounds: str = ""
    basis: str = ""
    documents: str = ""
    conflict: str = ""
    decisions: tuple[DecisionFacts, ...] = ()
    content_hash: str = ""
    chain_head: str = ""
    state: str = ""
    code: str = ""  # of the sheet that is signed by hand
    party: str = ""
    amount: str = ""
    printed_on: str = ""


@dataclass(frozen=True)
class ServedFacts:
    """One document on a 送达回证."""

    name: str
    copies: int = 1


@dataclass(frozen=True)
class ServiceFacts:
    """What the printed half of a 送达回证 says; the rest is written by hand."""

    recipient: str
    documents: tuple[ServedFacts, ...] = ()
    address: str = ""
    method: str = ""
    served_by: str = ""

    @property
    def lines(self) -> str:
        """Every document with its count: 执行裁定书（…号）1份；…."""
        return "；".join(f"{served.name}{served.copies}份" for served in self.documents)


@dataclass(frozen=True)
class ClaimFacts:
    """How the case stands to what a text claims: the ``proof`` in words, or what is ``lacking`` and the ``ways`` to record it, or the ``field`` to
    change."""

    proof: str = ""
    lacking: str = ""
    ways: tuple[WayOn, ...] = ()
    field: str = ""


@dataclass(frozen=True)
class Facts:
    """Everything a document may draw on. ``documents``: number, or mark, of other documents by key; ``told``: single values of rooms, by
    the name under which the text asks for them; ``sources``: where a value comes from; ``ways``: how a value that is lacking is recorded, by its
    source or the beginning of it; ``claims``: how the case stands to what the text may claim."""

    court: CourtFacts
    case: CaseFacts
    parties: tuple[PartyFacts, ...]
    staff: StaffFacts
    basis: BasisFacts = BasisFacts()
    money: MoneyFacts = MoneyFacts()
    measures: tuple[MeasureFacts, ...] = ()
    held: tuple[MeasureFacts, ...] = ()  # what is seized or impounded in the case, for lists
    target: PartyFacts | None = None
    addressee: AddresseeFacts | None = None
    sanction_number: str = ""
    approval: ApprovalFacts | None = None
    service: ServiceFacts | None = None
    documents: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, Any] = field(default_factory=dict)
    told: Mapping[str, Any] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    ways: Mapping[str, WayOn] = field(default_factory=dict)
    claims: Mapping[str, ClaimFacts] = field(default_factory=dict)

    def way_to(self, source: str) -> WayOn | None:
        """What records the value of a source."""
        while source and source not in self.ways:
            source = source.rpartition(".")[0]
        return self.ways.get(source)

    def way_of(self, party: PartyFacts, detail: str) -> tuple[WayOn, ...]:
        """What records a detail of a party, by its field; nothing where nobody knows."""
        way = self.ways.get(f"{PARTY}{party.row}")
        return (WayOn(way.label, f"{way.action},{detail}"),) if way is not None else ()

    def names(self, role: str) -> tuple[str, ...]:
        """Names of all parties in ``role``, in order."""
        return tuple(party.name for party in self.parties if party.role == role)


def number_mark(key: str) -> str:
    """The slot for the number of another document of the same submission."""
    return f"⟦number:{key}⟧"
