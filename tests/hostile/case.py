"""What a broken or odd file is, and what reading it must give."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

OPENS: Final = "opens"
"""The file is odd, but good: it gives the plan it holds."""

CODES: Final = frozenset(
    {
        *("file", "empty", "not-a-workbook", "old-xls", "xlsb", "opendocument", "encrypted", "damaged-zip"),
        *("too-large", "zip-bomb", "too-many-parts", "duplicate-part", "unsafe-part", "dtd", "damaged-xml"),
        *("missing-part", "no-sheets", "bad-reference", "too-many-cells", "too-many-merges", "too-many-styles"),
        *("too-many-texts", "too-deep", "too-slow", "too-much-memory", "crashed"),
    }
)
"""All that can be wrong with a file as a whole."""

TABLE_CODES: Final = frozenset({"missing-column", "missing-sheet", "duplicate-sheet"})
"""What can be wrong with a sheet that as such could be read."""

TOO_MUCH: Final = frozenset(
    {"too-large", "zip-bomb", "too-many-cells", "too-many-texts", "too-deep", "too-slow", "too-much-memory"}
)
"""What a file may be refused for that is too much in several ways at once: which limit is met first is no contract."""


ANYTHING: Final = frozenset({"anything"})
"""The file may be read or be refused for any reason, as long as that is done in time and in words."""


@dataclass(frozen=True)
class Case:
    """A file and what reading it must give.

    Attributes
    ----------
    name
        What is odd about it.
    make
        Makes its bytes.
    expected
        The codes of which one must be among the errors, or :data:`OPENS`. More than one where two limits are met at
        once, or where it is as well to read the file as to refuse it.
    place
        Where in the workbook the error must stand, for errors of single cells.
    is_heavy
        Whether it is only read in a process of its own: there would be gigabytes to go through.
    """

    name: str
    make: Callable[[], bytes]
    expected: frozenset[str]
    place: str = ""
    is_heavy: bool = False

    @property
    def opens(self) -> bool:
        """Whether it must give a plan."""
        return self.expected == {OPENS}


def refused(code: str | Iterable[str], name: str, make: Callable[[], bytes], *, is_heavy: bool = False) -> Case:
    """Return a file that must be refused as a whole."""
    expected = frozenset([code] if isinstance(code, str) else code)
    assert expected <= CODES | TABLE_CODES | {OPENS}
    return Case(name, make, expected, is_heavy=is_heavy)


def opened(name: str, make: Callable[[], bytes], *, is_heavy: bool = False) -> Case:
    """Return a file that is odd, but good."""
    return Case(name, make, frozenset([OPENS]), is_heavy=is_heavy)


def told(place: str, name: str, make: Callable[[], bytes], code: str = "unreadable") -> Case:
    """Return a file with one cell that cannot be read."""
    return Case(name, make, frozenset([code]), place)


def survived(name: str, make: Callable[[], bytes], *, is_heavy: bool = False) -> Case:
    """Return a file of which no more is asked than that it does no harm; see :data:`ANYTHING`."""
    return Case(name, make, ANYTHING, is_heavy=is_heavy)
