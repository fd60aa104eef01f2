"""Many fields of many records, written at once and one by one."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from aluplanner.model.plants import PLANTS, Plant
from aluplanner.model.records import made, written
from aluplanner.model.rows import Rows

PLANTS_GIVEN = tuple(Plant(f"P{number}", built=float(number), note="kept") for number in range(6))
cells = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(["built", "group", "note"]), st.integers(0, 9)), max_size=12
)


@given(cells)
def test_that_records_are_written_as_one_by_one(some: list[tuple[int, str, int]]) -> None:
    columns: dict[str, tuple[list[int], list[int]]] = {}
    expected = list(PLANTS_GIVEN)
    for place, name, value in some:
        places, values = columns.setdefault(name, ([], []))
        places.append(place)
        values.append(value)
        expected[place] = replace(expected[place], **{name: value})
    found = written(PLANTS_GIVEN, columns)
    assert found == expected
    assert [hash(record) for record in found] == [hash(record) for record in expected]
    untouched = set(range(6)) - {place for place, _, _ in some}
    assert all(found[place] is PLANTS_GIVEN[place] for place in untouched)


def test_that_keys_are_kept_where_they_cannot_change() -> None:
    rows = Rows(PLANTS, PLANTS_GIVEN)
    assert rows.position("P3") == 3
    assert rows.with_cell(3, "built", 7.0).keys is rows.keys
    renamed = rows.with_cell(3, "plant", "Q")
    assert renamed.keys[3] == "Q"
    assert renamed.position("P3") is None


def test_that_records_are_made_as_one_by_one() -> None:
    columns = {"plant": ["A", "B"], "built": [1.0, None]}
    assert made(Plant, columns) == [Plant("A", built=1.0), Plant("B")]
    assert made(Plant, {}) == []
