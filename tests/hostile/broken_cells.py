"""Cells whose contents are none: the file is read, and each is told with its place."""

from collections.abc import Callable, Iterator
from typing import Final

from tests.hostile.broken_relations import with_parts
from tests.hostile.case import Case, opened, survived, told
from tests.hostile.package_parts import ACTIONS, OWN, PLANTS, TEXTS, actions, inline, parts, plants, sheet, texts

_BUILT: Final = "Plants!C2"
_START: Final = "Actions!E2"


def _built(contents: str, kind: str = "") -> Callable[[], bytes]:
    stated = f' t="{kind}"' if kind else ""
    return with_parts({PLANTS: plants(built=f'<c r="C2"{stated}>{contents}</c>')})


def _value(text: str, kind: str = "") -> Callable[[], bytes]:
    return _built(f"<v>{text}</v>", kind)


def _start(cell: str) -> Callable[[], bytes]:
    return with_parts({ACTIONS: actions(f'<c r="E2" {cell}</c>')})


def _numbers() -> Iterator[Case]:
    nonsense = ("1e309", "-1e309", "NaN", "nan", "INF", "-Infinity", "0x3E8", "1_000", "1e", "--5", "1 000", "1,5")
    for text in nonsense:
        yield told(_BUILT, f"number {text}", _value(text))
    yield told(_BUILT, "number of four hundred digits", _value("9" * 400))
    yield told(_BUILT, "number of a million digits", _value("9" * 1_000_000))
    yield told(_BUILT, "number with an exponent of ten thousand digits", _value("1e" + "9" * 10_000))
    yield survived("number in wide digits", _value("１０００"))
    for text in ("1000.", "+1000", "1.0E3", " 1000 ", "1000.000000000000000000000000000000001", "001000"):
        yield opened(f"number {text}", _value(text))
    yield opened("number too small to tell from nothing", with_parts({PLANTS: plants().replace(">900<", ">1e-400<")}))
    yield opened("a number as a text", _value("1 000", "str"))


def _kinds() -> Iterator[Case]:
    for index in ("-1", "8", "4294967296", "99999999999999999999", "x", "1.0", "1e0", "9" * 5000):
        yield told(_BUILT, f"shared text {index[:20]} ({len(index)} letters)", _value(index, "s"))
    for error in ("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#####", "nonsense"):
        yield told(_BUILT, f"error {error}", _value(error, "e"))
    yield told(_BUILT, "kind of cell nobody knows", _value("1000", "zzz"))
    yield told(_BUILT, "truth where a number is due", _value("1", "b"))
    yield told(_BUILT, "truth that is none", _value("perhaps", "b"))
    yield told(_BUILT, "date where a number is due", _value("2017-06-01T00:00:00", "d"))
    yield told(_BUILT, "words where a number is due", _value("plenty", "str"))
    yield survived("a shared text without an index", _value("", "s"))
    yield survived("a cell in itself without contents", _built("", "inlineStr"))


def _formulas() -> Iterator[Case]:
    yield told(_BUILT, "formula that was never calculated", _built("<f>A1</f>"))
    yield told(_BUILT, "formula with an empty value", _built("<f>A1</f><v/>"))
    yield told(_BUILT, "formula with an error", _built("<f>1/0</f><v>#DIV/0!</v>", "e"))
    yield told(_BUILT, "shared formula without its first, never calculated", _built('<f t="shared" si="9"/>'))
    yield opened("shared formula without its first", _built('<f t="shared" si="-1"/><v>1000</v>'))
    yield opened("formula over nonsense", _built('<f t="array" ref="ZZZ1:A0">{{{</f><v>1000</v>'))
    yield opened("formula of a hundred kilobytes", _built(f"<f>{'A1+' * 35_000}1</f><v>1000</v>"))
    yield opened("formula that calls another program", _built("<f>cmd|'/C calc'!A0</f><v>1000</v>"))
    yield opened("formula that calls the web", _built('<f>WEBSERVICE("http://localhost:9/")</f><v>1000</v>'))


def _months() -> Iterator[Case]:
    for days in ("1e300", "-1", "0", "60", "2958466", "99999999", "-1e18"):
        yield told(_START, f"day {days}", _start(f's="1"><v>{days}</v>'))
    for text in ("2017-13-01T00:00:00", "someday", "0000-00-00", "+9999999-01-01", "2017-02-30"):
        yield told(_START, f"date {text}", _start(f't="d"><v>{text}</v>'))
    yield told(_START, "a plain number as a month", _start("><v>42887</v>"))
    yield told(_START, "an error as a month", _start('t="e"><v>#REF!</v>'))
    yield opened("a date in full", _start('t="d"><v>2017-06-01T00:00:00</v>'))
    yield opened("a date of another time zone", _start('t="d"><v>2017-06-01T00:00:00+08:00</v>'))


def _long(length: int) -> str:
    return "n" * length


def _texts() -> Iterator[Case]:
    hidden = '<si><t>Plant</t><rPh sb="0" eb="1"><t>noise</t></rPh></si>'
    runs = f"<si>{'<r><t>E</t></r>' * 20_000}</si>"
    own = parts()[TEXTS].decode()
    yield survived("name of thirty-three thousand letters", with_parts({TEXTS: own.replace("East", _long(33_000))}))
    yield survived("name of ten million letters", with_parts({TEXTS: own.replace("East", _long(10_000_000))}))
    yield opened(
        "own text of a million letters", with_parts({OWN: sheet(f'<row r="1">{inline("A1", _long(1_000_000))}</row>')})
    )
    yield survived("name in twenty thousand pieces", with_parts({TEXTS: own.replace("<si><t>West</t></si>", runs)}))
    yield opened("how a text is spoken", with_parts({TEXTS: own.replace("<si><t>Plant</t></si>", hidden)}))
    yield survived("a text of half a character", with_parts({TEXTS: own.replace("West", "_xD800_")}))
    yield survived("a text of control characters", with_parts({TEXTS: own.replace("West", "_x0000__x0007_W")}))
    yield survived(
        "texts in each other", with_parts({TEXTS: own.replace("<si><t>West</t></si>", "<si><si><t>W</t></si></si>")})
    )
    yield opened("half a million texts", with_parts({TEXTS: texts(_listed(own) + "<si><t>n</t></si>" * 500_000)}))
    tricky = "".join(f'<row r="{9 + n}">{inline(f"Z{9 + n}", text)}</row>' for n, text in enumerate(_TRICKY))
    yield opened("texts that look like formulas and links", with_parts({PLANTS: plants(tricky)}))


_TRICKY: Final = ("=1+1", "@SUM(A1)", "http://localhost:9/", "=cmd|'/C calc'!A0", "\u202edlrow", "zero\u200bwidth")


def _listed(own: str) -> str:
    return own.partition(">")[2].partition(">")[2].replace("</sst>", "")


CASES: Final = (*_numbers(), *_kinds(), *_formulas(), *_months(), *_texts())
