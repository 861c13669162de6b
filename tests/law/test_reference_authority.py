"""The approval table and the catalogue of documents held to the references they were taken from; each difference is named with its reason."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from typing import Any

import pytest

from execdesk.documents.texts import DocType
from execdesk.documents.typefile import read_types
from execdesk.law.matters import Matter
from tests.law.reference_files import full_width, reference
from tests.law.support import LAW, table

FIRST = date(2017, 8, 1)
# Read into the plan by statute (T04), or as imposed (A5); told of by a figure of the law; one level for every way of disposal; two branches.
ADDED_MATTERS = {"recusal_officer", "recusal_president", "recusal_assistant"}
ADDED_VARIANTS = {"T04", "A5", "T01", "special.cppcc_detention", "special.government_listing_filing", "statute_signer_when"}
# The bank's own form of notice goes with a waiting or a renewed freeze as well, and the ruling on a freeze with a waiting one.
ADDED_PAPERS = {
    ("ruling_freeze", "waiting_control"), ("notice_assist_deposit", "waiting_control"), ("notice_assist_deposit", "renew_control"),
    *(("decision_recusal", matter) for matter in ADDED_MATTERS),
}  # fmt: skip
FACTS = {"third party buys": "result=third_party_buys", "special_subject=人大代表": "special_subject=人大代表"}
PLAIN = ("level", "plan_article", "plan_phrase", "panel", "via", "special_variant", "variant_of", "convention", "delegate")
IN_WORDS = {"derived"}  # the reference says some of it in English


@cache
def rows() -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in reference("authority.yaml")["matters"]}


@cache
def catalogue() -> dict[str, DocType]:
    """The types of the catalogue's own file; those that a text file brings are not of the reference."""
    folder = LAW.parent / "documents"
    types = read_types(folder)
    return {row["id"]: types[row["id"]] for row in tomllib.loads((folder / "catalogue.toml").read_text(encoding="utf-8"))["document"]}


def test_every_matter_of_the_reference() -> None:
    assert set(table().data.matters) == set(rows()) | ADDED_MATTERS
    assert {key for key, row in table().data.matters.items() if row.added} == ADDED_MATTERS
    for key, row in rows().items():
        found: Matter = table().data.matters[key]
        wanted = {name: row.get(name, "") for name in PLAIN}
        assert {name: getattr(found, name) for name in PLAIN} == wanted, key
        assert (found.name, found.statute_signer) == (full_width(row["name"]), row.get("statute_signer", "")), key
        assert set(found.documents) == {*row["documents"], *(paper for paper, matter in ADDED_PAPERS if matter == key)}, key
        assert [token.partition(":")[2] if not token.startswith("p:") else token for token in found.basis] == row["basis"], key
        assert (found.catch_all, found.urgent_variant, found.confirmed) == (
            row.get("catch_all", False), row.get("urgent_variant", False), row.get("confirmed", True),
        ), key  # fmt: skip
        assert str(found.valid_from or "") == row.get("valid_from", ""), key
        assert found.approver == row.get("approver", "").partition(" ")[0], key


def test_every_level_and_signer_branch_of_the_reference() -> None:
    """A matter with branches has another level, or no signer, on one of them; the other is as the row says."""
    branched = {key: row for key, row in rows().items() if "branches" in row}
    for key, row in branched.items():
        duty, discretion = row["branches"]
        weighed, bound = (table().decide(key, on=FIRST, circumstances=facts) for facts in ((), ("duty",)))
        assert (bound.level, bound.statute_signer) == (duty["level"], ""), key
        assert (weighed.level, weighed.statute_signer) == (row["level"], row["statute_signer"]), key
        assert duty["tell"] == "president" and bound.extra.startswith("告知院长")
        found = table().data.matters[key]
        assert (list(found.duty), list(found.discretion)) == (duty["grounds"], discretion.get("grounds", []))
        assert (discretion["level"], row["statute_signer_when"]) == ("as_imposed", "discretion")
    assert {row.id for row in table().choosable() if row.duty} == set(branched)
    panel = {key for key, row in rows().items() if row.get("statute_signer_when") == "panel_branch"}
    assert panel == {"terminate_this_round"}
    assert table().decide("terminate_this_round", on=FIRST, circumstances={"applicant_signed"}).statute_signer == ""


def test_every_variant_of_the_reference() -> None:
    listed = {(row["matter"], FACTS.get(row["when"], row["when"]), row["to"], row["level"]) for row in reference("authority.yaml")["variants"]}
    found = {(row.matter, row.when, row.to, row.level) for row in table().data.variants}
    by_level = {key for key in found if key[1] in {"special_subject=县级以上人大代表", "special_subject=乡镇人大代表"}}  # 人大代表 by its level
    added = {(row.matter, row.when, row.to, row.level) for row in table().data.variants if row.added}
    assert found - added - by_level == listed
    assert {row.added for row in table().data.variants if row.added} == ADDED_VARIANTS


def test_the_rest_of_the_reference() -> None:
    source, data = reference("authority.yaml"), table().data
    assert [row["id"] for row in source["rules"]] == list(data.rules)
    assert [row["id"] for row in source["ambiguities"]] == [row.id for row in data.ambiguities]
    assert {row["id"]: (row["name"], row["rank"]) for row in source["levels"]} == {
        level.id: (level.name, level.rank) for level in data.levels.values() if level.rank
    }
    (ladder,) = source["ladder_before_reform"]
    assert (str(data.ladder.valid_to), list(data.ladder.steps), data.ladder.confirmed) == (ladder["valid_to"], ladder["steps"], ladder["confirmed"])
    assert (data.plan.title, data.plan.doc_no, str(data.plan.effective)) == (source["plan"]["title"], source["plan"]["doc_no"], source["plan"]["effective"])


def test_every_document_has_its_way_and_its_matters() -> None:
    listed = {row["id"]: row for row in reference("documents.yaml")["docs"]}
    assert set(catalogue()) == set(listed)
    for key, row in listed.items():
        found = catalogue()[key]
        wanted = [*(matter for matter in row.get("matters") or () if matter != "none"), *(matter for paper, matter in ADDED_PAPERS if paper == key)]
        assert sorted(found.matters) == sorted(wanted), key
        assert (found.way, found.way_when) == (row["way"], row.get("way_when") or {}), key


def test_catalogue_and_table_mirror_each_other() -> None:
    """Each document stands with its matters in the table, and each matter with its documents in the catalogue; none stands in no row."""
    by_table = {(document, row.id) for row in table().choosable() for document in row.documents}
    by_catalogue = {(key, matter) for key, row in catalogue().items() for matter in row.matters}
    assert by_table == by_catalogue


def test_what_the_plan_calls_a_matter_is_no_longer_where_a_document_points() -> None:
    """No document points at a catch-all, which nobody can choose."""
    for row in catalogue().values():
        for matter in row.matters:
            assert not table().data.matters[matter].catch_all


@pytest.mark.parametrize("key", ["receipt_service", "form_measure", "ann_service", "decision_sanction_reconsider"])
def test_papers_that_need_no_approval_of_their_own(key: str) -> None:
    assert catalogue()[key].matters == ()
