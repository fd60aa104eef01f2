"""What the ledger's picture shows in its rows: a few figures each, the largest rows one by one, the others as one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aluplanner.analysis.ledger import Ledger, Section
from aluplanner.analysis.ledger_choices import LOST
from aluplanner.analysis.ledger_tables import ALUMINIUM
from aluplanner.i18n import tr
from aluplanner.model.plan import Address
from aluplanner.ui.plots.numbers import number_text

STEPS: Final = ("announced", "due", "implemented", "out", LOST)
"""The figures of a row, each of which the one before is said to lead to."""

_NOTHING: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of the picture.

    Attributes
    ----------
    label
        What it is about.
    values
        The figures of :data:`STEPS`; the last in kt, the others in kt/y.
    overhang
        What is still to come of it, kt/y.
    is_own
        Whether it is a company's own cut rather than an order.
    address
        Its cell, if any.
    names
        What it stands for where it stands for several.
    """

    label: str
    values: tuple[float, ...]
    overhang: float
    is_own: bool = False
    address: Address | None = None
    names: tuple[str, ...] = ()

    def tip(self) -> str:
        """Return all of it in words."""
        announced, due, implemented, out, lost = (number_text(value, _decimals(value)) for value in self.values)
        lines = [
            self.label if not self.is_own else tr("{name} (a company’s own cut)", name=self.label),
            tr("Announced: {number} kt/y", number=announced),
            tr("Due: {number} kt/y", number=due),
            tr("Implemented: {number} kt/y", number=implemented),
            tr("Gap, due less implemented: {number} kt/y", number=number_text(self.values[1] - self.values[2])),
            tr("Overhang, announced and still to come: {number} kt/y", number=number_text(self.overhang)),
            tr("Out of operation: {number} kt/y", number=out),
            tr("Output lost: {number} kt", number=lost),
            *self.names,
        ]
        return "\n".join(lines)


def _decimals(value: float) -> int:
    return 1 if 0 < abs(value) < 10 else 0


def value_text(value: float) -> str:
    """Return a figure as it stands at its bar."""
    return number_text(value, _decimals(value))


def bars_of(found: Ledger) -> tuple[Bar, ...]:
    """Return the rows that have something in the period: orders, then companies' own, the largest announced first."""
    bars = []
    for place, row in enumerate(found.rows):
        if row.section in ALUMINIUM:
            values = tuple(found.read(name, found.figures[name][place]) for name in STEPS)
            overhang = found.read("overhang", found.figures["overhang"][place])
            if any(abs(value) > _NOTHING for value in (*values, overhang)):
                bars.append(Bar(row.label, values, overhang, row.section is Section.COMPANY, row.address))
    return tuple(sorted(bars, key=lambda bar: (bar.is_own, -bar.values[0], -bar.values[-1], bar.label)))


def fitted(bars: Sequence[Bar], rows: int) -> tuple[Bar, ...]:
    """Return bars for so many rows: where there are more, one stands for the smaller orders, one for all own cuts."""
    if len(bars) <= rows:
        return tuple(bars)
    orders = [bar for bar in bars if not bar.is_own]
    own = [bar for bar in bars if bar.is_own]
    together = [_merged(own, tr("Companies’ own cuts"))] if own else []
    left = max(1, rows - len(together))
    if len(orders) <= left:
        return *orders, *together
    others = orders[left - 1 :]
    return *orders[: left - 1], _merged(others, tr("{count} others", count=len(others))), *together


def _merged(bars: Sequence[Bar], label: str) -> Bar:
    """Return one row for several."""
    if len(bars) == 1:
        return bars[0]
    values = tuple(sum(bar.values[place] for bar in bars) for place in range(len(STEPS)))
    return Bar(label, values, sum(bar.overhang for bar in bars), names=tuple(bar.label for bar in bars))


def total_bar(found: Ledger) -> Bar:
    """Return the row of all orders."""
    values = tuple(found.total(name) for name in STEPS)
    return Bar(tr("All orders"), values, found.total("overhang"))
