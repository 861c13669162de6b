"""The rooms of the house, found by a look through the package: what a room registers is there once :func:`enter` has run."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

import execdesk
from execdesk.access.forms import require_providers
from execdesk.records.moves import require_conditions
from execdesk.records.tables import JOURNALED

_NO_ROOMS = frozenset({"law", "records", "store", "commands", "reads"})  # nothing registers itself there


@cache
def enter() -> tuple[str, ...]:
    """Import every room once; the names of its modules. Done when a store is opened: the law alone needs none of them."""
    found = []
    for info in pkgutil.iter_modules(execdesk.__path__):
        if info.ispkg and info.name not in _NO_ROOMS:
            room = import_module(f"execdesk.{info.name}")
            found += [module.name for module in pkgutil.walk_packages(room.__path__, f"execdesk.{info.name}.") if not module.ispkg]
    for name in sorted(found):
        import_module(name)
    require_providers()
    require_conditions(model.MOVES for model in JOURNALED if model.MOVES is not None)
    return tuple(sorted(found))
