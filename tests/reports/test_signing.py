"""Signatures: order, certification, tokens, the forged overlay, flipped bits, revocation, wet-seal copies."""

from __future__ import annotations

import hashlib
import io
import random
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12

from execdesk.documents.content import PageMarks
from execdesk.law.refusal import Refusal
from reports.archive import archived, to_archive, without_seal
from reports.keys import SoftwareKey, TokenKey
from reports.render import PdfRenderer
from reports.seal import draw_seal
from reports.signing import sign
from reports.verification import examine, text
from tests.reports import samples
from tests.reports.authority import Authority
from tests.reports.conftest import AT
from tests.reports.gallery import overlay
from tests.tokens import MODULE, Drawer


def tool(*command: str, check: bool = True) -> str:
    done = subprocess.run(command, capture_output=True, check=check)
    return done.stdout.decode() + done.stderr.decode()


def faults(pdf: bytes) -> str:
    """Everything wrong with the bytes, in one text."""
    found = examine(pdf)
    return "；".join([found.unreadable, *found.faults, *(fault for one in found.signatures for fault in one.faults)]).strip("；")


def whole(pdf: bytes) -> bool:
    """Signed by somebody, and nothing wrong."""
    return bool(examine(pdf).signatures) and not faults(pdf)


def on_disk(folder: Path, pdf: bytes) -> str:
    path = folder / "signed.pdf"
    path.write_bytes(pdf)
    return str(path)


def test_a_signed_ruling_is_valid_here_and_elsewhere(signed: bytes, tmp_path: Path) -> None:
    found = examine(signed)
    assert whole(signed) and found.pending == ()
    assert [(s.field, s.seal, s.name, s.post) for s in found.signatures] == [
        ("Judge1", False, "李明", "审判员"),
        ("CourtSeal", True, samples.COURT, "院印"),
    ]
    assert all(s.stated == AT for s in found.signatures)
    assert found.signatures[1].revision == hashlib.sha256(signed).hexdigest()
    path = on_disk(tmp_path, signed)
    said = tool("pdfsig", "-nocert", path)
    assert said.count("Signature is Valid") == 2 and "Total document signed" in said
    assert said.count("Aug 01 2017") == 2
    assert "No syntax or stream encoding errors" in tool("qpdf", "--check", path)
    assert "李犇" in tool("pdftotext", path, "-")


def test_the_first_revision_is_certified_for_form_filling(signed: bytes) -> None:
    with pikepdf.open(io.BytesIO(signed)) as document:
        first, second = document.Root.AcroForm.Fields
        params = first.V.Reference[0].TransformParams
        assert (params.P, str(document.Root.Perms.DocMDP.SubFilter)) == (2, "/ETSI.CAdES.detached")
        assert "/Reference" not in second.V


def test_pages_are_untouched_by_signing(renderer: PdfRenderer, signed: bytes) -> None:
    bare = to_archive(renderer.render(samples.two_pages(), PageMarks(sample=True)))
    assert signed.startswith(bare)
    assert text(signed) == text(bare)


def test_judge_alone_leaves_the_seal_pending(renderer: PdfRenderer, ca: Authority) -> None:
    one = sign(to_archive(renderer.render(samples.two_pages())), "Judge1", ca.issue("李明"), certify=True, reason="签发", at=AT)
    assert whole(one) and examine(one).pending == ("CourtSeal",)


def test_panel_of_three_then_seal(renderer: PdfRenderer, ca: Authority) -> None:
    pdf = to_archive(renderer.render(samples.panel()))
    for n, name in enumerate(("李明", "买买提·吐尔逊", "王小丫"), 1):
        pdf = sign(pdf, f"Judge{n}", ca.issue(name), certify=n == 1, reason="合议庭签名", at=AT + timedelta(hours=n))
    pdf = sign(pdf, "CourtSeal", ca.issue(samples.COURT), certify=False, reason="", at=AT + timedelta(days=1))
    assert whole(pdf) and len({one.revision for one in examine(pdf).signatures}) == 4


def test_unseen_signature(renderer: PdfRenderer, ca: Authority) -> None:
    pdf = to_archive(renderer.render(samples.notice()))
    one = sign(pdf, "Judge1", ca.issue("李明"), certify=True, reason="签发", at=AT)
    assert whole(one)
    assert _picture(one, 1) == _picture(pdf, 1)


