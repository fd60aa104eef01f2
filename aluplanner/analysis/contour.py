"""Contour lines of figures on a grid, by marching squares.

Within a cell of the grid the surface is taken as bilinear: it crosses an edge where a straight line between the edge's
ends does, and where two lines cross a cell, the value of its saddle says which corners they part (Nielson and Hamann
1991, "The asymptotic decider").
"""

from collections.abc import Iterator
from typing import Final, TypeAlias

import numpy as np

from aluplanner.model.inputs import Array

Edge: TypeAlias = tuple[int, int, bool]
"""An edge of the grid: the row and the column where it begins, and whether it runs along a column."""

_SADDLES: Final = (5, 10)


def crossings(values: Array, level: float) -> Array:
    """Return where figures in a row cross a level, as fractional indices in rising order, shape ``(crossings,)``.

    Parameters
    ----------
    values
        Shape ``(points,)``; NaN where there is none.
    level
        The level. A stretch that lies on it is crossed at its ends.
    """
    left, right = values[:-1], values[1:]
    with np.errstate(invalid="ignore"):
        between = np.flatnonzero((left >= level) != (right >= level))
    known = between[np.isfinite(left[between]) & np.isfinite(right[between])]
    return known + (level - left[known]) / (right[known] - left[known])


def contour_lines(values: Array, level: float) -> tuple[Array, ...]:
    """Return the lines on which a grid of figures has a level.

    Parameters
    ----------
    values
        Shape ``(rows, columns)``; NaN where there is none: lines end there.
    level
        The level.

    Returns
    -------
    tuple of Array
        Lines of shape ``(points, 2)``: column and row as fractional indices. A closed line ends where it begins. The
        surface is higher to the left of a line's way with rows counted downwards.
    """
    is_above = values >= level
    known = np.isfinite(values)
    whole = known[:-1, :-1] & known[:-1, 1:] & known[1:, 1:] & known[1:, :-1]
    corners = is_above[:-1, :-1] * 1 + is_above[:-1, 1:] * 2 + is_above[1:, 1:] * 4 + is_above[1:, :-1] * 8
    follows: dict[Edge, Edge] = {}
    for row, column in np.argwhere(whole & (corners > 0) & (corners < 15)).tolist():
        follows.update(_segments(values, level, row, column, int(corners[row, column])))
    lines = (np.array([_point(values, level, edge) for edge in chain]) for chain in _chains(follows))
    return tuple(line for line in map(_distinct, lines) if len(line) > 1)  # a corner that just touches is no line


_TOP, _RIGHT, _BOTTOM, _LEFT = range(4)

_WAYS: Final[dict[int, tuple[tuple[int, int], ...]]] = {
    1: ((_LEFT, _TOP),), 2: ((_TOP, _RIGHT),), 3: ((_LEFT, _RIGHT),), 4: ((_RIGHT, _BOTTOM),),
    6: ((_TOP, _BOTTOM),), 7: ((_LEFT, _BOTTOM),), 8: ((_BOTTOM, _LEFT),), 9: ((_BOTTOM, _TOP),),
    11: ((_BOTTOM, _RIGHT),), 12: ((_RIGHT, _LEFT),), 13: ((_RIGHT, _TOP),), 14: ((_TOP, _LEFT),),
}  # fmt: skip
"""From which edge to which a line goes, by the corners that lie above: 1, 2, 4, 8 clockwise from the top left."""

_SADDLE_WAYS: Final[dict[tuple[int, bool], tuple[tuple[int, int], ...]]] = {
    (5, False): ((_LEFT, _TOP), (_RIGHT, _BOTTOM)),
    (5, True): ((_LEFT, _BOTTOM), (_RIGHT, _TOP)),
    (10, False): ((_TOP, _RIGHT), (_BOTTOM, _LEFT)),
    (10, True): ((_TOP, _LEFT), (_BOTTOM, _RIGHT)),
}
"""The same where two opposite corners lie above, by whether the saddle between them does too."""


def _segments(values: Array, level: float, row: int, column: int, corners: int) -> Iterator[tuple[Edge, Edge]]:
    edges = ((row, column, False), (row, column + 1, True), (row + 1, column, False), (row, column, True))
    if corners in _SADDLES:
        ways = _SADDLE_WAYS[corners, _saddle(values[row : row + 2, column : column + 2]) >= level]
    else:
        ways = _WAYS[corners]
    return ((edges[start], edges[end]) for start, end in ways)


def _saddle(cell: Array) -> float:
    """Return the value of the saddle of the bilinear surface through four corners, opposite ones of which are alike."""
    (a, b), (d, c) = cell.tolist()
    return float((a * c - b * d) / (a + c - b - d))


def _chains(follows: dict[Edge, Edge]) -> Iterator[list[Edge]]:
    """Yield lines as edges one after the other: first those with ends, then closed ones."""
    left = dict(follows)
    arrived = set(follows.values())
    for start in [edge for edge in follows if edge not in arrived] + list(follows):
        if start in left:
            chain = [start]
            while chain[-1] in left:
                chain.append(left.pop(chain[-1]))
            yield chain


def _point(values: Array, level: float, edge: Edge) -> tuple[float, float]:
    row, column, is_down = edge
    start = values[row, column]
    end = values[row + 1, column] if is_down else values[row, column + 1]
    part = float((level - start) / (end - start))
    return (column, row + part) if is_down else (column + part, row)


def _distinct(line: Array) -> Array:
    """Return a line without points that repeat the one before: it may pass through a corner of the grid."""
    is_other = np.append(True, np.any(np.diff(line, axis=0) != 0.0, axis=1))
    distinct: Array = line[is_other]
    return distinct
