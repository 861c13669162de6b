"""What must hold for moves beside the state, judged from the lines alone: what an act asks of the tables is asked of what its writer knew.

Each condition of the tables of moves stands here, or among those of which it is said why not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from execdesk.access.line_roles import ruling_of, signatories_of
from execdesk.records.measures import NOTHING_CAUGHT, MeasureState
from execdesk.records.moves import by_lines
from execdesk.records.papers import SIGNATURES, UNSIGNED, DocumentState
from execdesk.store.known import Values
from execdesk.store.ownerverifier import Writing

# Judged where who holds which post and certificate is: execdesk.access.authority_rules, and the kinds that OWNERS of incidents name.
WITH_AUTHORITY = frozenset({"at_once", "signs", "envelope", "needs_countersign", "no_countersign", "replaced", "by_root", "holder_left"})
NOT_BY_LINES: Mapping[str, str] = {
    "content_differs": "Whether a paper would still read as approved is worked out from law, texts and calendar in the editions of its writer, which "
    "another program need not have. What it does is harmless: an approval ends, and the paper goes back to its drafter.",
}


def _rows(writing: Writing, table: str, column: str, row: str) -> Iterator[tuple[str, Values]]:
    """The rows of a table that name a row, as the line leaves them."""
    known = dict(writing.known.below(writing.entry, table, column, row))
    for change in writing.entry.changes:
        if change.table == table and (change.row in known or (change.new and change.values.get(column) == row)):
            known[change.row] = {**known.get(change.row, {}), **change.values}
    yield from ((key, values) for key, values in known.items() if values.get("struck") is None)


def _fresh(writing: Writing, table: str) -> Iterator[Values]:
    yield from (change.values for change in writing.entry.changes if change.table == table and change.new)


# -- requests and panels -----------------------------------------------------------------------------------------------


@by_lines("last_step")
def last_step(writing: Writing) -> bool:
    """Whether nobody above must approve too."""
    ruling = ruling_of(writing, writing.before)
    return not ruling.ladder or writing.before["step"] + 1 >= len(ruling.path)


@by_lines("more_steps")
def more_steps(writing: Writing) -> bool:
    return not last_step(writing)


@by_lines("unused")
def unused(writing: Writing) -> bool:
    """Whether nothing of the request had become paper."""
    request = writing.row if writing.table == "Request" else writing.after.get("request")
    papers = writing.known.below(writing.entry, "Document", "request", request) if request else ()
    return not any(row.get("signed_on") and row["state"] != DocumentState.VOID and row.get("struck") is None for _, row in papers)


@by_lines("carried_out")
def carried_out(writing: Writing) -> bool:
    """Whether the request goes with no paper, and whoever statute names has signed. Permits are rows of other acts, asked at the desk."""
    if any(row["state"] != DocumentState.VOID for _, row in _rows(writing, "Document", "request", writing.row)):
        return False
    words = (row for _, row in writing.known.below(writing.entry, "Decision", "request", writing.row))
    signed = any(row["kind"] == "sign_issue" and row.get("content_hash") == writing.before.get("content_hash") for row in words)
    return signed or not ruling_of(writing, writing.before).statute_signer


@by_lines("paper_voided")
def paper_voided(writing: Writing) -> bool:
    """Whether the line declares a paper of the request void."""
    voided = (change.row for change in writing.entry.changes if change.table == "Document" and change.values.get("state") == DocumentState.VOID)
    return any(writing.value("Document", row).get("request") == writing.row for row in voided)


@by_lines("all_issued")
def all_issued(writing: Writing) -> bool:
    """Whether no paper of the request is left to sign."""
    return all(row["state"] not in UNSIGNED for _, row in _rows(writing, "Document", "request", writing.row))


@by_lines("content_changed")
def content_changed(writing: Writing) -> bool:
    """Whether the line freezes another content of a paper the panel sat on."""
    papers = dict(writing.known.below(writing.entry, "Document", "request", writing.after["request"]))
    return any(change.table == "Document" and change.row in papers and "content_hash" in change.values for change in writing.entry.changes)


# -- papers ------------------------------------------------------------------------------------------------------------


@by_lines("last_signer")
def last_signer(writing: Writing) -> bool:
    """Whether all who sign the paper have signed with this line."""
    signed = {row["person"] for _, row in _rows(writing, "KeptFile", "document", writing.row) if row["kind"] in SIGNATURES}
    return signed.issuperset(signatories_of(writing.before))


@by_lines("more_signers")
def more_signers(writing: Writing) -> bool:
    return not last_signer(writing)


@by_lines("unserved")
def unserved(writing: Writing) -> bool:
    """Whether the paper, or what ordered the measure, had not gone out."""
    if writing.table == "Measure":
        return writing.before.get("served_on") is None
    paper = writing.row if writing.table == "Document" else writing.before.get("document")
    return not paper or not any(row.get("struck") is None for _, row in writing.known.below(writing.entry, "Service", "document", paper))


@by_lines("no_keeper")
def no_keeper(writing: Writing) -> bool:
    """Whether nobody at the desk kept the seal."""
    return not any(post["site"] == writing.entry.data["site"] for post in writing.people.holders(writing.entry, "seal"))


# -- measures ----------------------------------------------------------------------------------------------------------


@by_lines("first_in_rank")
def first_in_rank(writing: Writing) -> bool:
    return bool(writing.after["rank"] == 1)


@by_lines("waiting")
def waiting(writing: Writing) -> bool:
    return bool(writing.after["rank"] > 1)


@by_lines("served_before")
def served_before(writing: Writing) -> bool:
    """Whether the line records a service of a paper earlier than one known of the same paper."""
    for fresh in _fresh(writing, "Service"):
        others = _rows(writing, "Service", "document", fresh["document"])
        if any(other["served_on"] > fresh["served_on"] for _, other in others):
            return True
    return False


@by_lines("in_time")
def in_time(writing: Writing) -> bool:
    """Whether a renewal took effect, not after an end that a paper or the unit has told. The end by law is left to the radar: it hangs on the
    days of rest as the writer's calendar had them."""
    told = [day for name in ("end_printed", "end_told") if (day := writing.before.get(name))]
    renewals = [row for _, row in _rows(writing, "Measure", "renewed_from", writing.row) if row["state"] == MeasureState.LIVE]
    return any(not told or (row.get("served_on") or "") <= min(told) for row in renewals)


@by_lines("too_late")
def too_late(writing: Writing) -> bool:
    """Whether it renews another measure; when that came to its end hangs on the law too (:func:`in_time`)."""
    return bool(writing.after.get("renewed_from"))


@by_lines("all_sent")
def all_sent(writing: Writing) -> bool:
    """Whether the line books money under the measure. What is then left of it is a sum over renewals, releases and answers, which each desk
    works out as it reads: a state that says otherwise shows there."""
    return any(row.get("measure") == writing.row and row["amount_fen"] > 0 for row in _fresh(writing, "Claiming"))


@by_lines("not_all_sent")
def not_all_sent(writing: Writing) -> bool:
    """Whether the line takes money back that was booked under the measure."""
    return any(row.get("measure") == writing.row and row["amount_fen"] < 0 for row in _fresh(writing, "Claiming"))


@by_lines("nothing_caught")
def nothing_caught(writing: Writing) -> bool:
    """Whether the line records that the unit found nothing, or refuses."""
    return any(row.get("measure") == writing.row and row["result"] in NOTHING_CAUGHT for row in _fresh(writing, "AssistReply"))


__all__ = ["NOT_BY_LINES", "WITH_AUTHORITY"]
