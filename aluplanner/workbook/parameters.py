"""Rows that are declared and not free: the fields of Plan, the assumptions."""

from collections.abc import Sequence
from typing import Any

from aluplanner.i18n import tr
from aluplanner.model.assumptions import ASSUMPTIONS
from aluplanner.model.issues import Severity
from aluplanner.model.rows import Rows
from aluplanner.model.schema import Value
from aluplanner.model.units import Unit, factor, read_unit
from aluplanner.workbook.cells import storable
from aluplanner.workbook.headers import nearest, parameter_name
from aluplanner.workbook.sheet import Row
from aluplanner.workbook.table_reading import TableReading


def name_parameters(reading: TableReading, names: Sequence[Value]) -> list[Value]:
    """Return the declared names of the rows of a table of parameters; say which rows have none."""
    return [_declared_name(reading, position, str(written or "")) for position, written in enumerate(names)]


def _declared_name(reading: TableReading, position: int, written: str) -> str:
    table = reading.table
    key = table.key[0]
    name = parameter_name(table, written)
    if name or not written:
        return name or ""
    meant = nearest(written, [*table.parameters, *(declared.title_zh for declared in table.parameters.values())])
    meant = parameter_name(table, meant) if meant else None
    remedy = tr("Did you mean {title}?", title=meant)
    if table is ASSUMPTIONS:
        severity, code = Severity.ERROR, "unknown-assumption"
        message = tr("There is no assumption “{name}”.", name=written)
        remedy = remedy if meant else tr("Correct the name or delete the row.")
    else:
        severity, code = Severity.ERROR if meant else Severity.WARNING, "unknown-field"
        message = tr("“{name}” is no field of the plan; it is kept but not used.", name=written)
        remedy = remedy if meant else tr("The fields are {names}.", names=", ".join(table.parameters))
    reading.report(severity, code, (message, remedy), key, row=written, position=position)
    return written


def check_parameter_units(reading: TableReading, rows: Sequence[Row]) -> None:
    """Report the values that stand beside another unit than their own, which is declared and not the planner's."""
    number = reading.headers.numbers().get("unit")
    if number is None:
        return
    for position, (line, cells) in enumerate(rows):
        name = reading.table.row_key(reading.records[position])
        declared, cell = reading.table.parameters.get(name), cells.get(number)
        if declared is None or not isinstance(cell, str):
            continue
        own, written = read_unit(declared.unit), read_unit(cell)
        if own is None or written is None or _is_same(own, written):
            continue
        said = (
            tr("{title} is in {unit} here, and not in {own}.", title=name, unit=cell.strip(), own=tr(declared.unit)),
            tr("Convert the value and write {own} beside it.", own=tr(declared.unit)),
        )
        place = reading.header_place(number, line)
        reading.report(Severity.ERROR, "unit", said, "value", position=position, place=place)


def _is_same(own: Unit, written: Unit) -> bool:
    return (
        own.kind == written.kind
        and own.size == written.size
        and (written.period in ("", own.period) or factor(own, written) == 1)
    )


def with_declared_names(rows: Rows[Any]) -> Rows[Any]:
    """Return the rows of a table of parameters under their declared names, as reading a sheet gives them.

    A row may be called by its title, in either language. A blank row that stands for the one so named goes.
    """
    table = rows.table
    key = table.key[0]
    names = {position: parameter_name(table, name) for position, name in enumerate(rows.keys)}
    renamed = {position: name for position, name in names.items() if name and name != rows.keys[position]}
    renamed = {position: name for position, name in renamed.items() if (position, key) not in rows.unread}
    if not renamed:
        return rows
    taken = {*renamed.values()}
    blank = {
        position
        for position, record in enumerate(rows)
        if rows.keys[position] in taken and record == table.record(**{key: rows.keys[position]})
    }
    values = [storable(table.parameters[name], rows[position].value) for position, name in renamed.items()]
    places: list[int] = [*renamed]
    named = rows.with_columns({key: (places, [*renamed.values()]), "value": (places, values)})
    kept = (record for position, record in enumerate(named) if position not in blank)
    return named.replaced(kept) if blank else named
