"""Who gets a case: the ledger's judge, the former handler of a resumed case, the judge of a related one, or the least weighted load in the group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

from peewee import fn

from execdesk.access.session import Session, posts_on
from execdesk.casefile.lookup import assigned
from execdesk.casefile.settings import BureauSettings, bureau_settings
from execdesk.records.cases import Assignment, Case, CaseState, Party
from execdesk.records.court import Group
from execdesk.records.people import GrantState, Person, Post
from execdesk.store.act import Act

RESUMED = "执恢"


@dataclass(frozen=True)
class Load:
    """Open cases of a judge and their weight."""

    person: Person
    cases: int
    weight: float


def judges_of(group: str, day: date) -> list[Person]:
    """The judges of a group on a day."""
    query = (
        Person.select().join(Post, on=(Post.person == Person.id))
        .where(
            Post.post == "judge", Post.group == group, Post.state == GrantState.EFFECTIVE, Post.struck.is_null(),
            Post.starts_on <= day, Post.ends_on.is_null() | (Post.ends_on >= day),
        ).order_by(Person.account)
    )
    return list(query)


def loads(session: Session, judges: list[Person], day: date) -> list[Load]:
    """The weighted load of each judge on a day: open cases by type, amount and number of debtors."""
    settings = bureau_settings(session.resources)
    debtors: Any = (
        Party.select(Party.case, fn.COUNT(Party.id).alias("n"))
        .where(Party.side == "debtor", Party.struck.is_null()).group_by(Party.case)
    )
    counted = {row["case"]: row["n"] for row in debtors.dicts()}
    found = []
    for judge in judges:
        cases: Any = (
            Case.select(Case.id, Case.type_code, Case.claim_fen).join(Assignment, on=(Assignment.case == Case.id))
            .where(
                Assignment.person == judge.id, Assignment.role == "judge", Assignment.struck.is_null(),
                Assignment.starts_on <= day, Assignment.ends_on.is_null() | (Assignment.ends_on >= day),
                Case.state == CaseState.OPEN, Case.struck.is_null(),
            )
        )
        rows = list(cases.dicts())
        weight = sum(case_weight(settings, r["type_code"], r["claim_fen"], counted.get(r["id"], 1)) for r in rows)
        found.append(Load(judge, len(rows), round(weight, 2)))
    return found


def case_weight(settings: BureauSettings, kind: str, claim_fen: int | None, debtors: int) -> float:
    """What one open case weighs: by type, by amount, by the number of debtors beyond the first."""
    return weight_of(settings, kind, 1, max(0, debtors - 1), int((claim_fen or 0) > settings.claim_over_fen))


def weight_of(settings: BureauSettings, kind: str, cases: int, further: int, large: int) -> float:
    """What open cases of a type weigh together: ``further`` are their debtors beyond the first of each, ``large`` those over the amount."""
    return settings.type_weight.get(kind, 1.0) * cases + settings.extra_debtor_adds * further + settings.claim_adds * large


def related_case(parties: list[Party], exclude: str) -> Case | None:
    """An open case in the bureau with the same debtor, by number of identity."""
    numbers = [p.id_no for p in parties if p.side == "debtor" and p.id_no]
    if not numbers:
        return None
    found: Case | None = (
        Case.select().join(Party, on=(Party.case == Case.id))
        .where(
            Party.id_no.in_(numbers), Party.side == "debtor", Party.struck.is_null(), Case.id != exclude,
            Case.state == CaseState.OPEN, Case.struck.is_null(),
        ).order_by(Case.filed_on, Case.id).first()
    )
    return found


def same_basis(basis_no: str) -> Any:
    """Cases on the same basis, as far as both name one."""
    return (Case.basis_no == basis_no) | Case.basis_no.is_null() if basis_no else Case.id != ""


def former_handler(kind: str, basis_no: str, numbers: Sequence[str], day: date) -> tuple[Person, Case] | None:
    """The judge of the last closed case of these debtors which a resumed one takes up again, if he still is a judge on the day."""
    if kind != RESUMED or not numbers:
        return None
    query = (
        Case.select().join(Party, on=(Party.case == Case.id))
        .where(
            Party.id_no.in_(list(numbers)), Party.side == "debtor", Party.struck.is_null(), Case.struck.is_null(), Case.state == CaseState.CLOSED,
            same_basis(basis_no),
        ).order_by(Case.closed_on.desc(), Case.id.desc())
    )
    for case in query:
        held = (
            Person.select().join(Assignment, on=(Assignment.person == Person.id))
            .where(Assignment.case == case.id, Assignment.role == "judge", Assignment.struck.is_null())
            .order_by(Assignment.starts_on.desc(), Assignment.id.desc()).first()
        )
        if held is not None:
            return (held, case) if is_judge(held.id, day) else None
    return None


def is_judge(person: str, day: date) -> bool:
    """Whether a person is a judge of the bureau on a day."""
    return any(post.post == "judge" for post in posts_on(person, day))


def former_reason(number: str, name: str) -> str:
    """Why a resumed case goes to its former handler."""
    return f"恢复执行案件，原案 {number} 由{name}承办，仍由其办理"


def assign_by_rule(session: Session, act: Act, case: Case, parties: list[Party], judge: Person | None = None) -> Person | None:
    """Give a case to a judge inside an open act, with the reason: named judge, former handler of a resumed case, related case, least load."""
    if judge is not None:
        return give_role(act, case, judge, f"台账载明承办人{judge.name}", "ledger")
    numbers = [p.id_no for p in parties if p.side == "debtor" and p.id_no]
    former = former_handler(case.type_code, case.basis_no or "", numbers, act.day)
    if former is not None:
        return give_role(act, case, former[0], former_reason(former[1].number, former[0].name), "former")
    related = related_case(parties, case.id)
    if related is not None:
        holder = assigned(related.id, "judge", act.day)
        if holder is not None:
            return give_role(act, case, holder, f"被执行人相同的 {related.number} 由{holder.name}承办，关联案件一并办理", "related")
    candidates = loads(session, judges_of(case.group, act.day), act.day) if case.group else []
    if not candidates:
        return None
    least = reduce(lambda a, b: b if b.weight < a.weight else a, candidates)
    others = "、".join(f"{c.person.name} {c.weight:g}" for c in candidates)
    return give_role(act, case, least.person, f"本组加权负荷最轻（{others}）", "least_load")


def give_role(act: Act, case: Case, person: Person, reason: str, rule: str, starts_on: date | None = None) -> Person:
    act.add(Assignment(case=case.id, person=person.id, role="judge", starts_on=starts_on or case.filed_on, reason=reason, rule=rule))
    return person


def end_role(act: Act, case: str, role: str, last_day: date) -> None:
    """End who holds a role in a case, the day before the next one begins."""
    query = Assignment.select().where(
        Assignment.case == case, Assignment.role == role, Assignment.struck.is_null(), Assignment.ends_on.is_null()
    )
    for held in query:
        act.change(act.get(Assignment, held.id), ends_on=max(last_day, held.starts_on))


def group_name(row: str | None) -> str:
    """The name of a group, or 未定组."""
    found = Group.get_or_none(Group.id == row) if row else None
    return found.name if found else "未定组"
