"""Where things lie in a data folder: the encrypted store, the slots and counters beside it, the wrapped key files."""

from __future__ import annotations

from pathlib import Path

from execdesk.store.whereabouts import machine_folder

STORE_FILE = "execdesk.db"
SLOTS_FILE = "slots.json"
ATTEMPTS_FILE = "attempts.json"
KEYS_FOLDER = "keys"
OF_WINDOW = frozenset({"window.json", "faults"})  # what a window keeps here for itself
DEMO_ROOT_FILE = "demo-root.p12"  # a demonstration root lies with its data; a real one never does


def store_file(folder: Path) -> Path:
    """The encrypted store."""
    return folder / STORE_FILE


def slots_file(folder: Path) -> Path:
    """The key slots."""
    return folder / SLOTS_FILE


def attempts_file(folder: Path) -> Path:
    """The login counters."""
    return folder / ATTEMPTS_FILE


def key_file(folder: Path, certificate: str) -> Path:
    """The wrapped private key of a certificate, by the certificate's row id."""
    return folder / KEYS_FOLDER / f"{certificate}.p12"


def machine_attempts_file() -> Path:
    """The login counters of this PC, by key slot, so that a copied folder or a lost file beside the store forgets nothing."""
    return machine_folder() / ATTEMPTS_FILE
