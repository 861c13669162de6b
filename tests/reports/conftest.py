"""One renderer and one authority for all tests of the pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from execdesk.documents.content import PageMarks
from reports.archive import to_archive
from reports.render import PdfRenderer
from reports.seal import draw_seal
from reports.signing import sign
from tests.reports import samples
from tests.reports.authority import Authority, authority

AT = datetime(2017, 8, 1, 1, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def renderer() -> PdfRenderer:
    return PdfRenderer(samples.FONTS)


@pytest.fixture(scope="session")
def ca() -> Authority:
    return authority()


@pytest.fixture(scope="session")
def signed(renderer: PdfRenderer, ca: Authority) -> bytes:
    """The two-page ruling of a demonstration store, signed by the judge and sealed."""
    pdf = to_archive(renderer.render(samples.two_pages(), PageMarks(sample=True)))
    one = sign(pdf, "Judge1", ca.issue("李明", "审判员"), certify=True, reason="裁定书签发", at=AT)
    picture = draw_seal(renderer.book, samples.COURT + "（样）")
    return sign(one, "CourtSeal", ca.issue(samples.COURT, "院印"), certify=False, reason="盖院印", at=AT, seal=picture)


Draw = Callable[[str], bytes]
