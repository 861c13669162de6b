"""Effects of papers: functions registered under a name, which the data of a document type name for what happens to a paper.

Issuing and serving call them by what happened and know none of them. An effect works in the open act, and may return sentences for
the person who acts; it never opens an act of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from execdesk.access.session import Session
from execdesk.documents.texts import DocType
from execdesk.records.cases import Case, Party
from execdesk.records.measures import AssistReply, Measure
from execdesk.records.papers import Document
from execdesk.store.act import Act

_SIDES = {"applicant": "applicant", "debtor": "debtor", "third": "third_party"}  # side of a party → its role before a paper


@dataclass(frozen=True)
class Event:
    """What happened to a paper: ``kind`` (issued, served, answered, void …) on ``day``, for somebody in ``role``, with ``result``.

    ``day`` is the day of the thing itself: of signing, of service, of the answer's arrival; ``answer`` the row of an answer.
    """

    session: Session
    act: Act
    document: Document
    kind: str
    day: date
    role: str = ""
    result: str = ""
    answer: AssistReply | None = None

    @cached_property
    def type(self) -> DocType:
        """The document's type."""
        kind: DocType = self.session.catalogue.type(self.document.type_id)
        return kind

    @cached_property
    def case(self) -> Case:
        """The case, as it stands in the act when first asked for."""
        return self.act.get(Case, self.document.case)

    @cached_property
    def measure(self) -> Measure | None:
        """The measure that the document goes with, if any, as it stands in the act when first asked for.

        An answer says itself of which: of one that was renewed meanwhile it tells of the one that goes on.
        """
        row = self.answer.measure if self.answer is not None else self.document.measure
        return self.act.get(Measure, row) if row else None


Effect = Callable[[Event], "str | None"]
EFFECTS: dict[str, Effect] = {}


def effect(name: str) -> Callable[[Effect], Effect]:
    """Register a function of one event under a name; it may return a sentence for the person, without the full stop."""

    def register(function: Effect) -> Effect:
        if name in EFFECTS:
            raise ValueError(f"effect {name} is registered twice")
        EFFECTS[name] = function
        return function

    return register


def happened(
    session: Session, act: Act, document: Document, kind: str, day: date, *, role: str = "", result: str = "",
    answer: AssistReply | None = None,
) -> tuple[str, ...]:
    """Run what the document's type names for what happened, in the order of its data; what the effects have to say."""
    event = Event(session, act, document, kind, day, role, result, answer)
    names = event.type.effects_of(kind, role, result, variant_of(document))
    return tuple(told for name in names if (told := EFFECTS[name](event)))


def variant_of(document: Document) -> str:
    """What the draft chose of what the title of its type leaves open."""
    return str((document.inputs or {}).get("action", ""))


def role_of(session: Session, document: Document, recipient: str) -> str:
    """In what role somebody is served: as the paper's addressee, else as a party of the case; empty for anybody else."""
    if recipient == document.addressee:
        addressee: str = session.catalogue.type(document.type_id).addressee
        return addressee
    party = Party.get_or_none(Party.case == document.case, Party.name == recipient, Party.struck.is_null())
    return _SIDES[party.side] if party is not None else ""
