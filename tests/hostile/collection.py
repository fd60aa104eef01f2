"""All hostile, broken and odd files."""

from typing import Final

from tests.hostile import (
    broken_cells,
    broken_relations,
    broken_sheets,
    broken_xml,
    broken_zips,
    odd_packages,
    odd_sheets,
    other_files,
    part_names,
    too_much,
    wrong_everywhere,
)
from tests.hostile.case import Case

CASES: Final[tuple[Case, ...]] = (
    *other_files.CASES,
    *broken_zips.CASES,
    *part_names.CASES,
    *broken_relations.CASES,
    *broken_xml.CASES,
    *broken_sheets.CASES,
    *broken_cells.CASES,
    *odd_packages.CASES,
    *odd_sheets.CASES,
    *too_much.CASES,
    *wrong_everywhere.CASES,
)
