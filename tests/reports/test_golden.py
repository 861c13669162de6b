"""The golden pages: every form in ``make test``, every type and variant with plain and with the longest facts in ``make prove``."""

from __future__ import annotations

from collections import Counter

import pytest
from pytestqt.qtbot import QtBot

from execdesk.documents.texts import FORMS
from reports.render import PdfRenderer
from tests.documents.samples import catalogue
from tests.documents.specimens import TYPES, specimens
from tests.reports.golden import FOLDER, differences, kept_specimens, of_forms, of_types
from tests.reports.samples import ALL, OTHERS

ANEW = "if the new pages are right: python -m tests.reports.golden"


def test_the_pages_of_every_form_are_as_they_were(renderer: PdfRenderer, qtbot: QtBot) -> None:
    made = of_forms(renderer)
    assert {path.stem for path in (FOLDER / "forms").glob("*.txt")} == set(made), ANEW
    for name, now in made.items():
        assert not (found := differences((FOLDER / "forms" / f"{name}.txt").read_text("utf-8"), now)), (name, found[:20], ANEW)


@pytest.mark.slow
@pytest.mark.parametrize("type_id", TYPES)
def test_the_pages_of_every_type_are_as_they_were(renderer: PdfRenderer, qtbot: QtBot, type_id: str) -> None:
    [now] = of_types(renderer, type_id).values()
    assert not (found := differences((FOLDER / "types" / f"{type_id}.txt").read_text("utf-8"), now)), (found[:20], ANEW)


def test_every_form_and_every_variant_has_a_golden_page() -> None:
    """Nothing is left out: each form stands among the samples or the types, each type with a text and each of its variants is kept twice."""
    forms = {build().form for build in {**ALL, **OTHERS}.values()} | {catalogue().type(name).form for name in TYPES}
    assert forms == set(FORMS)
    assert set(TYPES) == set(catalogue().texts)
    variants = Counter(one.type_id for one in specimens() if one.about.startswith("one-"))
    assert Counter(one.type_id for one in kept_specimens()) == Counter({name: 2 * count for name, count in variants.items()})


def test_a_moved_line_and_another_word_are_seen() -> None:
    kept = "== a: 1 pages\n-- page 1\n裁定如下：\n00120\n"
    assert differences(kept, kept) == [] and differences(kept, kept.replace("00120", "00121")) == []
    assert differences(kept, kept.replace("00120", "00140")) == ["00120 -> 00140"]
    assert differences(kept, kept.replace("裁定", "决定")) == ["裁定如下： -> 决定如下："]
    assert differences(kept, kept + "多出的一行\n")[0] == "4 lines became 5"
