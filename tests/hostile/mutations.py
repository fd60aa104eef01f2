"""Good workbooks with a few things changed at random: bytes, members of the archive, or pieces of the XML inside."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from random import Random
from typing import Final

from tests.hostile.raw_zip import STORED, Entry, archive, entry
from tests.hostile.xml_mutations import XML_CHANGES
from tests.hostile.zip_parts import parts_of

_MOST_CHANGES: Final = 3
_LEVELS: Final = (("bytes", 15), ("members", 15), ("XML", 70))
_RARELY: Final = ("docProps/", "xl/theme/", "xl/media/")
"""Parts that nobody reads: they are seldom changed."""


def mutated(books: Mapping[str, bytes], seed: int) -> bytes:
    """Return one of the workbooks with one to three changes; the same for the same seed."""
    random = Random(seed)
    data = random.choice([*books.values()])
    (level,) = random.choices([name for name, _ in _LEVELS], [weight for _, weight in _LEVELS])
    count = random.randint(1, _MOST_CHANGES)
    if level == "bytes":
        for _ in range(count):
            data = random.choice(_BYTE_CHANGES)(random, data)
        return data
    members = list(_members(data))
    for _ in range(count):
        if level == "members":
            members = random.choice(_MEMBER_CHANGES)(random, members)
        else:
            place = _any_place(random, members)
            members[place] = _spoilt(random, members[place])
    return archive(members)


@cache
def _members(data: bytes) -> tuple[Entry, ...]:
    return tuple(entry(name, contents, STORED) for name, contents in parts_of(data).items())


def _any_place(random: Random, members: list[Entry]) -> int:
    weights = [1 if member.name.decode(errors="replace").startswith(_RARELY) else 10 for member in members]
    return random.choices(range(len(members)), weights)[0]


def _spoilt(random: Random, member: Entry) -> Entry:
    return _with(member, random.choice(XML_CHANGES)(random, member.packed))


def _with(member: Entry, contents: bytes) -> Entry:
    return replace(entry(member.name, contents, STORED), flags=member.flags)


# Changes of bytes


def _place(random: Random, data: bytes) -> int:
    return random.randrange(len(data)) if data else 0


def _flip(random: Random, data: bytes) -> bytes:
    place = _place(random, data)
    return data[:place] + bytes([random.randrange(256)]) + data[place + 1 :]


def _cut_out(random: Random, data: bytes) -> bytes:
    place = _place(random, data)
    return data[:place] + data[place + random.randint(1, 64) :]


def _put_in(random: Random, data: bytes) -> bytes:
    place = _place(random, data)
    return data[:place] + random.randbytes(random.randint(1, 16)) + data[place:]


def _repeat(random: Random, data: bytes) -> bytes:
    place, length = _place(random, data), random.randint(1, 200)
    return data[: place + length] + data[place:]


def _truncate(random: Random, data: bytes) -> bytes:
    return data[: _place(random, data)]


def _overwrite(random: Random, data: bytes) -> bytes:
    place, length = _place(random, data), random.randint(2, 64)
    return data[:place] + bytes([random.choice((0, 255))]) * length + data[place + length :]


def _near_the_end(random: Random, data: bytes) -> bytes:
    """Change the directory, which a change anywhere seldom meets."""
    place = max(0, len(data) - random.randint(1, 1500))
    return data[:place] + bytes([random.randrange(256)]) + data[place + 1 :]


_BYTE_CHANGES: Final = (_flip, _cut_out, _put_in, _repeat, _truncate, _overwrite, _near_the_end, _near_the_end)


# Changes of members


def _remove(random: Random, members: list[Entry]) -> list[Entry]:
    return [*members[: (place := _any_place(random, members))], *members[place + 1 :]] or members


def _double(random: Random, members: list[Entry]) -> list[Entry]:
    return [*members, random.choice(members)]


def _exchange(random: Random, members: list[Entry]) -> list[Entry]:
    """Let two members change their contents."""
    one, other = _any_place(random, members), _any_place(random, members)
    made = list(members)
    made[one], made[other] = _with(members[one], members[other].packed), _with(members[other], members[one].packed)
    return made


def _shuffle(random: Random, members: list[Entry]) -> list[Entry]:
    return random.sample(members, len(members))


def _rename(random: Random, members: list[Entry]) -> list[Entry]:
    name = random.choice(members).name
    changed = random.choice(
        (name.upper(), name.lower(), b"/" + name, name.replace(b"/", b"\\"), name + b"/", b"../" + name)
    )
    return _changed(random, members, name=changed)


def _lie(random: Random, members: list[Entry]) -> list[Entry]:
    size = random.choice((0, 1, 100, 1 << 20, (1 << 32) - 2))
    field = random.choice(("stated_size", "stated_packed", "stated_crc", "local_size", "offset", "method", "flags"))
    return _changed(random, members, **{field: size & 0xFFFF if field in ("method", "flags") else size})


def _empty(random: Random, members: list[Entry]) -> list[Entry]:
    return _replaced(random, members, lambda _: b"")


def _halve(random: Random, members: list[Entry]) -> list[Entry]:
    return _replaced(random, members, lambda contents: contents[: len(contents) // 2])


def _bytes_of_member(random: Random, members: list[Entry]) -> list[Entry]:
    return _replaced(random, members, lambda contents: random.choice(_BYTE_CHANGES)(random, contents))


def _recode(random: Random, members: list[Entry]) -> list[Entry]:
    """Write a member in another encoding, rightly or wrongly declared."""
    encoding = random.choice(("utf-16", "utf-16-le", "utf-32", "utf-8-sig", "latin-1", "gbk"))
    return _replaced(random, members, lambda contents: contents.decode(errors="replace").encode(encoding, "replace"))


def _replaced(random: Random, members: list[Entry], change: Callable[[bytes], bytes]) -> list[Entry]:
    place = _any_place(random, members)
    return [*members[:place], _with(members[place], change(members[place].packed)), *members[place + 1 :]]


def _changed(random: Random, members: list[Entry], **fields: object) -> list[Entry]:
    place = _any_place(random, members)
    changed = replace(members[place], **fields)  # type: ignore[arg-type]
    return [*members[:place], changed, *members[place + 1 :]]


_MEMBER_CHANGES: Final = (
    *(_remove, _double, _exchange, _shuffle, _rename, _lie, _lie, _empty, _halve, _bytes_of_member, _recode),
)
