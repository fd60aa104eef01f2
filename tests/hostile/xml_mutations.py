"""Changes of XML that mostly leave it well-formed: other elements, other attributes, other values."""

import re
from collections.abc import Callable
from random import Random
from typing import Final

Change = Callable[[Random, bytes], bytes]

_TAG: Final = re.compile(rb"<[^<>]+>")
_ATTRIBUTE: Final = re.compile(rb"""\s[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*')""")
_VALUE: Final = re.compile(rb'"([^"]*)"')
_TEXT: Final = re.compile(rb">([^<>]+)<")
_NUMBER: Final = re.compile(rb"\d+(?:\.\d+)?")
_REFERENCE: Final = re.compile(rb'"([A-Z]{1,3}\d{1,7})(?=[":])')

_ODD_VALUES: Final = (
    *(
        b"",
        b" ",
        b"0",
        b"-1",
        b"1",
        b"2",
        b"7",
        b"1.5",
        b"1e309",
        b"1e-400",
        b"NaN",
        b"inf",
        b"0x10",
        b"1_000",
        b"9" * 30,
    ),
    *(
        b"9" * 5000,
        b"4294967296",
        b"1048576",
        b"1048577",
        b"2000000000",
        b"A1",
        b"XFD1048576",
        b"ZZZ9",
        b"A1:XFD1048576",
    ),
    *(b"a1", b"$A$1", b"A0", b"#REF!", b"#N/A", b"true", b"false", b"s", b"n", b"str", b"e", b"b", b"d", b"inlineStr"),
    *(b"shared", b"array", b"preserve", b"rId1", b"rId99", b"../../x", b"/xl/styles.xml", b"worksheets/sheet1.xml"),
    *(b"External", b"2017-06", b"2017-13-01", b"2017-06-01T00:00:00", b"42887", b"2958466", b"=1+1", b"30%", b"1,200"),
    *(
        b"Plants",
        b"Plant",
        b"Built (Mt/y)",
        b"Built (kt/y)",
        b"Growth 1776 (%)",
        b"Growth 2017 (%)",
        b"Total",
        "合计".encode(),
    ),
    *(
        "铝".encode(),
        "１２００".encode(),
        b"_x0000_",
        b"_xD800_",
        b"_x000D_",
        b"&#10;",
        b"&amp;",
        b"&lt;",
        b"x" * 40_000,
    ),
)
_ODD_PIECES: Final = (
    *(
        b"<!DOCTYPE x>",
        b"<!-- -->",
        b"<![CDATA[x]]>",
        b"<?x y?>",
        b"&many;",
        b"&#0;",
        b"]]>",
        b"\x00",
        b"\xff",
        b"<",
        b">",
        b'"',
    ),
    *(
        b"<c/>",
        b"<c><v>1</v></c>",
        b'<c t="s"><v>0</v></c>',
        b'<row r="1"/>',
        b"<row>",
        b"</row>",
        b"<v/>",
        b"<f/>",
        b"<f>A1</f>",
    ),
    *(
        b'<c r="A1" t="inlineStr"><is><t>x</t></is></c>',
        b"<is/>",
        b"<t>x</t>",
        b"<si/>",
        b"<r><t>x</t></r>",
        b"<rPh><t>x</t></rPh>",
    ),
    *(
        b"<sheetData/>",
        b"</sheetData>",
        b"<sheetData>",
        b'<mergeCell ref="A1:C3"/>',
        b'<mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
    ),
    *(
        b"<xf/>",
        b'<xf numFmtId="14"/>',
        b'<sheet name="Plants" sheetId="9"/>',
        b"<Relationship/>",
        b"<extLst/>",
        b"  \n",
        b"x",
    ),
)


def _spans(pattern: re.Pattern[bytes], text: bytes, group: int = 0) -> list[tuple[int, int]]:
    return [found.span(group) for found in pattern.finditer(text)]


def _with_span(random: Random, text: bytes, spans: list[tuple[int, int]], change: Callable[[bytes], bytes]) -> bytes:
    """Return the text with one of its spans changed, as it is if there is none."""
    if not spans:
        return text
    start, end = random.choice(spans)
    return text[:start] + change(text[start:end]) + text[end:]


def _odd(random: Random, _: bytes = b"") -> bytes:
    return random.choice(_ODD_VALUES)


def _elements(random: Random, text: bytes) -> tuple[int, int] | None:
    """Return where some element begins and ends, children included, as far as its name tells."""
    opening = [span for span in _spans(_TAG, text) if text[span[0] + 1] not in b"/?!"]
    if not opening:
        return None
    start, end = random.choice(opening)
    if text[end - 2 : end] == b"/>":
        return start, end
    name = re.match(rb"[\w:.-]*", text[start + 1 : end])
    close = text.find(b"</" + (name[0] if name else b"") + b">", end)
    return (start, end) if close < 0 else (start, text.index(b">", close) + 1)


