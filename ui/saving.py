"""Where a file goes that the person saves: the name gets its ending, and no file is written over that nobody was asked about."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_file(parent: QWidget, title: str, proposed: str, kinds: str, *endings: str) -> str:
    """Ask for a file; empty where the person thinks better of it. A name with none of the ``endings`` (``.pdf``) gets the first one; where
    a file of that name lies there already, the question is put again with it, so that the person sees what would be replaced."""
    while name := QFileDialog.getSaveFileName(parent, title, proposed, kinds)[0]:
        if name.lower().endswith(endings):
            return name
        proposed = f"{name}{endings[0]}"
        if not Path(proposed).exists():
            return proposed
    return ""
