"""What is on a virtual screen, read from the file that Xvfb keeps it in (the format of ``xwd``)."""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

_HEADER = struct.Struct(">25I")
_COLOUR_SIZE = 12

Pixels = NDArray[np.uint32]


@dataclass(frozen=True)
class Box:
    """A rectangle on the screen, in pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[int, int]:
        """Its centre."""
        return self.left + self.width // 2, self.top + self.height // 2


def read_screen(file: Path) -> Pixels:
    """Return the colours on the screen, (height, width), as 0xRRGGBB."""
    content = file.read_bytes()
    header = _HEADER.unpack_from(content)
    size, width, height, bytes_per_line, colours = header[0], header[4], header[5], header[12], header[19]
    start = size + colours * _COLOUR_SIZE
    pixels = np.frombuffer(content, dtype="<u4", count=height * bytes_per_line // 4, offset=start)
    return pixels.reshape(height, bytes_per_line // 4)[:, :width] & 0xFFFFFF


def difference(before: Pixels, after: Pixels, within: Box | None = None) -> Box | None:
    """Return the smallest rectangle outside which two pictures are equal, ``None`` if they are."""
    left, top = (within.left, within.top) if within else (0, 0)
    height, width = (within.height, within.width) if within else before.shape
    window = slice(top, top + height), slice(left, left + width)
    rows, columns = np.nonzero(before[window] != after[window])
    if not len(rows):
        return None
    x, y = int(columns.min()), int(rows.min())
    return Box(left + x, top + y, int(columns.max()) - x + 1, int(rows.max()) - y + 1)


def write_picture(pixels: Pixels, file: Path) -> None:
    """Write a picture as a PNG."""
    colours = np.ascontiguousarray(pixels | 0xFF000000, dtype=np.uint32)
    height, width = colours.shape
    assert QImage(colours.tobytes(), width, height, width * 4, QImage.Format.Format_RGB32).save(str(file))