def _picture(pdf: bytes, page: int, dpi: int = 40) -> bytes:
    command = ["pdftoppm", "-r", str(dpi), "-f", str(page + 1), "-l", str(page + 1), "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout


def test_seal_is_42_mm_red_and_only_in_its_box(renderer: PdfRenderer, signed: bytes) -> None:
    dpi = 254  # ten dots to the millimetre
    red = _red_box(_picture(signed, 1, dpi))
    assert abs(red[2] - red[0] - 420) <= 2 and abs(red[3] - red[1] - 420) <= 2
    x0, y0, _, y1 = renderer.render(samples.two_pages()).fields[-1].box
    assert abs(red[0] - x0 * dpi / 72) <= 2 and abs(red[1] - (297 * 10 - y1 * dpi / 72)) <= 2


@pytest.mark.parametrize("day", [date(2018, 1, 2), date(2017, 12, 31), date(2017, 11, 11), date(2018, 6, 10)], ids=str)
def test_black_strokes_of_the_date_show_through_the_seal(renderer: PdfRenderer, ca: Authority, day: date) -> None:
    bare = to_archive(renderer.render(replace(samples.two_pages(), signed_on=day)))
    one = sign(bare, "Judge1", ca.issue("李明"), certify=True, reason="", at=AT)
    sealed = sign(one, "CourtSeal", ca.issue(samples.COURT), certify=False, reason="", at=AT, seal=draw_seal(renderer.book, samples.COURT))
    before, after = (_dark(_picture(pdf, 1, 150)) for pdf in (bare, sealed))
    from PIL import ImageChops

    assert before.getbbox() and ImageChops.subtract(before, after).getbbox() is None


def _dark(ppm: bytes) -> Any:
    """A mask of the black points: what the eye reads as ink of the printer."""
    from PIL import Image, ImageChops

    red, green, blue = Image.open(io.BytesIO(ppm)).convert("RGB").split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue).point(lambda level: 255 if level < 120 else 0)


def _red_box(ppm: bytes) -> tuple[int, int, int, int]:
    from PIL import Image

    image = Image.open(io.BytesIO(ppm)).convert("RGB")
    red, green, _ = image.split()
    mask = Image.eval(red, lambda v: 255 if v > 150 else 0)
    dark = Image.eval(green, lambda v: 255 if v < 90 else 0)
    from PIL import ImageChops

    box = ImageChops.multiply(mask, dark).getbbox()
    assert box is not None
    return box


def test_a_copy_for_wet_sealing_shows_the_frozen_pages_without_seal(renderer: PdfRenderer, signed: bytes) -> None:
    bare = renderer.render(samples.two_pages(), PageMarks(sample=True)).pdf
    copy = without_seal(signed)
    assert copy == without_seal(signed)
    assert [_picture(copy, n) for n in (0, 1)] == [_picture(bare, n) for n in (0, 1)]
    assert _picture(copy, 1) != _picture(signed, 1)
    assert not examine(copy).signatures


def test_forged_overlay_is_refused_though_pdfsig_calls_it_valid(signed: bytes, tmp_path: Path) -> None:
    forged = overlay(signed)
    assert tool("pdfsig", "-nocert", on_disk(tmp_path, forged)).count("Signature is Valid") == 2
    assert f"签名之后文件又被添加了内容（末尾{len(forged) - len(signed)}个字节不在任何签名之内）" in faults(forged)
    assert "签名之后文件被作了不允许的改动" in faults(forged)


def test_overlay_before_the_seal_is_refused_too(renderer: PdfRenderer, ca: Authority) -> None:
    one = sign(to_archive(renderer.render(samples.two_pages())), "Judge1", ca.issue("李明"), certify=True, reason="", at=AT)
    forged = sign(overlay(one), "CourtSeal", ca.issue(samples.COURT), certify=False, reason="", at=AT)
    found = examine(forged)
    assert [bool(s.faults) for s in found.signatures] == [True, False]
    assert found.faults == ("第3次修订没有人签名",)


def test_flipped_bits_are_found(signed: bytes) -> None:
    rng = random.Random(2017)
    covered = [n for n in range(len(signed)) if not in_hole(signed, n)]
    for place in rng.sample(covered, 40):
        broken = bytearray(signed)
        broken[place] ^= 1 << rng.randrange(8)
        assert not whole(bytes(broken)), place


def in_hole(pdf: bytes, place: int) -> bool:
    """Whether a byte lies in a signature's own hexadecimal value, which no signature covers."""
    begin = pdf.rfind(b"/Contents <", 0, place + 11)
    return begin >= 0 and begin <= place <= pdf.find(b">", begin)


@pytest.mark.parametrize("bad", [b"", b"%PDF-1.7", b"hello", b"\x00" * 1000])
def test_no_pdf_at_all(bad: bytes) -> None:
    assert examine(bad).unreadable and not examine(bad).signatures


