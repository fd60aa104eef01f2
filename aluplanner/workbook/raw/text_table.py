"""The texts that the cells of one sheet show, each once."""

from collections.abc import Collection, Sequence

from aluplanner.workbook.raw.packed import PackedSheet
from aluplanner.workbook.raw.plain_text import IrregularError, plain_texts
from aluplanner.workbook.raw.values import unescape


class TextTable:
    """Puts texts into a sheet; shared ones keep their indexes.

    Parameters
    ----------
    sheet
        The sheet.
    shared
        The workbook's shared texts.
    """

    def __init__(self, sheet: PackedSheet, shared: Sequence[str]) -> None:
        self.shared = shared
        self._sheet = sheet
        self._next = len(shared)
        self._own: dict[bytes, int] = {}

    def add(self, text: str) -> int:
        """Add a text; return its index."""
        self._sheet.texts[self._next] = text
        self._next += 1
        return self._next - 1

    def add_own(self, pieces: Sequence[bytes]) -> list[int]:
        """Return the indexes of texts that stand in the cells themselves, as XML writes them.

        Raises
        ------
        IrregularError
            If it takes a parser to read them.
        """
        fresh = [piece for piece in dict.fromkeys(pieces) if piece not in self._own]
        texts = plain_texts(fresh)
        if b"_x" in b"".join(fresh):
            texts = [unescape(text) for text in texts]
        first, self._next = self._next, self._next + len(fresh)
        self._own.update(zip(fresh, range(first, self._next), strict=True))
        self._sheet.texts.update(zip(range(first, self._next), texts, strict=True))
        return list(map(self._own.__getitem__, pieces))

    def use_shared(self, indexes: Collection[int]) -> frozenset[int]:
        """Take shared texts; return which of them are empty, and so none.

        Raises
        ------
        IrregularError
            If there are not so many.
        """
        if indexes and max(indexes) >= len(self.shared):
            raise IrregularError
        blank = frozenset(index for index in indexes if not self.shared[index])
        self._sheet.texts.update((index, self.shared[index]) for index in indexes if index not in blank)
        return blank
