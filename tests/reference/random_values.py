"""Draws of plain values for random plans."""

from random import Random
from typing import Any


def chance(rng: Random, probability: float) -> bool:
    """True with the given probability."""
    return rng.randint(1, 100) <= round(100 * probability)


def tenths(rng: Random, low: int, high: int) -> float:
    """A number between low and high with one decimal, so that a shrunk plan is easy to read."""
    return rng.randint(low * 10, high * 10) / 10


def hundredths(rng: Random, low: float, high: float) -> float:
    """A number between low and high with two decimals."""
    return rng.randint(round(low * 100), round(high * 100)) / 100


def share_of_one(rng: Random) -> float:
    """A fraction; 0 and 1 are as likely as everything between them together is twice."""
    return rng.choice([0.0, 1.0, hundredths(rng, 0, 1), hundredths(rng, 0, 1)])


def some_months(rng: Random) -> float | None:
    """A number of months for delay, phase_in and phase_out: blank, whole or a fraction."""
    return rng.choice([None, 0.0, 1.0, float(rng.randint(0, 6)), hundredths(rng, 0, 6)])


def or_blank(rng: Random, value: Any, probability: float = 0.2) -> Any:
    """The value, or a blank with the given probability."""
    return None if chance(rng, probability) else value


def thinned(rng: Random, row: dict[str, Any]) -> dict[str, Any]:
    """The row with some of its blanks left out: a missing key and None mean the same."""
    return {key: value for key, value in row.items() if value is not None or chance(rng, 0.5)}


def disguised(rng: Random, name: str) -> str:
    """The same name in odd case and with odd blanks around it."""
    return rng.choice([name, name.upper(), name.lower(), f"  {name}", f"{name.swapcase()} "])
