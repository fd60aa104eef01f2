"""Workbooks with parts that are no proper XML, or XML that does more than say what it says."""

from collections.abc import Callable, Iterator
from typing import Final

from tests.hostile.broken_relations import with_parts
from tests.hostile.case import OPENS, Case, opened, refused, survived
from tests.hostile.package_parts import (
    DECLARATION,
    MAIN,
    OWN,
    PLANTS,
    ROOT_RELATIONS,
    STYLES,
    TEXTS,
    WORKBOOK,
    WORKBOOK_RELATIONS,
    book,
    parts,
    plants,
)

_DAMAGED: Final = "damaged-xml"
_READ: Final = {
    "package's relations": ROOT_RELATIONS,
    "workbook": WORKBOOK,
    "workbook's relations": WORKBOOK_RELATIONS,
    "styles": STYLES,
    "texts": TEXTS,
    "plants": PLANTS,
}
"""The parts that have to be read, and are therefore attacked one by one."""

_LAUGHS: Final = "".join(
    f'<!ENTITY l{number} "{f"&l{number - 1};" * 10 if number else "lol"}">' for number in range(12)
)
_TYPES: Final = {
    "empty document type": "<!DOCTYPE x>",
    "entities within entities": f"<!DOCTYPE x [{_LAUGHS}]>",
    "an entity of this computer": '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>',
    "a document type of the web": '<!DOCTYPE x SYSTEM "http://localhost:9/x.dtd">',
    "entities of a document type elsewhere": '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://localhost:9/p"> %p;]>',
    "one long entity used often": f'<!DOCTYPE x [<!ENTITY q "{"q" * 100_000}">]>',
}


def _before_root(part: str, said: str) -> Callable[[], bytes]:
    return with_parts({part: parts()[part].replace(b"?>\n", b"?>\n" + said.encode(), 1)})


def _used(part: str, said: str, entity: str) -> Callable[[], bytes]:
    """Return what makes a workbook with a document type whose entity stands in a text, too."""

    def make() -> bytes:
        text = parts()[part].decode().replace("?>\n", f"?>\n{said}", 1)
        return book({part: text.replace("East", f"&{entity};" * 3)})

    return make


def _document_types() -> Iterator[Case]:
    for where, part in _READ.items():
        for what in ("empty document type", "entities within entities", "an entity of this computer"):
            yield refused("dtd", f"{what} in the {where}", _before_root(part, _TYPES[what]))
    for what in list(_TYPES)[3:]:
        yield refused("dtd", f"{what} in the plants", _before_root(PLANTS, _TYPES[what]))
    yield refused("dtd", "entities within entities, used", _used(TEXTS, _TYPES["entities within entities"], "l11"))
    yield refused("dtd", "an entity of this computer, used", _used(TEXTS, _TYPES["an entity of this computer"], "f"))
    yield refused(
        "dtd", "document type in UTF-16", with_parts({PLANTS: _utf16(f"<!DOCTYPE x>{_body(PLANTS)}", "utf-16")})
    )


def _body(part: str) -> str:
    return parts()[part].decode().partition("?>\n")[2]


def _utf16(body: str, encoding: str, mark: bytes = b"") -> bytes:
    return mark + f'<?xml version="1.0" encoding="UTF-16"?>{body}'.encode(encoding)


def _spoilt(part: str, change: Callable[[bytes], bytes]) -> Callable[[], bytes]:
    return lambda: book({part: change(parts()[part])})


