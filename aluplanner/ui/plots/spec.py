"""What a plot shows, as data: panes above one another, each with lines, an area or a stack."""

from dataclasses import dataclass
from enum import Enum, auto

from aluplanner.i18n import tr
from aluplanner.ui.plots.numbers import number_text, percent_text


class Line(Enum):
    """How a series of the selected scenario is drawn; the lead in the scenario's own style."""

    LEAD = auto()
    PLAIN = auto()
    DASHED = auto()
    DOTTED = auto()
    BROKEN = auto()


class Fill(Enum):
    """What an area shades."""

    SURPLUS_AND_SHORTAGE = auto()
    BETWEEN = auto()


@dataclass(frozen=True, slots=True)
class LineSpec:
    """A monthly series as a line; ``is_compared`` lines are drawn for every scenario shown."""

    series: str
    label: str
    line: Line = Line.LEAD
    is_compared: bool = False


@dataclass(frozen=True, slots=True)
class AreaSpec:
    """A shaded area: a series against zero, or what ``upper`` is above ``lower``."""

    fill: Fill
    upper: str
    lower: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class PaneSpec:
    """One pane: a title, a unit, and what is drawn in it.

    ``stack`` names a group of series drawn on top of one another (``consumption_by_sector`` or
    ``operating_by_province``), ``actual`` the column of Monthly whose figures are drawn as points,
    ``guide`` a level marked by a line. ``stretch`` is the pane's part of the plot's height, ``if_blank``
    what to say where there is nothing to draw.
    """

    name: str
    title: str
    unit: str
    lines: tuple[LineSpec, ...] = ()
    area: AreaSpec | None = None
    stack: str = ""
    actual: str = ""
    guide: float | None = None
    from_zero: bool = True
    decimals: int = 0
    is_percent: bool = False
    is_signed: bool = False
    stretch: int = 100
    if_blank: str = ""

    @property
    def difference_unit(self) -> str:
        """What stands beside the title when differences are drawn."""
        unit = tr("percentage points") if self.is_percent else self.unit
        return tr("{unit}, difference to base", unit=unit)

    def text(self, value: float | None, *, is_difference: bool = False) -> str:
        """Return a value of this pane, or a difference of two, as readouts write it, without the unit."""
        if is_difference and self.is_percent:
            points = None if value is None else value * 100
            return tr("{number} pp", number=number_text(points, self.decimals, signed=True))
        if is_difference:
            return number_text(value, self.decimals, signed=True)
        if self.is_percent:
            return percent_text(value, self.decimals, signed=self.is_signed)
        return number_text(value, self.decimals, signed=self.is_signed)


@dataclass(frozen=True, slots=True)
class PlotSpec:
    """A plot of one or more panes over the shared month axis."""

    name: str
    title: str
    panes: tuple[PaneSpec, ...]
    is_default: bool = False
    height: int = 150
