"""Pieces of XML that hold text and nothing else, taken as they are where that is surely right."""

from collections.abc import Sequence
from typing import Final

_BETWEEN: Final = b"<"
"""What stands between pieces that are looked at together; no text of XML holds it."""
_CONTROLS: Final = bytes({*range(32)} - {9, 10})
_NEVER: Final = (b"]]>", b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_CHARACTERS: Final = {
    "amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "#9": "\t", "#10": "\n", "#13": "\r",
}  # fmt: skip


class IrregularError(Exception):
    """What was found is not in the form that is scanned; it may be right all the same."""


def plain_texts(pieces: Sequence[bytes]) -> list[str]:
    """Return the texts that pieces of UTF-8 between two tags stand for.

    Raises
    ------
    IrregularError
        If one is no text of XML, or one that takes a parser.
    """
    together = _BETWEEN.join(pieces)
    if len(together.translate(None, _CONTROLS)) != len(together) or any(never in together for never in _NEVER):
        raise IrregularError
    try:
        text = together.decode()
    except UnicodeDecodeError:
        raise IrregularError from None
    texts = text.split("<") if pieces else []
    return [_resolved(text) if "&" in text else text for text in texts] if "&" in text else texts


def _resolved(text: str) -> str:
    """Return text with the references to characters resolved that writers use."""
    head, *tails = text.split("&")
    found = [head]
    for tail in tails:
        name, end, rest = tail.partition(";")
        if not end or name not in _CHARACTERS:
            raise IrregularError
        found += (_CHARACTERS[name], rest)
    return "".join(found)
