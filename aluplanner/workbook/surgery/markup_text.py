"""XML parts as text: taken apart and put together at known places, so that all the rest stays as it was written."""

import html
import re
from collections.abc import Mapping
from typing import Final

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_DECLARATION = re.compile(r"<\?xml\b[^>]*\?>")
_ENCODING = re.compile(r"""encoding\s*=\s*["']([\w.\-]+)["']""")
_PREFIX_OF_MAIN = re.compile(rf"""xmlns:(\w+)\s*=\s*["']{re.escape(MAIN)}["']""")
_FRAME_PREFIXES: Final = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_TAG = re.compile(r"<[^>]*>")
_BLANK_ENDS: Final = (" >", "\n>", "\t>", "\r>")
_BLANK_END = re.compile(r"</([\w:.\-]+)\s+>")
_ATTRIBUTE = re.compile(r"""([\w:.\-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SPECIAL = re.compile('[&<>"]')
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def text_of(part: bytes) -> str:
    """Return a part as text that declares no encoding but UTF-8, the main namespace without a prefix."""
    text = utf8_text(part)
    if any(blank in text for blank in _BLANK_ENDS):
        text = _BLANK_END.sub(r"</\1>", text)
    found = _PREFIX_OF_MAIN.search(text)
    return _without_prefix(text, found[1]) if found else text


def with_usual_prefixes(frames: str) -> str:
    """Return the frames of notes with the prefixes that Excel gives their elements; other programs give others."""
    names = {}
    for usual, namespace in _FRAME_PREFIXES.items():
        declared = re.search(rf"""xmlns:([\w.\-]+)\s*=\s*["']{re.escape(namespace)}["']""", frames)
        if declared is not None and declared[1] != usual:
            names[declared[1]] = usual
    if not names:
        return frames
    either = "|".join(map(re.escape, names))
    prefix = re.compile(rf"(?<=xmlns:)(?:{either})(?=\s*=)|(?<=[\s</])(?:{either})(?=:)")
    return _TAG.sub(lambda tag: prefix.sub(lambda found: names[found[0]], tag[0]), frames)


def bytes_of(text: str) -> bytes:
    """Return the part that a text is."""
    return text.encode()


def utf8_text(part: bytes) -> str:
    """Return a part as text that declares no encoding but UTF-8."""
    for mark, encoding in _MARKS:
        if part.startswith(mark):
            return _in_utf8(part.decode(encoding))
    head = part[:200].decode("ascii", "replace")
    declared = _ENCODING.search(head.partition("?>")[0])
    encoding = declared[1].lower() if declared else "utf-8"
    return part.decode() if encoding in ("utf-8", "utf8") else _in_utf8(part.decode(encoding))


def _in_utf8(text: str) -> str:
    return _DECLARATION.sub('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', text, count=1)


def _without_prefix(text: str, prefix: str) -> str:
    """Return a part that names the elements of the main namespace with a prefix as one that does without it."""
    if not re.search(rf"<{prefix}:", text):
        return text
    plain = re.sub(rf"<(/?){prefix}:", r"<\1", text)
    declared = re.compile(rf"""xmlns:{prefix}\s*=\s*(["'])""")
    # the prefix stays declared: contents of other namespaces may use it
    return declared.sub(rf'xmlns="{MAIN}" xmlns:{prefix}=\1', plain, count=1)


def attributes(tag: str) -> dict[str, str]:
    """Return the attributes of a start tag."""
    return {name: unescaped(double or single) for name, double, single in _ATTRIBUTE.findall(tag)}


def with_attributes(tag: str, changed: Mapping[str, str | None]) -> str:
    """Return a start tag with some attributes set, and those that are ``None`` taken away."""
    for name, value in changed.items():
        pattern = re.compile(rf"""\s{re.escape(name)}\s*=\s*(?:"[^"]*"|'[^']*')""")
        written = "" if value is None else f' {name}="{escaped(value)}"'
        tag, count = pattern.subn(lambda _, written=written: written, tag, count=1)  # type: ignore[misc]
        if not count and written:
            end = tag.rindex("/>") if tag.endswith("/>") else tag.rindex(">")
            tag = f"{tag[:end].rstrip()}{written}{tag[end:]}"
    return tag


def escaped(text: str) -> str:
    """Return text as it stands in an element or an attribute."""
    if not _SPECIAL.search(text):
        return text
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def unescaped(text: str) -> str:
    """Return the text that stands in an element or an attribute."""
    return html.unescape(text) if "&" in text else text
