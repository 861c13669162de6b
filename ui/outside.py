"""Pages of a PDF from outside for the window: drawn by a helper of their own, so that nothing in the file meets the window itself."""

from __future__ import annotations

from base64 import b64decode

from execdesk.helpers import program
from reports.reading import Cancelled, Progress, made, told

COMMAND = program("ui.pagereader")


def pages_from(data: bytes, name: str, progress: Progress | None = None, cancelled: Cancelled | None = None) -> bytes:
    """The pages of ``data`` as pictures in a PDF that this program wrote; empty where it is no readable PDF.

    Raises:
        Refusal: as :func:`reports.reading.told`.
    """
    for kind, *found in told(COMMAND, ["pages"], data, name, progress, cancelled):
        if kind == "pages":
            return bytes(made(b64decode, found[0], name))
    return b""
