"""What the figures of the law lend to the form that corrects one."""

from __future__ import annotations

from execdesk.access.providers import FormContext, Pairs, options, parts, start
from execdesk.law.fields import Field
from execdesk.law.shapes import shape_of
from execdesk.law.unitvalues import write_value
from execdesk.law.values import DatedValue


def _figure(context: FormContext) -> DatedValue | None:
    key = str(context.given.get("key", ""))
    history = context.session.law.history(key) if key else ()
    return next((one for one in history if one.valid_to is None), history[-1] if history else None)


@options("figure_readings")
def figure_readings(context: FormContext) -> Pairs:
    """The closed list of a figure that has one."""
    found = _figure(context)
    if found is None:
        return []
    return [("是", "是"), ("否", "否")] if found.unit == "bool" else [(one, one) for one in found.options]


@parts("figure_items")
def figure_items(context: FormContext) -> tuple[Field, ...]:
    """The fields of one item where the figure has several: words, an entry of a table, a tier."""
    found = _figure(context)
    shape = shape_of(found.unit, found.value) if found is not None else None
    return shape.items.of if shape else ()


@start("figure_now")
def figure_now(context: FormContext) -> str | None:
    """The figure as it stands."""
    found = _figure(context)
    return write_value(found.value) if found else None
