"""What a column and a table are; the only place where either is described.

A record's fields carry their :class:`Column` as dataclass metadata, so that a column is declared
once, with the field itself. Titles, units, bounds, choices, defaults, meanings, Excel headers,
editors, parsers and help are all read from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, Generic, TypeAlias, TypeVar, cast

from aluplanner.i18n import CHINESE, current_language, tr
from aluplanner.model.calendar import Month

R = TypeVar("R")

Value: TypeAlias = str | float | bool | Month | None
"""What a cell can hold: text, a number, yes/no, a month, or nothing."""

BLANK: Final = "(blank)"
"""The override value that empties a cell (section 11 of the model page)."""


SOURCE_SYNONYMS: Final = "数据来源; 资料来源; 出处; data source; reference"
NOTE_SYNONYMS: Final = "说明; 备注说明; notes; remark; remarks; comment; comments"
"""What planners head the columns with that every table has (:attr:`Column.synonyms`)."""


class Type(StrEnum):
    """What kind of value a column holds."""

    TEXT = "text"
    NAMES = "names"  # text holding names separated by ";"
    CHOICE = "choice"
    NUMBER = "number"
    FRACTION = "fraction"  # stored 0.3, shown 30 %
    MONTH = "month"
    YES_NO = "yes/no"
    VALUE = "value"  # of the type of the cell that the row names


NUMERIC: Final = frozenset({Type.NUMBER, Type.FRACTION})


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table, or one row of a table of parameters.

    Attributes
    ----------
    name
        Field name, as in addresses (``under_construction``).
    title, title_zh
        Title without unit, English and Chinese.
    type
        What the cells hold.
    unit
        Unit as shown in the header (``kt/y``); empty for none.
    meaning
        One sentence of help.
    default
        What a blank cell means; ``None`` where a blank stays blank.
    minimum, maximum
        Inclusive bounds.
    above
        Exclusive lower bound.
    choices
        The words allowed in a choice column.
    choice_words
        Other words, Chinese ones, that are read as one of the choices.
    synonyms
        What planners head such a column with in sheets of their own, separated by ``;``; only an import looks there.
    required
        Whether a blank is an error.
    derived
        Whether the cells follow from the row and cannot be edited.
    decimals
        Digits shown after the point; display never changes a value.
    is_grouped
        Whether thousands are set apart; not in a year.
    width
        Width in characters that suits the contents.
    """

    name: str
    title: str
    title_zh: str
    type: Type
    unit: str = ""
    meaning: str = ""
    default: Value = None
    minimum: float | None = None
    maximum: float | None = None
    above: float | None = None
    choices: tuple[str, ...] = ()
    choice_words: Mapping[str, str] = field(default_factory=dict)
    synonyms: str = ""
    required: bool = False
    derived: bool = False
    decimals: int = 0
    is_grouped: bool = True
    width: int = 12

    @property
    def header(self) -> str:
        """English title with the unit, as written in row 1 of a sheet."""
        return f"{self.title} ({self.unit})" if self.unit else self.title

    @property
    def heading(self) -> str:
        """Title with the unit in the language in force."""
        if current_language() != CHINESE:
            return self.header
        return f"{self.title_zh}({tr(self.unit)})" if self.unit else self.title_zh

    @property
    def is_numeric(self) -> bool:
        """Whether cells hold a number or a fraction."""
        return self.type in NUMERIC


def declare(title: str, title_zh: str, type: Type, **details: Any) -> Any:
    """Declare a record's field together with its :class:`Column`."""
    declared = Column("", title, title_zh, type, **details)
    return field(default=None, metadata={"column": declared})


@dataclass(frozen=True)
class Table(Generic[R]):
    """A table of the plan: a record type, its key and its columns.

    Attributes
    ----------
    name
        Name in addresses (``plants``); :attr:`title` is the sheet's name.
    record
        The frozen dataclass that one row is.
    key
        The fields that together name a row; more than one where no single column does.
    parameters
        For a table whose rows are declared and not free (Assumptions, Plan): what each row's
        value is, by the row's key.
    derived
        Columns that records compute, shown after the second one.
    synonyms
        What planners call such a sheet in workbooks of their own, separated by ``;``.
    can_vary
        Whether scenarios may override its cells.
    """

    name: str
    title: str
    title_zh: str
    record: type[R]
    key: tuple[str, ...]
    meaning: str = ""
    parameters: Mapping[str, Column] = field(default_factory=dict)
    derived: tuple[Column, ...] = ()
    synonyms: str = ""
    can_vary: bool = False
    columns: tuple[Column, ...] = field(init=False)

    def __post_init__(self) -> None:
        declared = [
            replace(cast(Column, item.metadata["column"]), name=item.name)
            for item in fields(cast(Any, self.record))
            if "column" in item.metadata
        ]
        object.__setattr__(self, "columns", (*declared[:2], *self.derived, *declared[2:]))

    @property
    def heading(self) -> str:
        """Title in the language in force."""
        return self.title_zh if current_language() == CHINESE else self.title

    def row_key(self, record: R) -> str:
        """Return the key of a record as text; the parts of a composed key are joined by ``/``."""
        if len(self.key) == 1:
            return _key_text(getattr(record, self.key[0]))
        return "/".join(_key_text(getattr(record, name)) for name in self.key)

    def key_of(self, value: Value) -> str:
        """Return the key of a record whose one key column holds ``value``."""
        return _key_text(value)


def _key_text(part: Value) -> str:
    if type(part) is str:
        return part
    if part is None:
        return ""
    return f"{part:g}" if isinstance(part, float) else str(part)


def fold(name: str) -> str:
    """Return a name as it is compared: surrounding blanks and case do not count."""
    return name.strip().casefold()


@lru_cache(maxsize=8192)
def split_names(text: str | None) -> tuple[str, ...]:
    """Return the names of a ``;``-separated list, blanks around them removed, empty ones left out."""
    return tuple(name for part in (text or "").split(";") if (name := part.strip()))
