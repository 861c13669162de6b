"""The lines of the party block, in the order of the court: each principal, then who speaks for him."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from execdesk.documents.facts import Individual, PartyFacts, Representative
from execdesk.documents.slots import body_date
from execdesk.documents.template import PlainWords
from execdesk.documents.texts import Wording

_LINE = {"natural": "natural", "legal": "legal", "organisation": "legal", "business": "business"}
_AGENT = {
    "legal": "legal_representative", "head": "head", "guardian": "guardian", "lawyer": "lawyer", "staff": "staff",
    "other": "other",
}  # fmt: skip


def party_lines(parties: Sequence[PartyFacts], roles: Sequence[str], wording: Wording) -> Iterator[str]:
    """One line for each party of ``roles`` in that order, the role repeated, never numbered; agents after their principal."""
    for role in roles:
        for party in parties:
            if party.role == role:
                yield party_line(party, wording)
                yield from (_agent_line(agent, wording) for agent in party.representatives)


def party_line(party: PartyFacts, wording: Wording) -> str:
    """被执行人：林例一，男，1980年3月5日出生，…; what is unknown is left out."""
    values = _person_words(party) | {"role": party.role}
    if party.operator is not None:
        values["operator"] = wording.parties["operator"].render(PlainWords(_person_words(party.operator)))
    return wording.parties[_LINE[party.kind]].render(PlainWords(values))


def unknown_details(party: PartyFacts) -> dict[str, str]:
    """What the formula asks for and the case does not know: its words by field."""
    natural = {"sex": "性别", "born_on": "出生日期", "ethnicity": "民族", "address": "住址"}
    asked = natural if party.kind == "natural" else {"address": "住所地"}
    return {name: label for name, label in asked.items() if not getattr(party, name)}


def _person_words(person: PartyFacts | Individual) -> dict[str, str]:
    return {
        "name": person.name, "sex": person.sex, "ethnicity": person.ethnicity, "occupation": person.occupation,
        "address": person.address, "id_no": person.id_no,
        "born_on": body_date(person.born_on) if person.born_on else "",
    }  # fmt: skip


def _agent_line(agent: Representative, wording: Wording) -> str:
    values = {
        "name": agent.name, "post": agent.post, "unit": agent.unit if agent.post else "", "firm": agent.firm,
        "description": agent.description,
    }  # fmt: skip
    if agent.kind == "staff":
        values["unit"] = agent.unit
    return wording.parties[_AGENT[agent.kind]].render(PlainWords(values))
