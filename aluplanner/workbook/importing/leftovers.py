"""Rows of a sheet that are no records: sums, headings and footnotes."""

import re
from enum import StrEnum
from typing import Final

from aluplanner.i18n import tr


class Leftover(StrEnum):
    """Why a row is left out."""

    TOTAL = "total"
    HEADING = "heading"
    NOTE = "note"
    HEADER = "header"

    @property
    def words(self) -> str:
        """The reason in words."""
        return {
            Leftover.TOTAL: tr("looks like a total"),
            Leftover.HEADING: tr("has a name and nothing else"),
            Leftover.NOTE: tr("looks like a footnote"),
            Leftover.HEADER: tr("repeats the header"),
        }[self]


_NOTE: Final = re.compile(
    r"(?:注|备注|说明|资料来源|数据来源|来源|sources?|notes?)\s*\d*\s*[:：．.]|^[*※]", re.IGNORECASE
)


def is_note(text: str) -> bool:
    """Return whether a text is a footnote under a table."""
    return bool(_NOTE.match(text.strip()))


def leftover(key: str, first: str, figures: int, is_alone: bool) -> Leftover | None:
    """Return why a row that is no sum is no record either, ``None`` if it is one.

    Parameters
    ----------
    key
        The text that names the row.
    first
        The text of its first cell, also in a column that is left out.
    figures
        How many of its cells in columns of the plan hold something, the name not counted.
    is_alone
        Whether nothing but the name stands in a row that should hold more.
    """
    if figures == 0 and (is_note(key) or is_note(first)):
        return Leftover.NOTE
    return Leftover.HEADING if key and is_alone else None
