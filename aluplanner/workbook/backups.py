"""The previous version of a file, kept beside it when another one is saved over it."""

from pathlib import Path
from typing import Final

from aluplanner.workbook.files import replace_file

_MARK: Final = ".backup"


def backup_path(path: Path) -> Path:
    """Return where the previous version of a file is kept: ``plan.aluplan.backup.xlsx`` beside ``plan.aluplan.xlsx``.

    It ends as the file does, so that a double-click opens it.
    """
    return path.with_name(f"{path.stem}{_MARK}{path.suffix}")


def keep_backup(path: Path, previous: bytes) -> Path:
    """Keep what a file held before it was saved; return where.

    Raises
    ------
    PlanError
        If that is not possible; an older backup is untouched.
    """
    kept = backup_path(path)
    replace_file(kept, previous)
    return kept
