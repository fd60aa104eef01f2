"""Translation of every string a user can see.

The English text is the key. A catalogue is a JSON object ``{english: translated}`` in
``resources/i18n``; what a catalogue lacks is shown in English.
"""

import json
from dataclasses import dataclass
from typing import Final

from aluplanner.resources import resource_path

ENGLISH: Final = "en"
CHINESE: Final = "zh_CN"


_LONGEST_VALUE: Final = 450
"""Letters of a value that a sentence quotes: the names of all columns of a table still fit."""


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How numbers are written: the sign before the fraction, and the one between thousands."""

    decimal: str = "."
    group: str = ","


PLAIN: Final = NumberStyle()
"""The style of files and of the command line, wherever they are."""


class _State:
    """The language and the number style in force; one per process, set before the window is built."""

    language: str = ENGLISH
    numbers: NumberStyle = PLAIN
    catalogue: dict[str, str] = {}  # noqa: RUF012 - replaced as a whole, never mutated


def set_language(language: str) -> None:
    """Use ``language`` (``"en"`` or ``"zh_CN"``) from now on."""
    path = resource_path("i18n", f"{language}.json")
    _State.language = language
    _State.catalogue = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def current_language() -> str:
    """Return the language in force."""
    return _State.language


def set_number_style(style: NumberStyle) -> None:
    """Show, copy and accept numbers in ``style`` from now on."""
    _State.numbers = style


def number_style() -> NumberStyle:
    """Return how the planner writes numbers."""
    return _State.numbers


def tr(text: str, /, **values: object) -> str:
    """Return ``text`` in the language in force, its ``{names}`` filled with ``values``; long ones are cut short.

    A sentence may quote what stands in a cell, and a cell may hold a book.
    """
    translated = _State.catalogue.get(text, text)
    return translated.format(**{name: _cut(value) for name, value in values.items()}) if values else translated


def _cut(value: object) -> object:
    return f"{value[:_LONGEST_VALUE]}…" if isinstance(value, str) and len(value) > _LONGEST_VALUE else value