def _delete_tag(random: Random, text: bytes) -> bytes:
    return _with_span(random, text, _spans(_TAG, text), lambda _: b"")


def _repeat_tag(random: Random, text: bytes) -> bytes:
    return _with_span(random, text, _spans(_TAG, text), lambda tag: tag * 2)


def _delete_element(random: Random, text: bytes) -> bytes:
    found = _elements(random, text)
    return text if found is None else text[: found[0]] + text[found[1] :]


def _repeat_element(random: Random, text: bytes) -> bytes:
    found = _elements(random, text)
    return (
        text
        if found is None
        else text[: found[1]] + text[found[0] : found[1]] * random.choice((1, 2, 50)) + text[found[1] :]
    )


def _move_element(random: Random, text: bytes) -> bytes:
    found = _elements(random, text)
    if found is None:
        return text
    rest = text[: found[0]] + text[found[1] :]
    places = _spans(_TAG, rest)
    place = random.choice(places)[1] if places else 0
    return rest[:place] + text[found[0] : found[1]] + rest[place:]


def _wrap_element(random: Random, text: bytes) -> bytes:
    found = _elements(random, text)
    if found is None:
        return text
    depth = random.choice((1, 2, 500))
    return text[: found[0]] + b"<w>" * depth + text[found[0] : found[1]] + b"</w>" * depth + text[found[1] :]


def _rename_element(random: Random, text: bytes) -> bytes:
    names = sorted(set(re.findall(rb"</([\w:.-]+)>", text)))
    if not names:
        return text
    old, new = random.choice(names), random.choice([*names, b"x", b"c", b"row", b"v"])
    pattern = re.compile(rb"(</?)" + re.escape(old) + rb"(?=[\s/>])")
    count = random.choice((0, 0, 2))
    return pattern.sub(lambda found: found[1] + new, text, count=count)


def _delete_attribute(random: Random, text: bytes) -> bytes:
    return _with_span(random, text, _spans(_ATTRIBUTE, text), lambda _: b"")


def _repeat_attribute(random: Random, text: bytes) -> bytes:
    return _with_span(random, text, _spans(_ATTRIBUTE, text), lambda said: said * 2)


def _move_attribute(random: Random, text: bytes) -> bytes:
    """Put an attribute of one element into another."""
    said = _spans(_ATTRIBUTE, text)
    if not said:
        return text
    start, end = random.choice(said)
    return _with_span(random, text, said, lambda other: other + text[start:end])


def _odd_attribute(random: Random, text: bytes) -> bytes:
    return _with_span(random, text, _spans(_VALUE, text, 1), lambda value: _odd(random, value))


def _other_attribute(random: Random, text: bytes) -> bytes:
    values = _spans(_VALUE, text, 1)
    return _with_span(random, text, values, lambda _: text[slice(*random.choice(values))])


def _odd_text(random: Random, text: bytes) -> bytes:
    return _with_span(random, text, _spans(_TEXT, text, 1), lambda value: _odd(random, value))


def _other_text(random: Random, text: bytes) -> bytes:
    texts = _spans(_TEXT, text, 1)
    return _with_span(random, text, texts, lambda _: text[slice(*random.choice(texts))])


def _other_number(random: Random, text: bytes) -> bytes:
    def change(number: bytes) -> bytes:
        return random.choice((b"-" + number, number + b"0", number + b"e9", b"0", number[:-1] + b"7", number + number))

    return _with_span(random, text, _spans(_NUMBER, text), change)


def _other_reference(random: Random, text: bytes) -> bytes:
    references = _spans(_REFERENCE, text, 1)
    return _with_span(random, text, references, lambda _: text[slice(*random.choice(references))])


def _put_in_piece(random: Random, text: bytes) -> bytes:
    return _with_span(random, text, _spans(_TAG, text), lambda tag: tag + random.choice(_ODD_PIECES))


def _put_in_anywhere(random: Random, text: bytes) -> bytes:
    place = random.randint(0, len(text))
    return text[:place] + random.choice((*_ODD_PIECES, *_ODD_VALUES)) + text[place:]


def _other_quotes(random: Random, text: bytes) -> bytes:
    return _with_span(random, text, _spans(_TAG, text), lambda tag: tag.replace(b'"', b"'"))


def _blanks_in_tags(random: Random, text: bytes) -> bytes:
    return _with_span(random, text, _spans(_TAG, text), lambda tag: tag.replace(b" ", b"\n\t ").replace(b"=", b" = "))


XML_CHANGES: Final[tuple[Change, ...]] = (
    *(_delete_tag, _repeat_tag, _delete_element, _repeat_element, _move_element, _wrap_element, _rename_element),
    *(_delete_attribute, _repeat_attribute, _move_attribute, _odd_attribute, _odd_attribute, _other_attribute),
    *(_odd_text, _odd_text, _other_text, _other_number, _other_number, _other_reference, _put_in_piece, _put_in_piece),
    *(_put_in_anywhere, _other_quotes, _blanks_in_tags),
)
