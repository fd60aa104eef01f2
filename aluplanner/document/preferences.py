"""What the program remembers about the user's choices."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from PySide6.QtCore import QByteArray, QSettings

T = TypeVar("T")

MOST_RECENT: Final = 10
MOST_IMPORTS: Final = 30


class Preferences:
    """Typed access to the settings; an ini file gives everything back as text, so every read names its type.

    Parameters
    ----------
    settings
        Where they are kept; by default the user's own.
    """

    def __init__(self, settings: QSettings | None = None) -> None:
        self._settings = settings or QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "AluPlanner", "AluPlanner"
        )

    @property
    def recent_files(self) -> tuple[Path, ...]:
        """The files opened or saved last, newest first."""
        return tuple(Path(text) for text in self._texts("files/recent"))

    def add_recent_file(self, path: Path) -> None:
        """Put a file at the top of the recent ones."""
        text = str(path.absolute())
        kept = [known for known in self._texts("files/recent") if known != text]
        self._settings.setValue("files/recent", [text, *kept][:MOST_RECENT])

    def forget_recent_file(self, path: Path) -> None:
        """Take a file off the recent ones."""
        self._settings.setValue("files/recent", [known for known in self._texts("files/recent") if Path(known) != path])

    @property
    def last_folder(self) -> Path:
        """The folder of the file opened or saved last, else the user's home."""
        recent = self.recent_files
        return recent[0].parent if recent else Path.home()

    def bytes_of(self, name: str) -> QByteArray:
        """Return a saved state, such as ``window/geometry``; empty if there is none."""
        return self._read(f"states/{name}", QByteArray(), QByteArray)

    def set_bytes(self, name: str, state: QByteArray) -> None:
        """Keep a state under a name."""
        self._settings.setValue(f"states/{name}", state)

    def text(self, name: str, default: str) -> str:
        """Return a choice that is a word."""
        return self._read(f"choices/{name}", default, str)

    def set_text(self, name: str, value: str) -> None:
        """Keep a choice that is a word."""
        self._settings.setValue(f"choices/{name}", value)

    def flag(self, name: str, default: bool) -> bool:
        """Return a choice that is yes or no."""
        return self._read(f"choices/{name}", default, bool)

    def set_flag(self, name: str, value: bool) -> None:
        """Keep a choice that is yes or no."""
        self._settings.setValue(f"choices/{name}", value)

    def import_choices(self, signature: str) -> list[dict[str, Any]]:
        """Return what was decided about the sheets of workbooks of a layout; nothing if none was imported yet."""
        return next((kept for known, kept in self._imports() if known == signature), [])

    def remember_import(self, signature: str, choices: Sequence[Mapping[str, Any]]) -> None:
        """Keep what was decided about the sheets of workbooks of a layout; the oldest layouts are forgotten."""
        others = [item for item in self._imports() if item[0] != signature]
        kept = [(signature, list(choices)), *others][:MOST_IMPORTS]
        self._settings.setValue("imports/choices", json.dumps(kept, ensure_ascii=True))

    def _imports(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """Return what is kept of imports, newest first; a damaged entry counts as none."""
        try:
            kept = json.loads(self._read("imports/choices", "[]", str))
            return [(str(signature), [dict(choice) for choice in choices]) for signature, choices in kept]
        except (ValueError, TypeError):
            return []

    def _texts(self, name: str) -> list[str]:
        found: list[object] = self._read(name, [], list)
        return [str(text) for text in found if text]

    def _read(self, name: str, default: T, kind: type[Any]) -> T:
        return cast(T, self._settings.value(name, default, type=kind))
