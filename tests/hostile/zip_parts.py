"""The parts of a good archive."""

import io
import zipfile


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the members of an archive by name, folders left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist() if not name.endswith("/")}
