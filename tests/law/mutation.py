"""Mutation check of the rules, by hand: ``python -m tests.law.mutation [--sample N] [--seed S] [MODULE …]``.

One change at a time to a comparison, operator, boolean, constant, branch, ``min``/``max``, ``any``/``all`` or rounding of a
module of ``execdesk/law``, or to a level, signer, panel, permit, post or day of ``authority.toml``; the tests named for it must then fail.
Each mutant lives in a forked child that has pytest loaded already; no file is touched. Prints a line per survivor and a count per module; survivors that ``equivalent.toml`` explains are counted apart. Exits 1 where another survived, or
where an explanation no longer matches anything. Needs a system that can fork.
"""

from __future__ import annotations

import argparse
import importlib.abc
import importlib.util
import math
import os
import random
import resource
import sys
import tomllib
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from unittest import mock

import hypothesis
import pytest

from tests.law.datamutants import data_mutants
from tests.law.mutants import Mutant, mutants

ROOT = Path(__file__).resolve().parents[2]
LAW = ROOT / "execdesk" / "law"
HERE = Path(__file__).parent
DATA = "authority.toml"
TABLE = ROOT / "resources" / "law" / DATA
TESTS = {
    DATA: "authority permission reference_authority",
    "articles": "articles", "articletables": "broken_files law_data articles", "auction": "auction_sanctions",
    "authority": "authority authority_check matter_names", "matternames": "matter_names authority", "reasons": "authority", "bidding": "sale_money", "authority_check": "authority_check", "authority_data": "authority law_data",
    "book": "book law_data broken_files", "calculation": "calculators", "calculators": "calculators law_commands", "calendar": "calendar law_data", "casenumber": "case_numbers",
    "clock": "clock", "closing": "closing", "coursecalculators": "calculators", "control": "control", "datafile": "law_data broken_files", "days": "periods", "debt": "interest",
    "dishonest": "auction_sanctions", "distribution": "distribution", "exits": "joined_exits_rates", "fees": "money first_days", "entries": "kinds spelling unit_values", "fields": "kinds calculators",
    "figures": "indicators", "identity": "identity", "indicators": "indicators", "interest": "interest", "interestsheet": "interest worked_examples", "joined": "joined_exits_rates", "kinds": "kinds spelling calculators case_numbers",
    "lookup": "sheets control", "matters": "authority permission", "money": "money interest", "moneycalculators": "calculators joined_exits_rates", "nodes": "nodes periods",
    "nodetable": "nodes", "numerals": "words", "periods": "periods", "permission": "permission", "pressurecalculators": "calculators",
    "plan": "authority law_data", "rates": "joined_exits_rates", "refusal": "periods", "ruletexts": "sheets", "salecalculators": "calculators sale_money", "salemoney": "sale_money", "sanctions": "auction_sanctions first_days",
    "sheets": "sheets", "sources": "broken_files articles", "standing": "permission", "termcalculators": "calculators clock", "textcalculators": "calculators law_commands",
    "typed": "kinds calculators", "tnr": "tnr", "tnrfacts": "tnr", "tnrrules": "tnr",
    "shapes": "unit_values money", "spelling": "spelling kinds", "units": "book sheets law_data", "uses": "uses", "unitvalues": "unit_values", "values": "sheets", "words": "words", "workindicators": "indicators",
}  # fmt: skip
UNNEEDED = ("pytest-qt", "xdist", "cov", "benchmark", "randomly", "cacheprovider")
SELF_MUTATING = "a_change_of_any"  # tests that mutate the table themselves: long, and they tell no mutant apart that the others do not
SLOWER, MEMORY = 3, 4 << 30  # of one mutant: how many times the processor time of the unchanged module, and bytes


