"""What an XML part begins with."""

import re

_DECLARATION = re.compile(rb"\s*<\?xml\s[^<>]*?\?>")
_ENCODING = re.compile(rb"""\sencoding\s*=\s*["']([^"']*)["']""")
_MARK = b"\xef\xbb\xbf"


def is_plain_utf_8(outside: bytes) -> bool:
    """Return whether a part is in UTF-8 and holds neither comments nor declarations.

    Parameters
    ----------
    outside
        The part without what stands in its middle.
    """
    text = outside.removeprefix(_MARK)
    declared = _DECLARATION.match(text)
    if declared:
        encoding = _ENCODING.search(declared[0])
        if encoding and encoding[1].lower() not in (b"utf-8", b"utf8"):
            return False
        text = text[declared.end() :]
    return text.lstrip().startswith(b"<") and b"<!" not in text and b"<?" not in text
