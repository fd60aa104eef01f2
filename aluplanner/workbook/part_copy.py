"""Taking parts of one package over into another, with what they refer to."""

import posixpath
import re
from typing import Final

from aluplanner.workbook.package import Package, Relation

_TARGET: Final = re.compile(rb'(<Relationship\b[^>]*? Target=")([^"]*)("[^>]*>)')
_NUMBER: Final = re.compile(r"\d*(?=\.\w+$)")
_DEFAULT: Final = re.compile(rb'<Default Extension="([^"]*)" ContentType="([^"]*)"')
_TABLE_NUMBER: Final = re.compile(rb'(<table\b[^>]*? id=")(\d+)(")')
_TABLE_NAME: Final = re.compile(rb' (name|displayName)="([^"]*)"')
_LINES = re.compile(rb"<c:lineChart>.*?</c:lineChart>", re.DOTALL)
_STRAIGHT: Final = b'</c:val><c:smooth val="0"/></c:ser>'


class PartCopier:
    """Copies parts of a donor made by XlsxWriter into a package, under names that are free there.

    Parameters
    ----------
    package
        Where they go.
    donor
        Where they come from.
    """

    def __init__(self, package: Package, donor: Package) -> None:
        self._package, self._donor = package, donor
        for ending, kind in _DEFAULT.findall(donor["[Content_Types].xml"]):
            package.declare_ending(ending.decode(), kind.decode())
        self._copied: dict[str, str] = {}
        self.spare: set[str] = set()
        """Parts of the package that are no longer needed, and whose names may be taken again."""

    def free_name(self, part: str) -> str:
        """Return a name like that of a part of the donor that no part of the package needs; case does not count."""
        taken = {name.casefold() for name in self._package if name not in self.spare}
        stem, number = _NUMBER.sub("{}", part, count=1), 1
        while stem.format(number).casefold() in taken:
            number += 1
        self.spare.discard(stem.format(number))
        return stem.format(number)

    def put(self, part: str, contents: bytes, kind: str) -> None:
        """Put a part into the package, in the place of one that has the name."""
        self._package[part] = contents
        if kind and self._package.content_type(part) != kind:
            self._package.declare(part, kind)

    def drop_spare(self) -> None:
        """Take out what is no longer needed."""
        for name in sorted(self.spare):
            self._package.remove(name)
        self.spare.clear()

    def copy_referred(self, part: str, copy: str) -> list[str]:
        """Copy everything that a part of the donor refers to; ``copy`` is that part in the package.

        Returns
        -------
        list of str
            The new parts.
        """
        relations = relations_part(part)
        if relations not in self._donor:
            if relations_part(copy) in self._package:
                self._package.remove(relations_part(copy))
            return []
        made: list[str] = []
        targets = {relation.part for relation in self._donor.relations(part) if not relation.is_external}

        def rewritten(found: re.Match[bytes]) -> bytes:
            if b'TargetMode="External"' in found[0]:
                return found[0]
            target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), found[2].decode())).lstrip("/")
            if target in targets and target not in self._copied:
                made.extend(self._copy(target))
            return found[1] + f"/{self._copied[target]}".encode() + found[3]

        self._package[relations_part(copy)] = _TARGET.sub(rewritten, self._donor[relations])
        return made

    def _copy(self, part: str) -> list[str]:
        name = self._copied[part] = self.free_name(part)
        kind = self._donor.content_type(part)
        contents = self._donor[part]
        if kind.endswith(".table+xml"):
            contents = self._as_new_table(part, name)
        elif kind.endswith(".chart+xml"):
            contents = _with_straight_lines(contents)
        self.put(name, contents, kind)
        return [name, *self.copy_referred(part, name)]

    def _as_new_table(self, part: str, copy: str) -> bytes:
        """Return a table part with a number and a name that no other table of the package has."""
        others = (name for name in self._package if name != copy and name not in self.spare)
        there = [self._package[name] for name in others if self._package.content_type(name).endswith(".table+xml")]
        numbers = [int(found[2]) for table in there if (found := _TABLE_NUMBER.search(table))]
        names = {name.decode().casefold() for table in there for _, name in _TABLE_NAME.findall(table)}
        table = self._donor[part]
        head, tag, rest = table.partition(b"<table ")
        declared, end, inside = rest.partition(b">")
        named = _TABLE_NAME.search(b" " + declared)
        name = stem = named[2].decode() if named else "Table"
        number = 1
        while name.casefold() in names:
            number += 1
            name = f"{stem}_{number}"
        declared = _TABLE_NAME.sub(lambda found: b' %b="%b"' % (found[1], name.encode()), b" " + declared)[1:]
        return _TABLE_NUMBER.sub(
            lambda found: found[1] + str(max(numbers, default=0) + 1).encode() + found[3],
            head + tag + declared + end + inside,
            count=1,
        )


def relations_part(part: str) -> str:
    """Return the part that says what a part refers to."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def owned_parts(package: Package, part: str) -> set[str]:
    """Return the parts that only this part refers to, or only parts that it refers to."""
    relations = {name: _targets(package.relations(name)) for name in ("", *package) if not name.endswith(".rels")}
    owned = _reached(relations, part) - {part}
    while True:
        shared = {
            target for name, targets in relations.items() if name not in owned and name != part for target in targets
        }
        kept = {name for name in owned if name in shared}
        if not kept:
            break
        owned -= kept
    return owned


def _targets(relations: tuple[Relation, ...]) -> set[str]:
    return {relation.part for relation in relations if not relation.is_external}


def _reached(relations: dict[str, set[str]], part: str) -> set[str]:
    found: set[str] = set()
    waiting = [part]
    while waiting:
        for target in relations.get(waiting.pop(), ()):
            if target not in found:
                found.add(target)
                waiting.append(target)
    return found


def _with_straight_lines(chart: bytes) -> bytes:
    """Return a chart that says that its lines are straight, which programs guess from who made the rest of the file."""
    return _LINES.sub(lambda found: found[0].replace(b"</c:val></c:ser>", _STRAIGHT), chart)
