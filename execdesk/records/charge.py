"""What is done only by who is in charge of a case: declared once, named by the tables and asked by actions and by the judge of lines alike."""

from __future__ import annotations

from dataclasses import dataclass

GIVES = "assign"  # the duty of 局长, who gives cases and is in charge of each
REGISTRY = "register_case"  # the duty of 书记员, who enter what comes in for the whole bureau


@dataclass(frozen=True)
class InCharge:
    """One of some ``duties`` of posts, of one who is in charge of the case; who also holds the duty ``everywhere`` does it in every case."""

    duties: tuple[str, ...]
    everywhere: str = ""


DRAFTING = InCharge(("draft", "undertake"))  # requests and papers, and what they are about
APPLYING = InCharge(("apply", "apply_for_judge", "undertake"))  # requests without a paper; what becomes of a request
OPENING = InCharge(("draft", "apply", "apply_for_judge", "undertake"))  # either of them
FINDING = InCharge(("undertake",))  # what a judge alone finds
WATCHING = InCharge(("carry_out", "undertake", "draft"))  # what was seen outside
NOTING = InCharge(("draft", "undertake", "carry_out"), REGISTRY)  # notes, property, who is one with whom
KEEPING = InCharge((REGISTRY, "draft", "undertake"), REGISTRY)  # the facts of a case and of its parties
ANSWERING = InCharge(("record_receipt",), REGISTRY)  # money and answers that come in
