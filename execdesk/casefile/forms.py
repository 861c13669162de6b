"""What the case lends to forms: its parties as options, its facts as starting values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from execdesk.access.choices import called
from execdesk.access.providers import FormContext, Pairs, finds, options, start
from execdesk.access.session import Session, holders_of
from execdesk.casefile.partyfields import CHANGEABLE, SIDES
from execdesk.casefile.recovered import recovered_fen
from execdesk.casefile.routing import group_for
from execdesk.casefile.settings import bureau_settings
from execdesk.casefile.view import view_in
from execdesk.records.cases import Party

APPROVE = {"approve", "approve_delegated"}  # duties of posts that say yes to what others put forward


@options("parties")
def parties(context: FormContext) -> Pairs:
    """All parties with their sides."""
    return [(p.id, f"{p.name}（{dict(SIDES)[p.side]}）") for p in view_in(context).parties]


@options("debtors", within="parties")
def debtors(context: FormContext) -> Pairs:
    """The debtors."""
    return [(p.id, p.name) for p in view_in(context).debtors]


@options("natural_debtors")
def natural_debtors(context: FormContext) -> Pairs:
    """The debtors who are persons; all of them where none is."""
    found = view_in(context).debtors
    return [(p.id, p.name) for p in found if p.kind == "natural"] or [(p.id, p.name) for p in found]


@options("parties_or_none")
def parties_or_none(context: FormContext) -> Pairs:
    """One of the parties, or none."""
    return [(None, "不针对某一当事人"), *parties(context)]


@options("debtors_or_none", within="parties_or_none")
def debtors_or_none(context: FormContext) -> Pairs:
    """One of the debtors, or none."""
    return [(None, "未指明"), *debtors(context)]


@start("party")
def party(context: FormContext) -> str | None:
    """The party the form is about, else the first debtor, else the first party."""
    found = _party(context)
    return found.id if found else None


@start("debtor")
def debtor(context: FormContext) -> str | None:
    """The debtor the form is about, else the first."""
    known = [key for key, _words in debtors(context)]
    return context.target if context.target in known else next(iter(known), None)


@start("natural_debtor")
def natural_debtor(context: FormContext) -> str | None:
    """The debtor the form is about where he is a person, else the first who is."""
    known = [key for key, _words in natural_debtors(context)]
    return context.target if context.target in known else next(iter(known), None)


@start("party_now")
def party_now(context: FormContext) -> dict[str, Any]:
    """The facts of the party as they stand."""
    found = _party(context)
    return {one.name: getattr(found, one.name) for one in CHANGEABLE} if found else {}


def _party(context: FormContext) -> Party | None:
    view = view_in(context)
    return view.party(context.target) or next(iter([*view.debtors, *view.parties]), None)


@options("judges", spelt=called)
def judges(context: FormContext) -> Pairs:
    """Who may be put in charge: by the rule, or a judge of today."""
    return [(None, "按负荷规则"), *_holders(context.session, "judge")]


@options("clerks", spelt=called)
def clerks(context: FormContext) -> Pairs:
    """Who may be clerk, or nobody yet."""
    return [(None, "暂不指定"), *_holders(context.session, "clerk"), *_holders(context.session, "assistant")]


def _holders(session: Session, post: str) -> Pairs:
    return [(p.account or p.id, p.name) for p in holders_of(post, session.day)]


@options("case_kinds")
def case_kinds(context: FormContext) -> Pairs:
    """The kinds of case, or as the basis says."""
    return [(None, "按执行依据"), *((kind.id, kind.name) for kind in bureau_settings(context.session.resources).kinds)]


@start("opening_recovered")
def opening_recovered(context: FormContext) -> int | None:
    """What had come in before money was booked here, in fen."""
    fen: int | None = view_in(context).case.opening_recovered_fen
    return fen


@start("rest_of_claim")
def rest_of_claim(context: FormContext) -> int | None:
    """What is still to be recovered, in fen: for the amount of a freeze."""
    case = view_in(context).case
    return None if case.claim_fen is None else max(case.claim_fen - (recovered_fen(case) or 0), 0) or None


@start("obligation")
def obligation(context: FormContext) -> str | None:
    """What the effective document orders, as entered."""
    words: str | None = view_in(context).case.obligation
    return words


@start("basis_effective_on")
def basis_effective_on(context: FormContext) -> Any:
    """From when the effective document has effect, as entered."""
    return view_in(context).case.basis_effective_on


@start("group_proposed")
def group_proposed(context: FormContext) -> str | None:
    """The group proposed for a case that the plan does not place; none where it is placed, since a person moves it for his own reason."""
    view = view_in(context)
    return (group_for(context.session, view.case, list(view.parties)).proposal or None) if view.case.group is None else None


@start("case_kind")
def case_kind(context: FormContext) -> str | None:
    """The kind of case as it stands."""
    kind: str | None = view_in(context).case.kind
    return kind


@options("subjects")
def subjects(context: FormContext) -> Pairs:
    """The kinds of 特殊主体."""
    return [(s.id, s.name) for s in context.session.authority.data.subjects.values() if s.special]


@start("special_kinds")
def special_kinds(context: FormContext) -> list[str]:
    """The kinds flagged on the party."""
    found = _party(context)
    return list(found.special or []) if found else []


@start("special_source")
def special_source(context: FormContext) -> str | None:
    """On what the flags rest."""
    found = _party(context)
    return found.special_source if found else None


@options("matters", open=True)
def matters(context: FormContext) -> Pairs:
    """The matters that can be put forward; by its everyday name, or a matter in no list, which goes to 局长 (T01)."""
    return [(m.id, m.name) for m in context.session.authority.choosable()]


@options("matters_alone", open=True)
def matters_alone(context: FormContext) -> Pairs:
    """The matters that are put forward without a paper of this program: one that has its paper is begun with it, or it would end nowhere."""
    catalogue, day = context.session.catalogue, context.session.day
    own = {matter for kind in catalogue.types for matter in kind.matters if kind.is_issued(matter) and catalogue.has_text(kind.id, day)}
    return [(key, words) for key, words in matters(context) if key not in own and _has_an_end(context.session, key)]


def _has_an_end(session: Session, matter: str) -> bool:
    """Whether somebody at this court decides the matter today, and the bureau puts it forward."""
    table, day = session.authority, session.day
    level = table.data.levels[table.decide(matter, on=day).level]
    approving = [post for post in level.posts if APPROVE & set(session.organisation.posts[post].may)]
    return not level.elsewhere and any(holders_of(post, day) for post in approving)


@finds("matters")
def matters_meant(context: FormContext) -> Callable[[str], list[str]]:
    """The matters that everyday words mean; a reason is none."""
    table = context.session.authority
    return lambda text: [row.id for row in table.find(text) if not row.catch_all]


@start("matter_told")
def matter_told(context: FormContext) -> str | None:
    """The matter a step named."""
    chosen = context.prefilled.get("matter")
    return next((key for key, words in matters(context) if chosen in (key, words)), None)


@options("order_signers", spelt=called)
def order_signers(context: FormContext) -> Pairs:
    """Who may sign in the place of 院长."""
    return [(None, "院长"), *_holders(context.session, "vice_president")]
