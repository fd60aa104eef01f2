"""Where a jump over filled cells ends, as in a spreadsheet."""

from collections.abc import Callable


def jump(is_filled: Callable[[int], bool], start: int, count: int, step: int) -> int:
    """Return where a jump along a line of cells ends.

    From a filled cell before another one it goes to the last one of the block, else to the next filled cell, and
    where there is none to the edge.

    Parameters
    ----------
    is_filled
        Tells whether there is something in a cell.
    start
        Where it begins.
    count
        Number of cells in the line.
    step
        1 forwards, -1 backwards.
    """
    edge = count - 1 if step > 0 else 0
    if start == edge:
        return start
    place = start + step
    if is_filled(start) and is_filled(place):
        while place != edge and is_filled(place + step):
            place += step
        return place
    while place != edge and not is_filled(place):
        place += step
    return place
