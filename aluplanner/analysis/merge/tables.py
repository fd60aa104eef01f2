"""Merging one table: which rows it has, what their cells hold, and in which order they stand."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from aluplanner.analysis.merge.cells import Copy, Row, merged_row
from aluplanner.analysis.merge.order import in_order
from aluplanner.analysis.merge.parts import ALL_ROWS, Answers, Conflict, Content, Side, Trio, What
from aluplanner.analysis.row_matching import moved_places
from aluplanner.model.rows import Place, Rows, Unread


@dataclass(slots=True)
class TableMerge:
    """One table on the way from its copies to the merged one.

    Attributes
    ----------
    base, mine, yours
        The copies, with the names that rows have in the end; no base if there is no ancestor.
    answers
        How conflicts are decided.
    renamed
        The rows that one of the copies renamed.
    conflicts
        What the copies disagree about, as far as it was found.
    """

    base: Rows[Any] | None
    mine: Rows[Any]
    yours: Rows[Any]
    answers: Answers
    renamed: frozenset[Trio] = frozenset()
    conflicts: list[Conflict] = field(default_factory=list)

    def merged(self, trios: Iterable[Trio]) -> Rows[Any]:
        """Return the merged table.

        Parameters
        ----------
        trios
            The rows that belong together.
        """
        if not self.renamed and self.base is not None and self.mine == self.base:
            return self.yours
        if not self.renamed and self.yours in (self.mine, self.base):
            return self.mine
        copies = [None if rows is None else Copy(rows) for rows in (self.base, self.mine, self.yours)]
        rows: dict[Trio, Row] = {}
        for trio in trios:
            merged = self._row(trio, *copies)
            if merged is not None:
                rows[trio] = merged
        return self._in_order(rows)

    def _row(self, trio: Trio, base: Copy | None, mine: Copy | None, yours: Copy | None) -> Row | None:
        """Return a row of the merged table, ``None`` where it has none."""
        old = None if base is None or trio.base is None else base.row(trio.base)
        own = None if mine is None or trio.mine is None else mine.row(trio.mine)
        other = None if yours is None or trio.yours is None else yours.row(trio.yours)
        if own is not None and other is not None:

            def settle(name: str, *contents: Content) -> Content:
                return self._settled(trio, name, *contents)

            return merged_row(self.mine.table, old, own, other, settle, is_two_way=self.base is None)
        left = own if other is None else other
        if old is None or left is None:
            return left
        if left == old and trio not in self.renamed:
            return None
        conflict = Conflict(What.ROW, self.mine.table.name, self.name(trio), "", trio)
        self.conflicts.append(conflict)
        return {Side.MINE: own, Side.YOURS: other, None: old}[self.answers.get(conflict.about)]

    def _settled(self, trio: Trio, name: str, base: Content, mine: Content, yours: Content) -> Content:
        shown = base.shown, mine.shown, yours.shown
        conflict = Conflict(What.CELL, self.mine.table.name, self.name(trio), name, trio, *shown)
        self.conflicts.append(conflict)
        return {Side.MINE: mine, Side.YOURS: yours, None: base}[self.answers.get(conflict.about)]

    def name(self, trio: Trio) -> str:
        """Return the key of a row, as the first of mine, yours and base that has it spells it."""
        for rows, place in ((self.mine, trio.mine), (self.yours, trio.yours), (self.base, trio.base)):
            if rows is not None and place is not None:
                return rows.keys[place]
        return ""

    def _in_order(self, rows: dict[Trio, Row]) -> Rows[Any]:
        table = self.mine.table
        about = table.name, ALL_ROWS, ""
        answer = self.answers.get(about)
        order = in_order(list(rows), self._common_name, answer, has_base=self.base is not None)
        if order.is_disputed:
            moved = [self._moved(rows, side) for side in Side]
            self.conflicts.append(Conflict(What.ORDER, table.name, "", "", ALL_ROWS, None, *moved))
        texts: dict[Place, Unread] = {}
        for place, trio in enumerate(order.rows):
            texts |= {(place, name): text for name, text in rows[trio].texts.items()}
        merged = Rows(table, (rows[trio].record for trio in order.rows), texts)
        return self.mine if merged == self.mine else merged

    def _common_name(self, trio: Trio) -> str:
        """Return a name of a row that does not depend on which copy is called mine."""
        places = ((self.base, trio.base), (self.mine, trio.mine), (self.yours, trio.yours))
        return min(rows.keys[place] for rows, place in places if rows is not None and place is not None)

    def _moved(self, rows: Iterable[Trio], side: Side) -> str:
        """Return the names of the rows that a copy has in other places, between the rows that both have."""
        former = "mine" if self.base is None and side is Side.YOURS else "yours" if self.base is None else "base"
        both = [row for row in rows if getattr(row, former) is not None and row.place(side) is not None]
        ordered = sorted(both, key=lambda row: row.place(side) or 0)
        moved = moved_places([getattr(row, former) for row in ordered])
        return "; ".join(self.name(ordered[place]) for place in sorted(moved))
