"""The figures of the headline strip, as text: balances with their states, stock, price, claims."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from aluplanner.i18n import tr
from aluplanner.model.balance import Balance
from aluplanner.model.calendar import Month
from aluplanner.ui.plots.numbers import NOTHING, month_text, number_text, period_text

CLAIMS: Final = "claims"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what it is, its value, the market state if it has one, the difference to the base, its measure."""

    name: str
    caption: str
    value: str
    unit: str = ""
    state: str = ""
    change: str = ""
    measure: str = ""

    @property
    def words(self) -> str:
        """The figure as a sentence, for screen readers and tooltips."""
        parts = [f"{self.caption}: {self.value} {self.unit}".strip()]
        if self.state:
            parts.append(tr(self.state))
        if self.change:
            parts.append(tr("{change} against the base", change=self.change))
        return ", ".join(parts)


def headline_of(
    balance: Balance, base: Balance | None, year: int, claims: Sequence[Any] | None, base_claims: Sequence[Any] | None
) -> tuple[Figure, ...]:
    """Return the figures of a scenario for a year.

    Parameters
    ----------
    balance
        The scenario's balance.
    base
        The base's, ``None`` where there is nothing to compare with.
    year
        Calendar year; its half-years, its sum and its last month are taken.
    claims, base_claims
        The results of the claims, ``None`` while they are not known.
    """
    periods = tuple(_period(balance, base, label) for label in (f"{year}H1", f"{year}H2", f"{year}"))
    return (*periods, *_at_year_end(balance, base, year), _claims(claims, base_claims))


def _period(balance: Balance, base: Balance | None, label: str) -> Figure:
    caption = period_text(label)
    found = balance.periods.get(label)
    if found is None:
        return Figure(label, caption, NOTHING)
    if found.is_part:
        caption = tr("{period}, part", period=caption)
    other = base.periods.get(label) if base else None
    change = "" if other is None else number_text(found.balance - other.balance, signed=True)
    number = number_text(found.balance, signed=True)
    return Figure(label, caption, number, tr("kt"), found.state, change, f"balance {label} sum")


_LEVELS: Final = (("stock", 0), ("stock_days", 1), ("price", 0))


def _at_year_end(balance: Balance, base: Balance | None, year: int) -> tuple[Figure, ...]:
    month = min(Month.of(year, 12), balance.horizon.last)
    captions = (
        tr("Stock {month}", month=month_text(month)),
        tr("Stock days {month}", month=month_text(month)),
        tr("Price {month}", month=month_text(month)),
    )
    units = (tr("kt"), tr("days"), tr("RMB/t"))
    return tuple(
        _level(balance, base, month, name, decimals, caption, unit)
        for (name, decimals), caption, unit in zip(_LEVELS, captions, units, strict=True)
    )


def _level(
    balance: Balance, base: Balance | None, month: Month, name: str, decimals: int, caption: str, unit: str
) -> Figure:
    value = float(balance.series(name)[balance.horizon.index(month)])
    change = ""
    if base is not None and 0 <= base.horizon.index(month) < len(base.horizon):
        before = float(base.series(name)[base.horizon.index(month)])
        change = number_text(round(value, decimals) - round(before, decimals), decimals, signed=True)
    return Figure(name, caption, number_text(value, decimals), unit, change=change, measure=f"{name} {month} end")


def _claims(claims: Sequence[Any] | None, base_claims: Sequence[Any] | None) -> Figure:
    caption = tr("Claims that hold")
    if not claims:
        return Figure(CLAIMS, caption, NOTHING)
    change = number_text(_held(claims) - _held(base_claims), signed=True) if base_claims else ""
    return Figure(CLAIMS, caption, tr("{holding} of {all}", holding=_held(claims), all=len(claims)), change=change)


def _held(claims: Sequence[Any]) -> int:
    return sum(result.holds is True for result in claims)