def test_truncated_file(signed: bytes) -> None:
    assert not whole(signed[: len(signed) // 2])


def test_nobody_signs_with_a_certificate_that_is_over(renderer: PdfRenderer, ca: Authority) -> None:
    key = ca.issue("李明", "审判员", end=datetime(2018, 1, 1, tzinfo=UTC))
    pdf = to_archive(renderer.render(samples.two_pages()))
    assert whole(sign(pdf, "Judge1", key, certify=True, reason="", at=AT))
    with pytest.raises(Refusal) as refused:
        sign(pdf, "Judge1", key, certify=True, reason="", at=datetime(2018, 5, 1, tzinfo=UTC))
    assert refused.value.code == "key.expired"


def test_order_is_enforced(renderer: PdfRenderer, ca: Authority, signed: bytes) -> None:
    pdf, key = to_archive(renderer.render(samples.two_pages())), ca.issue("李明")
    one = sign(pdf, "Judge1", key, certify=True, reason="", at=AT)
    for given, field, certify, code in (
        (pdf, "Judge1", False, "signature.order"),
        (one, "CourtSeal", True, "signature.order"),
        (one, "Judge1", False, "signature.taken"),
        (pdf, "Judge9", True, "signature.field"),
    ):
        with pytest.raises(Refusal) as refused:
            sign(given, field, key, certify=certify, reason="", at=AT)
        assert refused.value.code == code


def test_pkcs12(ca: Authority) -> None:
    key = ca.issue("李明", "审判员")
    data = pkcs12.serialize_key_and_certificates(
        b"judge", key.key, key.certificate, list(key.chain), serialization.BestAvailableEncryption(b"demo")
    )
    opened = SoftwareKey.from_pkcs12(data, "demo")
    assert opened.certificate == key.certificate and set(opened.chain) == set(key.chain)
    for bad in ("wrong", ""):
        with pytest.raises(Refusal) as refused:
            SoftwareKey.from_pkcs12(data, bad)
        assert refused.value.code == "key.passphrase"


def test_archive_of_the_signed_pages_was_pdfa(renderer: PdfRenderer) -> None:
    made = renderer.render(samples.two_pages(), PageMarks(sample=True))
    assert b"pdfaid:conformance" in archived(made.pdf)



@pytest.fixture
def token(tmp_path: Path, ca: Authority, monkeypatch: pytest.MonkeyPatch) -> TokenKey:
    """A software token with one key, as a USB key would hold it."""
    key = ca.issue("李明", "审判员")
    Drawer(tmp_path, monkeypatch).make("COURT", "123456")
    (tmp_path / "key.pk8").write_bytes(
        key.key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (tmp_path / "cert.der").write_bytes(key.certificate.public_bytes(serialization.Encoding.DER))
    tool("softhsm2-util", "--import", str(tmp_path / "key.pk8"), "--token", "COURT", "--label", "k", "--id", "A1", "--pin", "123456")
    tool("pkcs11-tool", "--module", MODULE, "--login", "--pin", "123456", "--token-label", "COURT", "--write-object",
         str(tmp_path / "cert.der"), "--type", "cert", "--id", "A1", "--label", "c")  # fmt: skip
    return TokenKey(MODULE, "COURT", "123456", "k", "c", key.certificate, key.chain)


def test_a_token_signs_and_its_faults_are_refusals(token: TokenKey, renderer: PdfRenderer, ca: Authority) -> None:
    pdf = to_archive(renderer.render(samples.two_pages()))
    wrong = TokenKey(MODULE, "COURT", "000000", "k", "c", token.certificate, token.chain)
    absent = TokenKey(MODULE, "NONE", "123456", "k", "c", token.certificate, token.chain)
    no_driver = TokenKey("/nowhere/driver.so", "COURT", "123456", "k", "c", token.certificate)
    for key, code in ((wrong, "key.pin"), (absent, "key.token"), (no_driver, "key.token")):
        with pytest.raises(Refusal) as refused:
            sign(pdf, "Judge1", key, certify=True, reason="", at=AT)
        assert refused.value.code == code
    try:
        one = sign(pdf, "Judge1", token, certify=True, reason="签发", at=AT)
        assert whole(one)
        with pytest.raises(Refusal) as refused:
            sign(pdf, "Judge1", wrong, certify=True, reason="", at=AT)  # also while the token is open
        assert refused.value.code == "key.pin"
        lost = TokenKey(MODULE, "COURT", "123456", "other", "c", token.certificate, token.chain)
        with pytest.raises(Refusal) as refused:
            sign(pdf, "Judge1", lost, certify=True, reason="", at=AT)
        assert refused.value.code == "key.token"
        with_picture = draw_seal(renderer.book, samples.COURT)
        two = sign(one, "CourtSeal", ca.issue(samples.COURT, "院印"), certify=False, reason="", at=AT, seal=with_picture)
        assert whole(two)
    finally:
        token.close()


def test_importing_the_signing_module_does_not_load_pyhanko() -> None:
    code = "import sys, reports.signing, reports.verification, reports.archive; print([m for m in sys.modules if m in ('pyhanko', 'pikepdf')])"
    import sys

    assert tool(sys.executable, "-c", code).strip() == "[]"
