import math
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aluplanner.model.calendar import Month
from aluplanner.model.cell_text import CellTextError, clean_number, clean_text, edit_text, parse, show, typed
from aluplanner.model.demand import growth_column
from aluplanner.model.plan import TABLES
from aluplanner.model.schema import Column, Type, Value

COLUMNS = [
    *(column for table in TABLES.values() for column in (*table.columns, *table.parameters.values())),
    growth_column(2017),
]
BY_TYPE = {kind: next(column for column in COLUMNS if column.type is kind) for kind in Type}
KT_PER_YEAR = next(column for column in TABLES["plants"].columns if column.name == "built")
KT = next(column for column in TABLES["monthly"].columns if column.name == "net_imports")
SHARE = next(column for column in TABLES["actions"].columns if column.name == "share")
START = next(column for column in TABLES["actions"].columns if column.name == "start")

NUMBERS = st.floats(allow_nan=False, allow_infinity=False).map(clean_number).filter(math.isfinite)
WORDS = st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda text: text == clean_text(text))
VALUES: dict[Type, st.SearchStrategy[Any]] = {
    Type.TEXT: WORDS,
    Type.NAMES: WORDS,
    Type.VALUE: WORDS,
    Type.NUMBER: NUMBERS,
    Type.FRACTION: NUMBERS,
    Type.MONTH: st.integers(1990 * 12, 2101 * 12 - 1).map(Month),
    Type.YES_NO: st.booleans(),
}


def values_of(column: Column) -> st.SearchStrategy[Value]:
    return st.none() | (st.sampled_from(column.choices) if column.type is Type.CHOICE else VALUES[column.type])


@given(data=st.data())
def test_that_what_an_editor_shows_is_read_back_digit_for_digit(data: st.DataObject) -> None:
    column = data.draw(st.sampled_from(COLUMNS))
    value = data.draw(values_of(column))
    assert parse(column, edit_text(column, value)) == value
    assert typed(column, value) == value


@given(number=st.floats(0, 1) | st.decimals(0, 1, places=16).map(float))
def test_that_fractions_of_sixteen_digits_survive_the_percent_sign(number: float) -> None:
    number = clean_number(number)
    text = edit_text(SHARE, number)
    assert text.endswith("%")
    assert parse(SHARE, text) == number


@given(column=st.sampled_from(COLUMNS), text=st.text() | st.from_regex(r"[-+]?[\d,. ]+e?[\d]{0,9} ?[%k万]?.?"))
def test_that_any_text_is_read_or_refused_in_words(column: Column, text: str) -> None:
    try:
        value = parse(column, text)
    except CellTextError as error:
        value, words = None, (error.message.strip(), error.remedy.strip())
    else:
        words = ("read", "well")
    assert all(words)
    assert value is None or value == typed(column, value) == parse(column, edit_text(column, value))


@given(column=st.sampled_from(COLUMNS), data=st.data())
def test_that_every_value_can_be_shown(column: Column, data: st.DataObject) -> None:
    value = data.draw(values_of(column))
    assert (show(column, value) == "") is (value is None)


@given(number=st.floats(0.01, 1e9))
def test_that_what_a_cell_shows_is_the_number_rounded(number: float) -> None:
    assert parse(KT_PER_YEAR, show(KT_PER_YEAR, number)) == pytest.approx(number, abs=0.5e-4)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,200", 1200.0),
        ("１２００", 1200.0),
        ("１，２００．５", 1200.5),
        (" 38 000 ", 38000.0),
        ("38\u00a0000", 38000.0),
        ("38\u202f000", 38000.0),
        ("1,234,567.25", 1234567.25),
        ("-5", -5.0),
        ("−5", -5.0),
        ("+.5", 0.5),
        ("5.", 5.0),
        ("1.2e3", 1200.0),
        ("12 万吨", 120.0),
        ("12万吨/年", 120.0),
        ("１２万吨", 120.0),
        ("0.38 Mt", 380.0),
        ("0.38Mt/y", 380.0),
        ("250 kt", 250.0),
        ("250 kt/y", 250.0),
        ("250 千吨", 250.0),
        ("1.5百万吨", 1500.0),
        ("250 t", 0.25),
        ("100 t/d", 36.5),
        ("2 万吨/月", 240.0),
    ],
)
def test_that_numbers_are_read_as_planners_write_them(text: str, value: float) -> None:
    assert parse(KT_PER_YEAR, text) == value


@pytest.mark.parametrize("text", ["", "  ", "-", "–", "—", "n/a", "N/A", "#N/A", "ＮＡ"])
@pytest.mark.parametrize("kind", [Type.NUMBER, Type.FRACTION, Type.MONTH, Type.YES_NO, Type.CHOICE])
def test_that_words_for_missing_are_blanks(kind: Type, text: str) -> None:
    assert parse(BY_TYPE[kind], text) is None


@pytest.mark.parametrize(
    "text",
    ["1,20", "12,34", "1.200,5", "1 20", "(5)", "1_000", "0x10", "inf", "nan", "about 5", "5-6", "1e400", "1e1000000",
     "1e-1000000", "9" * 400, "1.797693134862316e308", "½", "5½", "950¹", "12 MT", "12 t/week", "12 万",
     "30%", "12 RMB/t", "--5"],
)  # fmt: skip
def test_that_nothing_is_guessed_in_a_number(text: str) -> None:
    with pytest.raises(CellTextError) as caught:
        parse(KT_PER_YEAR, text)
    assert caught.value.remedy


