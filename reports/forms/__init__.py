"""One setter a form: which sets a content is told by the form of its type (``resources/style/forms.toml``)."""

from __future__ import annotations

from collections.abc import Mapping

from execdesk.documents.content import Content, PageMarks
from reports.fonts import FontBook
from reports.forms.label import LabelForm
from reports.forms.listing import ListForm
from reports.forms.record import RecordForm
from reports.forms.redhead import RedHeadForm
from reports.forms.table import TableForm
from reports.forms.voucher import VoucherForm
from reports.grid import Composer, Composition
from reports.style import style_of

SETTERS: Mapping[str, type[Composer]] = {
    "text": Composer, "red_head": RedHeadForm, "table": TableForm, "record": RecordForm, "list": ListForm, "voucher": VoucherForm,
    "label": LabelForm,
}  # fmt: skip


def compose(book: FontBook, content: Content, marks: PageMarks) -> Composition:
    """The pages of a content, set as its form is.

    Raises:
        Refusal: ``document.label`` for a label on which the words have no room.
    """
    style = style_of(content.form)
    return SETTERS[style.setter](book, content, marks, style).compose()
