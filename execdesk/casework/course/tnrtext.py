"""What the ruling that ends this round tells of the case, and what proves its sentences: everything out of rows, nothing typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from execdesk.casefile.kinds import property_kinds
from execdesk.casefile.lookup import parties_of, rows_of
from execdesk.casework.course.inquiries import Inquiry, inquiries
from execdesk.casework.course.tnr import tnr_facts
from execdesk.documents.slots import body_date
from execdesk.drafting.around import CaseDocument, papers_of_case
from execdesk.drafting.claims import Lacking, Proof, claim
from execdesk.drafting.lent import FactsWanted, RecordedBy, fact
from execdesk.law.control import MEASURES
from execdesk.law.refusal import Refusal, WayOn
from execdesk.law.tnr import GATES, tnr_readiness
from execdesk.law.tnrfacts import Debtor, TnrFacts
from execdesk.law.tnrrules import MET
from execdesk.records.measures import Measure
from execdesk.records.papers import SIGNED
from execdesk.records.property import Property

Event = tuple[Any, str, str]  # its day, its words around the names of debtors, a name
_PUNISHED = {"fine": "对被执行人{}罚款", "detention": "决定对被执行人{}拘留"}
_TIMES, _SHOWN = 2, 4


@fact("tnr", "文书、送达、措施、查询和卷内材料", RecordedBy("file.enter", "登记卷内材料"))
def told_of_the_round(wanted: FactsWanted) -> dict[str, Any]:
    """What was done in the case until the signing day: ``measures``, ``sanctions``, ``inquiries`` and ``properties`` in words, ``queries`` and
    ``heard`` as lists; each empty where the case records nothing of it."""
    facts = tnr_facts(wanted.session, wanted.case, wanted.on)
    return {
        "measures": _told([*_served(facts.debtors), *_controlled(wanted)], wanted.on),
        "sanctions": _told(_sanctions(facts.debtors), wanted.on),
        "queries": list(_queries(wanted)),
        "inquiries": _told(_inquired(facts), wanted.on),
        "properties": "；".join(f"{thing.words}（{thing.reason}）" if thing.reason else thing.words for thing in facts.properties or ()),
        "heard": [_heard(one, wanted.on) for one in facts.heard],
    }


def _told(events: Iterable[Event], on: date) -> str:
    """Events until a day in their order, those of one day and kind together: 于2018年1月2日向被执行人甲、乙送达执行通知书."""
    grouped: dict[tuple[date, str], list[str]] = {}
    for day, words, name in events:
        if isinstance(day, date) and day <= on and name not in grouped.setdefault((day, words), []):
            grouped[day, words].append(name)
    return "，".join(f"于{body_date(day)}{words.format('、'.join(names))}" for (day, words), names in sorted(grouped.items(), key=lambda one: one[0][0]))


def _served(debtors: Iterable[Debtor]) -> Iterator[Event]:
    for debtor in debtors:
        yield debtor.notice_served_on, "向被执行人{}送达执行通知书", debtor.name
        yield debtor.order_served_on, "向被执行人{}送达报告财产令", debtor.name
        yield debtor.restricted_on, "向被执行人{}发出限制消费令", debtor.name


def _controlled(wanted: FactsWanted) -> Iterator[Event]:
    """The rulings by which property came under control; that one was renewed or set free later changes nothing of it."""
    orders = {kind.id for kind in wanted.session.catalogue.bearing("orders_control")}
    rulings: dict[str | None, CaseDocument] = {}
    for paper in papers_of_case(wanted.case.id):
        if paper.type_id in orders and paper.state in SIGNED and paper.signed_on is not None:
            first = rulings.get(paper.measure)
            rulings[paper.measure] = paper if first is None or first.signed_on is None or paper.signed_on < first.signed_on else first
    measures = [row for row in rows_of(Measure, wanted.case.id) if row.id in rulings and not row.renewed_from]
    things = {row.id: row for row in Property.select().where(Property.id.in_([row.property for row in measures]))} if measures else {}
    names, kinds = {party.id: party.name for party in parties_of(wanted.case.id)}, property_kinds(wanted.session.resources)
    for row in measures:
        thing, ruling = things[row.property], rulings[row.id]
        what = kinds.of(thing.kind).in_text(thing.identifiers).replace("{", "").replace("}", "")
        yield ruling.signed_on, f"以{ruling.number}执行裁定书裁定{MEASURES[row.kind]}被执行人{{}}{what}", names.get(row.party, "")


def _sanctions(debtors: Iterable[Debtor]) -> Iterator[Event]:
    for debtor in debtors:
        yield debtor.listed_on, "将被执行人{}纳入失信被执行人名单", debtor.name
        punished = [*(debtor.report.punishments or ()), *(one for act in debtor.obstructions or () for one in act.punishments or ())]
        yield from ((one.made_on, _PUNISHED[one.kind], debtor.name) for one in dict.fromkeys(punished) if one.kind in _PUNISHED and not one.annulled)
        yield debtor.crime_referred_on, "将被执行人{}移送追究刑事责任", debtor.name


def _inquired(facts: TnrFacts) -> Iterator[Event]:
    for debtor in facts.debtors:
        yield from ((day, f"现场查询被执行人{{}}的{head}", debtor.name) for head, day in debtor.spot)
        yield debtor.site_inquired_on, "到被执行人{}的住所地等处调查", debtor.name
        yield debtor.searched_on, "对被执行人{}搜查", debtor.name
        yield debtor.looked_for_on, "查找被执行人{}的下落", debtor.name
    for clue in facts.clues or ():
        yield clue.checked_on, "核实财产线索「{}」", clue.words.rstrip("。")


def _queries(wanted: FactsWanted) -> Iterator[dict[str, str]]:
    """A line for each debtor and sort of property: under which numbers and when it was asked, when it was answered, what was found."""
    for party in parties_of(wanted.case.id, "debtor"):
        by_head: dict[str, list[Inquiry]] = {}
        for one in inquiries(wanted.session, wanted.case.id, party.id, wanted.on):
            by_head.setdefault(one.head, []).append(one)
        for head, asked in by_head.items():
            answered = sorted({day for one in asked for day in one.answered})
            found = dict.fromkeys(words for one in asked for words in one.found)
            requests = "、".join(f"{body_date(one.sent_on)}{_number(one.number)}" for one in asked)
            yield {
                "person": party.name, "head": head, "requests": f"{requests}共{len(asked)}次" if len(asked) >= _TIMES else requests,
                "answered_on": "、".join(map(body_date, answered)), "found": "；".join(found),
            }


def _number(number: str) -> str:
    return f"（编号{number}）" if number else ""


def _heard(one: Any, on: date) -> dict[str, str]:
    """An applicant, when he was told and what he said to it; what has no row stays empty."""
    told, said = one.told_on, one.opinion_on
    spoke = isinstance(said, date) and said <= on
    return {
        "told_to": one.name, "told_on": told.isoformat() if isinstance(told, date) and told <= on else "",
        "opinion_on": said.isoformat() if spoke else "", "opinion": one.opinion_words.rstrip("。") if spoke else "",
    }


# -- what the ruling claims --------------------------------------------------------------------------------------------


def _gate(name: str, ways: tuple[tuple[str, str], ...], then: Callable[[TnrFacts], str] = lambda facts: "") -> Callable[[FactsWanted], Proof | Lacking]:
    """That a condition of 终本 stands on the signing day; ``then`` tells what lacks beside it."""

    def prove(wanted: FactsWanted) -> Proof | Lacking:
        offered = tuple(WayOn(words, f"{action}:{wanted.case.id}") for action, words in ways)
        facts = tnr_facts(wanted.session, wanted.case, wanted.on)
        try:
            gate = tnr_readiness(wanted.session.law, facts, wanted.on).gates[GATES.index(name)]
        except Refusal as refusal:
            return Lacking(refusal.text.rstrip("。"))
        if gate.verdict != MET:
            more = f"等 {len(gate.names)} 项" if len(gate.names) > _SHOWN else ""
            return Lacking(f"{gate.title}——{gate.verdict}（{'、'.join(gate.names[:_SHOWN])}{more}）", offered)
        return Lacking(lacks, offered) if (lacks := then(facts)) else Proof(f"{gate.title}——{gate.verdict}")

    return prove


def _unsaid(facts: TnrFacts) -> str:
    """Whose opinion is entered without what he said."""
    silent = "、".join(one.name for one in facts.heard if one.opinion_on is not None and not one.opinion_words)
    return f"{silent}的意见没有写明内容；请划去该项，写明内容重新登记" if silent else ""


_ENTER, _QUERY = ("file.enter", "登记卷内材料"), ("query.send", "登记网络查询")
claim("property_exhausted", lasting=True)(_gate("investigation", (_ENTER, _QUERY)))
claim("applicant_heard", lasting=True)(_gate("hearing", (_ENTER, ("file.strike", "划去卷内材料")), _unsaid))
