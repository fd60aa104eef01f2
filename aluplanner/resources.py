"""Where the files that come with the program lie: icons, the example plan, translations, the manual."""

import sys
from functools import cache
from pathlib import Path


def resource_path(*parts: str) -> Path:
    """Give the path of a file that comes with the program.

    Parameters
    ----------
    *parts
        Path below the resource folder, such as ``"examples", "china-2017.xlsx"``.

    Returns
    -------
    pathlib.Path
        Absolute path. Whether the file itself exists is not checked.

    Raises
    ------
    FileNotFoundError
        If the resource folder is missing: the installation is damaged.
    """
    return _root().joinpath(*parts)


@cache
def _root() -> Path:
    return find_root(Path(__file__).resolve().parent, getattr(sys, "_MEIPASS", None))


def find_root(package: Path, bundle: str | None) -> Path:
    """Find the resource folder of an installed, a frozen or a checked-out program.

    Parameters
    ----------
    package
        The folder of the ``aluplanner`` package.
    bundle
        The folder a frozen program was unpacked to, ``None`` for any other.

    Returns
    -------
    pathlib.Path
        The first of these that exists: the copy inside the package (a wheel), the folder beside the
        package (a checkout), the folder in the bundle.

    Raises
    ------
    FileNotFoundError
        If none of them exists.
    """
    places = [package / "_resources", package.parent / "resources"]
    if bundle is not None:
        places.append(Path(bundle) / "resources")
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(
        f"The program's own files are missing; install it again. Looked in: {', '.join(map(str, places))}"
    )
