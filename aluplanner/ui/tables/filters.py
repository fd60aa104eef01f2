"""Which rows a filter lets through, told by the cells of one column."""

from dataclasses import dataclass
from typing import Protocol

from aluplanner.i18n import tr
from aluplanner.model.calendar import Month
from aluplanner.model.schema import Value


@dataclass(frozen=True, slots=True)
class Shown:
    """What a filter looks at: a cell as it is shown.

    Attributes
    ----------
    text
        What the cell shows; empty for a blank, whatever the blank stands for.
    value
        What it holds; ``None`` for a blank and for a text that could not be read.
    """

    text: str
    value: Value = None


class Filter(Protocol):
    """Decides which cells of a column stay in sight."""

    def lets(self, cell: Shown) -> bool:
        """Return whether a row with this cell is shown."""
        ...

    def sentence(self, title: str) -> str:
        """Return what is asked of the column with this title, in words."""
        ...


@dataclass(frozen=True)
class AmongTexts:
    """Lets through the cells that show one of some texts; the empty text stands for blanks."""

    texts: frozenset[str]

    def lets(self, cell: Shown) -> bool:
        return cell.text in self.texts

    def sentence(self, title: str) -> str:
        if len(self.texts) == 1:
            text = next(iter(self.texts))
            return tr("{title} is “{text}”", title=title, text=text) if text else tr("{title} is blank", title=title)
        return tr("{title} is one of {count} values", title=title, count=len(self.texts))


@dataclass(frozen=True)
class Containing:
    """Lets through the cells that show a text somewhere; case does not count."""

    text: str

    def lets(self, cell: Shown) -> bool:
        return self.text.casefold() in cell.text.casefold()

    def sentence(self, title: str) -> str:
        return tr("{title} contains “{text}”", title=title, text=self.text)


@dataclass(frozen=True)
class Between:
    """Lets through numbers and months within bounds.

    Attributes
    ----------
    low, high
        The bounds as stored numbers, a month as its ordinal; ``None`` for none.
    includes_bounds
        Whether the bounds themselves are let through.
    words
        The bounds as they were typed.
    """

    low: float | None
    high: float | None
    includes_bounds: bool
    words: tuple[str, str] = ("", "")

    def lets(self, cell: Shown) -> bool:
        number = number_of(cell.value)
        if number is None:
            return False
        if self.includes_bounds:
            return (self.low is None or number >= self.low) and (self.high is None or number <= self.high)
        return (self.low is None or number > self.low) and (self.high is None or number < self.high)

    def sentence(self, title: str) -> str:
        low, high = self.words
        if self.low is not None and self.high is not None:
            return tr("{title} from {low} to {high}", title=title, low=low, high=high)
        sign = (">" if self.high is None else "<") if not self.includes_bounds else ("≥" if self.high is None else "≤")
        return f"{title} {sign} {low or high}"


def number_of(value: Value) -> float | None:
    """Return a cell's value as the number that comparisons use; ``None`` where there is none."""
    if isinstance(value, Month):
        return float(value.ordinal)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)