class _Planted(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the mutant where its module is imported."""

    def __init__(self, mutant: Mutant) -> None:
        self.name = f"execdesk.law.{mutant.module}"
        self.code = compile(mutant.source, f"mutant of {mutant.module}", "exec")

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """The spec of the mutated module only."""
        return importlib.util.spec_from_loader(name, self) if name == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        """Run the mutant's source."""
        exec(self.code, module.__dict__)


def _plant(mutant: Mutant) -> None:
    """The mutant in place of its module or data file, for this process."""
    if mutant.module != DATA:
        sys.meta_path.insert(0, _Planted(mutant))
        return
    read = Path.read_bytes
    mock.patch.object(Path, "read_bytes", lambda path: mutant.source.encode() if path == TABLE else read(path)).start()


def killed(mutant: Mutant, seconds: int = resource.RLIM_INFINITY) -> bool:
    """Whether a test fails on ``mutant``; a crash, or more than ``seconds`` of processor time, counts as failing."""
    sys.stdout.flush()
    child = os.fork()
    if not child:
        _fail_or_pass(mutant, seconds)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0


def _fail_or_pass(mutant: Mutant, seconds: int) -> None:
    code = 1
    try:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        _plant(mutant)
        tests = [str(HERE / f"test_{name}.py") for name in TESTS[mutant.module].split()]
        plugins = [word for plugin in UNNEEDED for word in ("-p", f"no:{plugin}")]
        chosen = ["-m", "not slow", "-k", f"not {SELF_MUTATING}", *tests]
        code = int(pytest.main(["-x", "-q", "--noconftest", "--tb=no", "--hypothesis-seed=0", *plugins, *chosen]))
    finally:
        os._exit(code)


def explained() -> dict[tuple[str, str, str], str]:
    """Module, statement before and after → why no test can tell them apart."""
    rows = tomllib.loads((HERE / "equivalent.toml").read_text(encoding="utf-8"))["mutant"]
    return {(row["module"], row["before"], row["after"]): row["why"] for row in rows}


def check(module: str, sample: int, seed: int, known: dict[tuple[str, str, str], str]) -> tuple[int, Sequence[Mutant]]:
    """Run the mutants of one module, print what came of it, give back how many there were and the survivors."""
    text = (TABLE if module == DATA else LAW / f"{module}.py").read_text(encoding="utf-8")
    before = os.times()
    if killed(Mutant(module, 0, "", "", text)):
        sys.exit(f"the tests of {module} fail without any mutant")
    seconds = 2 + math.ceil(SLOWER * (os.times().children_user - before.children_user))
    found = list((data_mutants if module == DATA else mutants)(module, text))
    chosen = random.Random(seed).sample(found, sample) if 0 < sample < len(found) else found
    alive = []
    for mutant in chosen:
        if not killed(mutant, seconds):
            alive.append(mutant)
            mark = "equivalent" if (module, mutant.before, mutant.after) in known else "survived"
            print(f"  {mark} {mutant.place}", flush=True)
    print(f"{module}: {len(chosen) - len(alive)} of {len(chosen)} killed", flush=True)
    return len(chosen), alive


def main() -> int:
    """Check the modules asked for, or all."""
    parser = argparse.ArgumentParser()
    parser.add_argument("modules", nargs="*", metavar="MODULE")
    parser.add_argument("--sample", type=int, default=0, help="mutants per module; 0 for all")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    os.chdir(ROOT)
    # shrinking an example costs time and tells nothing here
    hypothesis.settings.register_profile(
        "mutants", phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate), deadline=None, database=None
    )
    hypothesis.settings.load_profile("mutants")
    known = explained()
    total, alive = 0, list[Mutant]()
    for module in args.modules or TESTS:
        count, survivors = check(module, args.sample, args.seed, known)
        total, alive = total + count, [*alive, *survivors]
    places = {(mutant.module, mutant.before, mutant.after) for mutant in alive}
    stale = [] if args.sample else [key for key in known if key not in places and key[0] in (args.modules or TESTS)]
    for module, before, after in stale:
        print(f"  no longer survives: {module} {before} → {after}")
    print(
        f"{total} mutants, {total - len(alive)} killed, {len(alive)} survived, {len(places - known.keys())} unexplained"
    )
    return 1 if stale or places - known.keys() else 0


if __name__ == "__main__":
    sys.exit(main())
