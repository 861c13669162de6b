"""拟写文书: a paper of any type that has a text, put forward with a matter it serves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from execdesk.access.providers import FormContext, Pairs, finds, options, start
from execdesk.access.register import CASE, action
from execdesk.access.session import Session
from execdesk.approval.proposing import open_with_paper
from execdesk.approval.who import Deciders
from execdesk.casefile.charge import require_in_charge
from execdesk.casefile.forms import matters_meant
from execdesk.casefile.lookup import case_of, open_for_bureau, party_of
from execdesk.casefile.view import view_in
from execdesk.documents.texts import DocType
from execdesk.law.control import MEASURES
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.charge import DRAFTING
from execdesk.records.measures import Measure
from execdesk.store.act import Changes


@action(
    "document.propose", "拟写文书", CASE, Field("type", "文书", "choice", options="draftable_types", finds="draftable_types", start="draftable_type", leads=True),
    Field("matter", "报批事项", "choice", options="type_matters", start="type_matter"),
    Field("party", "针对的当事人", "choice", required=False, options="parties_or_none", start="aimed_party"),
    Field("measure", "查控措施", "choice", required=False, options="measures_or_none", start="aimed_measure", beside=True),
    Field("addressee", "受文者", "name", required=False, hint="不填的按文书种类和当事人确定"),
    Field("note", "报批理由", "long", required=False, hint="印在审批表的事实理由里"),
    button="拟写文书", matter="@type_matter", to_draft=True, menu=5, note="选定文书后填写报批的事项和对象；文书的内容在下一页填写。",
)
def propose_document(
    session: Session, *, case: str, type: str, matter: str, party: str | None = None, measure: str | None = None, addressee: str | None = None,
    note: str | None = None,
) -> Changes:
    """A request in a matter that the type serves, with a draft of the type.

    Raises Refusal ``document.unknown``, ``document.no_text``, ``document.matter`` for a matter it does not serve, ``document.measure``
    where its text speaks of a measure and none of the case is named, ``document.corrects`` for one that corrects another.
    """
    found = open_for_bureau(case_of(case))
    require_in_charge(session, found, DRAFTING, "拟写文书")
    kind = session.catalogue.type(type)
    session.catalogue.text(kind.id, session.day)
    _require_fit(session, found.id, kind, matter, measure)
    target = party_of(found, party) if party else None
    row = session.authority.matter(matter)
    title = f"{row.name if row else matter}{f'：{target.name}' if target else ''}"
    return open_with_paper(session, "document.propose", found, matter, title, kind, target, measure=measure, addressee=addressee, note=note)


def _require_fit(session: Session, case: str, kind: DocType, matter: str, measure: str | None) -> None:
    if matter in kind.matters and not kind.is_issued(matter):
        raise Refusal(
            f"《{kind.title}》不由本系统签发：打印后当场手填、签名，或者由有关机关作出后登记。", code="document.way", ways=(WayOn("打印笔录、表格", "form.print"),),
        )
    if matter not in kind.matters:
        known = "、".join(_matter_name(session, one) for one in _issued_under(kind))
        raise Refusal(f"《{kind.title}》不用于「{_matter_name(session, matter)}」，可用于：{known or '不单独报批'}。", code="document.matter")
    if sanctions(session, kind):
        raise Refusal(f"《{kind.title}》须依登记的妨害行为提请，请先登记行为，再从下一步提请。", code="document.act", ways=(WayOn("登记妨害行为", "obstruction.record"),))
    if kind.corrects:
        raise Refusal(f"《{kind.title}》须指明被补正的文书，请从「补正裁定」办理。", code="document.corrects", ways=(WayOn("补正裁定", "document.correct"),))
    row = Measure.get_or_none(Measure.id == measure, Measure.case == case, Measure.struck.is_null()) if measure else None
    if row is not None and not suiting(session, kind, [row]):
        raise Refusal(f"《{kind.title}》不用于{MEASURES[row.kind]}，请选择相应的措施或者另选文书。", code="document.measure")
    if (measure or speaks_of_measure(session, kind)) and row is None:
        raise Refusal(f"《{kind.title}》要写明查控措施，请选择本案的一项措施；还没有的，先办理查控。", code="document.measure")


def _matter_name(session: Session, matter: str) -> str:
    row = session.authority.matter(matter)
    return row.name if row else matter


def sanctions(session: Session, kind: DocType) -> bool:
    """Whether the type is a sanction, whose number 立案庭 gives: it is put forward for a recorded act only."""
    series = session.catalogue.series(kind.id, session.day)
    return series is not None and series.form == "entered"


def speaks_of_measure(session: Session, kind: DocType) -> bool:
    """Whether the text of the type draws on a measure."""
    return any(slot.source.startswith("measure.") for slot in session.catalogue.text(kind.id, session.day).slots.values())


def suiting(session: Session, kind: DocType, measures: Iterable[Measure]) -> list[Measure]:
    """The measures of which the text of the type can speak: their word is among its alternatives, where it has any."""
    slots = session.catalogue.text(kind.id, session.day).slots.values()
    words = next((slot.options for slot in slots if slot.source == "measure.action"), ())
    return [row for row in measures if not words or any(word.endswith(MEASURES[row.kind]) for word in words)]


def _issued_under(kind: DocType) -> tuple[str, ...]:
    """The matters under which the court issues the type: what is filled in by hand or made by others is not put forward."""
    return tuple(matter for matter in kind.matters if kind.is_issued(matter))


def fitting_types(context: FormContext) -> Iterator[DocType]:
    """The types with a text today that go forward with a matter, and of whose facts the case has any."""
    session, view = context.session, view_in(context)
    catalogue, day = session.catalogue, session.day
    for kind in catalogue.types:
        has_text = any(text.in_force(day) for text in catalogue.texts.get(kind.id, ()))
        if has_text and _issued_under(kind) and not kind.corrects and not sanctions(session, kind) and (not speaks_of_measure(session, kind) or suiting(session, kind, view.measures)):
            yield kind


@options("types_with_text")
def types_with_text(context: FormContext) -> Pairs:
    """The types with a text today."""
    catalogue, day = context.session.catalogue, context.session.day
    return [(kind.id, kind.title) for kind in catalogue.types if any(text.in_force(day) for text in catalogue.texts.get(kind.id, ()))]


@options("draftable_types", within="types_with_text")
def draftable_types(context: FormContext) -> Pairs:
    """The types that fit the case, each with who approves it."""
    deciders = Deciders.of(view_in(context))
    return [(kind.id, f"{kind.title}　{_matter_name(context.session, first)}（{deciders.who(first).words}）") for kind in fitting_types(context) for first in _issued_under(kind)[:1]]


@finds("draftable_types")
def types_meant(context: FormContext) -> Callable[[str], list[str]]:
    """The types whose matter is meant by the words."""
    kinds, meant = list(fitting_types(context)), matters_meant(context)
    return lambda text: [kind.id for kind in kinds if not set(kind.matters).isdisjoint(meant(text))]


def _chosen(context: FormContext) -> DocType | None:
    chosen, matter = context.told("type"), str(context.given.get("matter") or context.prefilled.get("matter") or "")  # a step names the matter, the form the type
    kinds = list(fitting_types(context))
    named = next((kind for kind in kinds if kind.id in (context.target, chosen)), None)
    return named or (next((kind for kind in kinds if matter in _issued_under(kind)), None) if matter and not chosen else None)


@start("draftable_type")
def draftable_type(context: FormContext) -> str | None:
    """The type that was chosen."""
    found = _chosen(context)
    return found.id if found else None


@options("type_matters", within="every_matter")
def type_matters(context: FormContext) -> Pairs:
    """The matters of the type chosen, with who approves each."""
    found, deciders = _chosen(context), Deciders.of(view_in(context))
    return [(one, f"{_matter_name(context.session, one)}（{deciders.who(one).words}）") for one in (_issued_under(found) if found else ())]


@start("type_matter")
def type_matter(context: FormContext) -> str | None:
    """The first matter of the type chosen."""
    found = _chosen(context)
    return _issued_under(found)[0] if found else None


@start("aimed_party")
def aimed_party(context: FormContext) -> str | None:
    """The first party in the role at which the type aims."""
    found = _chosen(context)
    role = (found.target or found.addressee) if found else ""
    return next((p.id for p in view_in(context).parties if role in (p.side, "parties")), None)


@start("aimed_measure")
def aimed_measure(context: FormContext) -> str | None:
    """The first measure, where the text of the type speaks of one."""
    found, view = _chosen(context), view_in(context)
    fit = suiting(context.session, found, view.measures) if found and speaks_of_measure(context.session, found) else []
    return fit[0].id if fit else None