def test_that_a_yearly_rate_is_no_amount() -> None:
    assert parse(KT, "2 万吨") == 20.0
    with pytest.raises(CellTextError):
        parse(KT, "2 万吨/年")


@pytest.mark.parametrize(
    ("text", "value"),
    [("30%", 0.3), ("３０％", 0.3), ("30 %", 0.3), ("0.3", 0.3), ("-2.5%", -0.025), ("1e1%", 0.1), ("30", 30.0)],
)
def test_that_percent_signs_are_understood_in_shares(text: str, value: float) -> None:
    assert parse(SHARE, text) == value


@pytest.mark.parametrize(
    "text",
    ["2017-06", "2017/6", "2017.6", "Jun 2017", "June 2017", "JUNE-2017", "Jun, 2017", "2017年6月", "2017 年 6 月",
     "２０１７年６月", "2017-06-01", "2017-06-30", "2017/6/15", "2017-06-01 00:00:00", " 2017-06 "],
)  # fmt: skip
def test_that_months_are_read_as_planners_write_them(text: str) -> None:
    assert parse(START, text) == Month.of(2017, 6)


@pytest.mark.parametrize(
    "text",
    ["2017", "2017-13", "2017-0", "2017-06-31", "6", "06/2017", "Juno 2017", "Ju 2017", "1989-12", "2101-01", "201706",
     "2017-06-01 08:00"],
)  # fmt: skip
def test_that_what_is_no_month_of_1990_to_2100_is_refused(text: str) -> None:
    with pytest.raises(CellTextError):
        parse(START, text)


@pytest.mark.parametrize(("text", "value"), [("Yes", True), ("是", True), ("TRUE", True), ("1", True), ("y", True),
                                             ("no", False), ("否", False), ("False", False), ("0", False)])  # fmt: skip
def test_that_yes_and_no_are_read(text: str, value: bool) -> None:
    assert parse(BY_TYPE[Type.YES_NO], text) is value


def test_that_maybe_is_neither() -> None:
    with pytest.raises(CellTextError):
        parse(BY_TYPE[Type.YES_NO], "maybe")


@pytest.mark.parametrize("text", ["non-compliant", "Non-Compliant", " NON COMPLIANT ", "non compliant"])
def test_that_choices_ignore_case_blanks_and_hyphens(text: str) -> None:
    compliance = next(column for column in TABLES["actions"].columns if column.name == "compliance")
    assert parse(compliance, text) == "non-compliant"
    with pytest.raises(CellTextError, match="any, compliant, non-compliant"):
        parse(compliance, "legal")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), True, Month.of(2017, 6), 1.7976931348623157e308])
def test_that_a_number_column_takes_finite_numbers_only(value: Value) -> None:
    with pytest.raises(CellTextError):
        typed(KT, value)


@pytest.mark.parametrize(("kind", "value"), [(Type.MONTH, 5.0), (Type.CHOICE, 1.0), (Type.MONTH, True)])
def test_that_a_value_of_another_type_is_refused(kind: Type, value: Value) -> None:
    with pytest.raises(CellTextError):
        typed(BY_TYPE[kind], value)


@given(number=st.floats(allow_nan=False, allow_infinity=False))
def test_that_a_stored_number_has_sixteen_digits_and_stays(number: float) -> None:
    assume(math.isfinite(clean_number(number)))
    stored = typed(KT, number)
    assert isinstance(stored, float)
    assert float(f"{stored:.16g}") == stored == typed(KT, stored)
    assert stored == pytest.approx(number, rel=1e-15)


def test_that_text_is_kept_but_for_its_outer_blanks() -> None:
    assert parse(BY_TYPE[Type.TEXT], "  Weiqiao (3rd line)  ") == "Weiqiao (3rd line)"
    assert parse(BY_TYPE[Type.TEXT], "-") == "-"
    assert parse(BY_TYPE[Type.TEXT], "   ") is None


@given(text=st.text() | st.text("a \n\r\x00\x1b\ud800\uffff"))
def test_that_text_is_stored_as_a_workbook_can_hold_it(text: str) -> None:
    stored = clean_text(text)
    assert stored == stored.strip() == clean_text(stored)
    assert not set(stored) & set("\r\x00\x08\x1b\ud800\uffff")
    assert set(stored) <= set(text) | {"\n"}


@pytest.mark.parametrize(
    ("table", "name", "text", "choice"),
    [
        ("plants", "product", "氧化铝", "alumina"),
        ("actions", "product", "电解铝", "aluminium"),
        ("actions", "kind", "停建", "halt construction"),
        ("actions", "kind", "减产", "curtail output"),
        ("actions", "compliance", " 违规 ", "non-compliant"),
    ],
)
def test_that_chinese_words_name_choices(table: str, name: str, text: str, choice: str) -> None:
    column = next(column for column in TABLES[table].columns if column.name == name)
    assert parse(column, text) == choice