_DAMAGES: Final[dict[str, Callable[[bytes], bytes]]] = {
    "cut off": lambda text: text[: len(text) * 2 // 3],
    "empty": lambda _: b"",
    "noise": lambda _: bytes(range(256)),
}
_MORE_DAMAGES: Final[dict[str, Callable[[bytes], bytes]]] = {
    "with two roots": lambda text: text + b"<again/>",
    "with words before the root": lambda text: b"words " + text,
    "with words behind the root": lambda text: text + b"words",
    "with a tag that is not closed": lambda text: text.replace(b"</row>", b"", 1),
    "with tags that cross": lambda text: text.replace(b"</v></c>", b"</c></v>", 1),
    "with an attribute twice": lambda text: text.replace(b'r="A1"', b'r="A1" r="A1"', 1),
    "with an attribute without quotes": lambda text: text.replace(b'r="A1"', b"r=A1", 1),
    "with an ampersand": lambda text: text.replace(b"<v>1000", b"<v>R&D", 1),
    "with an entity nobody declared": lambda text: text.replace(b"<v>1000", b"<v>&many;", 1),
    "with a zero": lambda text: text.replace(b"<v>1000", b"<v>10\x0000", 1),
    "with a control character": lambda text: text.replace(b"<v>1000", b"<v>\x01", 1),
    "with the number of a control character": lambda text: text.replace(b"<v>1000", b"<v>&#1;", 1),
    "with half a character": lambda text: text.replace(b"<v>1000", b"<v>&#xD800;", 1),
    "with a character beyond all": lambda text: text.replace(b"<v>1000", b"<v>&#x110000;", 1),
    "with Latin letters said to be UTF-8": lambda text: text.replace(b"<v>1000", b"<v>f\xfcnf", 1),
    "with an overlong character": lambda text: text.replace(b"<v>1000", b"<v>\xc0\xaf", 1),
    "with a namespace nobody declared": lambda text: text.replace(b"<c ", b"<z:c ", 1),
    "of zeros": lambda text: bytes(len(text)),
    "damaged behind its rows": lambda text: text.replace(b"</worksheet>", b"<pageSetup </worksheet>"),
}


def _damages() -> Iterator[Case]:
    for where, part in _READ.items():
        for how, change in _DAMAGES.items():
            yield refused(_DAMAGED, f"{where} {how}", _spoilt(part, change))
    for how, change in _MORE_DAMAGES.items():
        yield refused(_DAMAGED, f"plants {how}", _spoilt(PLANTS, change))


def _declared(encoding: str, data: bytes) -> Callable[[], bytes]:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'.encode("ascii")
    return with_parts({PLANTS: head + data})


def _encodings() -> Iterator[Case]:
    body = _body(PLANTS)
    chinese = _body(PLANTS).replace('<c r="C2"><v>1000', '<c r="Z2" t="str"><v>铝')
    yield refused(_DAMAGED, "encoding nobody knows", _declared("klingon", body.encode()))
    yield refused(_DAMAGED, "said to be UTF-16, but is not", _declared("UTF-16", body.encode()))
    yield refused(_DAMAGED, "in UTF-32", with_parts({PLANTS: body.encode("utf-32")}))
    yield refused(_DAMAGED, "in UTF-7", _declared("utf-7", body.replace("<", "+ADw-").encode()))
    yield refused({_DAMAGED, OPENS}, "in an old Chinese encoding", _declared("gb2312", chinese.encode("gb2312")))
    yield refused(_DAMAGED, "encoding that is a codec of something else", _declared("rot13", body.encode()))
    yield refused(_DAMAGED, "encoding that unpacks", _declared("zlib", body.encode()))
    yield refused(_DAMAGED, "UTF-16 cut in a character", with_parts({PLANTS: _utf16(body, "utf-16")[:-1]}))
    yield opened("plants in UTF-16", with_parts({PLANTS: _utf16(body, "utf-16")}))
    yield opened("plants in UTF-16, big end first", with_parts({PLANTS: _utf16(body, "utf-16-be", b"\xfe\xff")}))
    yield opened("plants in a Latin encoding", _declared("iso-8859-1", body.encode("latin-1")))
    yield opened("plants in a Windows encoding", _declared("windows-1252", body.encode("cp1252")))
    for where, part in _READ.items():
        yield opened(f"{where} with a byte order mark", with_parts({part: b"\xef\xbb\xbf" + parts()[part]}))
    yield opened("workbook in UTF-16", with_parts({WORKBOOK: _utf16(_body(WORKBOOK), "utf-16")}))
    yield opened("no declarations of XML", with_parts({part: _body(part) for part in _READ.values()}))


def _deep(depth: int) -> str:
    return "<a>" * depth + "</a>" * depth


def _nested() -> Iterator[Case]:
    yield refused(
        "too-deep", "a million elements deep in the plants", with_parts({PLANTS: plants(before=_deep(1_000_000))})
    )
    yield refused(
        "too-deep", "deep in the texts", with_parts({TEXTS: f'{DECLARATION}<sst xmlns="{MAIN}">{_deep(100_000)}</sst>'})
    )
    yield refused("too-deep", "deep in the workbook", _before_end(WORKBOOK, _deep(100_000)))
    yield refused("too-deep", "deep in the styles", _before_end(STYLES, _deep(100_000)))
    yield refused("too-deep", "deep in the relations", _before_end(WORKBOOK_RELATIONS, _deep(100_000)))
    yield opened("deep in an own sheet", with_parts({OWN: _deep(100_000)}))
    yield opened("twenty elements deep behind the rows", with_parts({PLANTS: plants(after=_deep(20))}))
    yield survived("a hundred thousand attributes", with_parts({PLANTS: plants(before=f"<a {_attributes(100_000)}/>")}))
    yield survived("three hundred thousand names of elements", with_parts({PLANTS: plants(before=_names(300_000))}))
    yield survived("ten thousand namespaces", with_parts({PLANTS: plants(before=_namespaces(10_000))}))


def _before_end(part: str, said: str) -> Callable[[], bytes]:
    def change(text: bytes) -> bytes:
        head, end, tail = text.rpartition(b"</")
        return head + said.encode() + end + tail

    return _spoilt(part, change)


def _attributes(count: int) -> str:
    return " ".join(f'a{number}="1"' for number in range(count))


def _names(count: int) -> str:
    return "".join(f"<e{number}/>" for number in range(count))


def _namespaces(count: int) -> str:
    return "".join(f'<n:e xmlns:n="urn:{number}"/>' for number in range(count))


def _harmless() -> Iterator[Case]:
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
    remarks = parts()[PLANTS].replace(b"<c ", b"<!-- a remark --><c ").replace(b"<v>1000", b"<v>10<!-- and -->00")
    yield opened("inclusion of a file of this computer", with_parts({PLANTS: plants(after=include)}))
    yield opened(
        "an instruction to show it in another way",
        _before_root(PLANTS, '<?xml-stylesheet href="http://localhost:9/"?>'),
    )
    yield opened("remarks everywhere", with_parts({PLANTS: remarks}))
    yield opened(
        "a number in a quoted section", _spoilt(PLANTS, lambda text: text.replace(b"<v>1000", b"<v><![CDATA[1000]]>"))
    )
    yield opened("single quotes", _spoilt(PLANTS, lambda text: text.replace(b'"', b"'")))
    yield opened(
        "a sheet without any namespace", _spoilt(PLANTS, lambda text: text.replace(f' xmlns="{MAIN}"'.encode(), b""))
    )
    yield opened(
        "an own sheet with a document type", with_parts({OWN: f'{DECLARATION}<!DOCTYPE x><worksheet xmlns="{MAIN}"/>'})
    )
    yield opened("an own sheet that is noise", with_parts({OWN: bytes(range(256))}))


CASES: Final = (*_document_types(), *_damages(), *_encodings(), *_nested(), *_harmless())
