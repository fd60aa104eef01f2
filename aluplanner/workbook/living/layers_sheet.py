"""The sheet Layers: which overrides stand in the chosen scenario (section 1 of the model page)."""

from functools import cached_property
from typing import Final

import numpy as np

from aluplanner.i18n import tr
from aluplanner.model.layer_order import layers_of
from aluplanner.model.layers import override_address
from aluplanner.model.scenarios import SCENARIOS
from aluplanner.model.schema import BLANK, fold
from aluplanner.workbook.living.area import Area
from aluplanner.workbook.living.book import Page
from aluplanner.workbook.living.case import Case, Objects, positions_of
from aluplanner.workbook.living.inputs import override_content, seen_content
from aluplanner.workbook.living.layout import CODES, LAYERS, PER_ROW, PER_TABLE, Layout
from aluplanner.workbook.living.looks import TAB_WORKINGS
from aluplanner.workbook.living.words import column_key, column_words, key, list_text, number_of, table_words, trimmed
from aluplanner.workbook.living.work import Work, number_of_word, padded_names, set_print, write_title

MOST_LAYERS: Final = 6
DEEPEST: Final = 5
PER_NAME: Final = 1000
OUTSIDE: Final = 9999
"""Row number of a month outside the horizon: such an override changes nothing."""


class LayerValues:
    """What the formulas of the sheet give in the scenario of the export."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.layout: Layout = case.layout

    @cached_property
    def keys(self) -> list[str]:
        """The scenarios as compared, padded."""
        names = [key(name) for name in self.case.plan.scenarios.keys]
        return names + [""] * (self.layout.count("scenarios") - len(names))

    @cached_property
    def lists(self) -> list[str]:
        """What each builds on, as searched."""
        texts = self._builds_on()
        return [list_text(text).strip(";") for text in texts]

    def _builds_on(self) -> list[str]:
        texts = [row.builds_on or "" for row in self.case.plan.scenarios]
        return texts + [""] * (len(self.keys) - len(texts))

    def layers(self, number: int) -> list[float]:
        """Return the number of the n-th scenario that each builds on, 0 for none."""
        found = []
        for text in self.lists:
            names = text.split(";")
            name = trimmed(names[number]) if number < len(names) else ""
            found.append(float(self.keys.index(name) + 1) if name in self.keys and name else 0.0)
        return found

    @cached_property
    def texts(self) -> list[list[str]]:
        """The scenarios that each takes, in order and itself last, expanded 0, 1, 2 … layers deep."""
        texts = [[f";{name};" if name else "" for name in self.keys]]
        for _ in range(DEEPEST + 1):
            below = texts[-1]
            texts.append(
                [
                    "".join(below[int(n) - 1] for n in (self.layers(k)[row] for k in range(MOST_LAYERS)) if n)
                    + f";{name};"
                    if name
                    else ""
                    for row, name in enumerate(self.keys)
                ]
            )
        return texts

    @cached_property
    def chosen(self) -> int:
        """The number of the chosen scenario, 0 for the base."""
        name = key(self.case.scenario)
        return self.keys.index(name) + 1 if name in self.keys else 0

    @cached_property
    def text(self) -> str:
        """The layers of the chosen scenario."""
        return self.texts[DEEPEST][self.chosen - 1] if self.chosen else ""

    @cached_property
    def places(self) -> list[float]:
        """Where each scenario stands last in that text, from 1; 0 where it does not."""
        found = []
        for name in self.keys:
            searched = f";{name};"
            before, there, _ = self.text.rpartition(searched)
            found.append(float(len(before) + 1 if name and there else 0))
        return found


class OverrideValues:
    """What the formulas of the overrides give in the scenario of the export."""

    def __init__(self, layers: LayerValues) -> None:
        self.layers = layers
        self.case = layers.case
        plan = self.case.plan
        rows = self.case.layout.count("overrides")
        self.scenario, self.column_key = ["" for _ in range(rows)], ["" for _ in range(rows)]
        self.place, self.table, self.column, self.row = np.zeros((4, rows))
        self.value = np.full(rows, "", dtype=object)
        words, tables = column_words(plan), table_words()
        positions = {table: positions_of(plan, table) for table in CODES}
        for number, override in enumerate(plan.overrides):
            self.scenario[number] = key(override.scenario)
            self.column_key[number] = column_key(override.column)
            if self.scenario[number] in layers.keys:
                self.place[number] = layers.places[layers.keys.index(self.scenario[number])]
            self.table[number] = number_of(tables, override.table)
            found = {word: place for table, word, place in words if table == self.table[number]}
            self.column[number] = found.get(self.column_key[number], 0)
            address = override_address(plan, override)
            if address is not None:
                self.row[number] = self._row(address.table, address.row, positions[address.table])
            content = seen_content(override_content(plan, override))
            self.value[number] = "" if content in (BLANK, None) else content

    def _row(self, table: str, name: str, positions: dict[str, int]) -> float:
        if table == "monthly":
            year, month = name.split("-")
            t = self.case.horizon.index(type(self.case.horizon.first).of(int(year), int(month)))
            return t + 1.0 if 0 <= t < len(self.case.horizon) else float(OUTSIDE)
        return float(name) if table == "seasonality" else float(positions[name])

    @cached_property
    def code(self) -> Objects:
        """The number of each cell; 0 where there is no such cell."""
        known = (self.table > 0) & (self.row > 0) & (self.column > 0)
        return np.where(known, self.table * PER_TABLE + self.row * PER_ROW + self.column, 0.0)

    @cached_property
    def rank(self) -> Objects:
        """How late each is applied; 0 where it is not."""
        numbers = np.arange(1, len(self.place) + 1)
        return np.where((self.place > 0) & (self.code > 0), self.place * 100_000 + numbers, 0.0)

    @cached_property
    def stands(self) -> Objects:
        """Which stand: no later one sets the same cell."""
        latest: dict[float, float] = {}
        for code, rank in zip(self.code, self.rank, strict=True):
            latest[code] = max(rank, latest.get(code, 0.0))
        return np.array(
            [float(rank > 0 and latest[code] == rank) for code, rank in zip(self.code, self.rank, strict=True)]
        )


def build_layers(work: Work) -> None:
    """Write the sheet."""
    page = work.book.page(LAYERS, TAB_WORKINGS)
    write_title(
        page,
        tr("Layers"),
        tr("Which scenarios the chosen one takes, in order, and which of their overrides stand: of a cell the last."),
    )
    values = LayerValues(work.case)
    _write_scenarios(work, page, values)
    _write_overrides(work, page, OverrideValues(values))
    _check_layers(work.case, values)
    for area in (work.layout.layer("no"), work.layout.override("no")):
        page.grid.height(area.top - 1, 30)
    page.worksheet.set_column(0, 0, 6)
    page.worksheet.set_column(1, 3, 28)
    page.worksheet.set_column(4, 20, 14)
    page.worksheet.freeze_panes(4, 2)
    set_print(page, True)


def _write_scenarios(work: Work, page: Page, values: LayerValues) -> None:
    layout, grid = work.layout, page.grid
    names = layout.layer("name")
    grid.write(3, 1, tr("Chosen scenario"), "bold")
    keys, numbers = layout.layer("key").whole(), layout.layer("no").whole()
    chosen = f'=IF(Scenario="",0,SUMPRODUCT(({keys}=LOWER(TRIM(Scenario)))*{numbers}))'
    grid.formula(3, 4, chosen, float(values.chosen), "whole")
    grid.write(3, 3, tr("Number, 0 for the base"), "subtitle")
    deepest = layout.layer(f"text {DEEPEST}")
    grid.write(3, 5, tr("Its layers"), "subtitle")
    grid.formula(3, 7, f'=IF($D$3=0,"",INDEX({deepest.whole()},$D$3))', values.text, "text")
    work.book.name("Scenario_no", Area(LAYERS, 3, 4, 1, 1))
    work.book.name("Layer_text", Area(LAYERS, 3, 7, 1, 1))
    titles = [tr("No."), tr("Scenario"), tr("As compared"), tr(SCENARIOS.columns[1].title)]
    titles += [tr("Layer {n}", n=n) for n in range(1, MOST_LAYERS + 1)]
    titles += [tr("{n} deep", n=n) for n in range(DEEPEST + 2)] + [tr("Place in the chosen one")]
    grid.write_row(names.top - 1, 1, titles, "header")
    count = names.rows
    grid.fill(layout.layer("no"), f"=ROW()-{names.top - 1}", np.arange(1.0, count + 1)[:, None], "whole")
    shown = padded_names(work, "scenarios")
    grid.fill(names, f"=TRIM({layout.stated('scenarios', 'scenario').at()})", shown[:, None], "text")
    grid.fill(layout.layer("key"), f"=LOWER({names.at()})", _column(values.keys), "text")
    builds_on = layout.stated("scenarios", "builds_on").at()
    folded = f'SUBSTITUTE(SUBSTITUTE(LOWER(TRIM({builds_on})),"; ",";")," ;",";")'
    grid.fill(layout.layer("list"), f'=IF({builds_on}="","",{folded})', _column(values.lists), "text")
    listed = layout.layer("list").at(fix="c")
    for n in range(1, MOST_LAYERS + 1):
        name = f'TRIM(MID(SUBSTITUTE({listed},";",REPT(" ",{PER_NAME})),{(n - 1) * PER_NAME + 1},{PER_NAME}))'
        formula = f'=IF({listed}="",0,SUMPRODUCT(({keys}={name})*({keys}<>"")*{numbers}))'
        grid.fill(layout.layer(f"layer {n}"), formula, _column(values.layers(n - 1)), "flag")
    _write_texts(layout, page, values)


def _write_texts(layout: Layout, page: Page, values: LayerValues) -> None:
    own = layout.layer("key").at(fix="c")
    page.grid.fill(layout.layer("text 0"), f'=IF({own}="","",";"&{own}&";")', _column(values.texts[0]), "text")
    for depth in range(1, DEEPEST + 2):
        below = layout.layer(f"text {depth - 1}").whole()
        numbers = (layout.layer(f"layer {n}").at(fix="c") for n in range(1, MOST_LAYERS + 1))
        parts = "&".join(f'IF({number}>0,INDEX({below},{number}),"")' for number in numbers)
        formula = f'=IF({own}="","",{parts}&";"&{own}&";")'
        page.grid.fill(layout.layer(f"text {depth}"), formula, _column(values.texts[depth]), "text")
    searched = layout.layer("text 0").at(fix="c")
    often = f'(LEN(Layer_text)-LEN(SUBSTITUTE(Layer_text,{searched},"")))/LEN({searched})'
    place = f"IFERROR(FIND(CHAR(1),SUBSTITUTE(Layer_text,{searched},CHAR(1),{often})),0)"
    page.grid.fill(layout.layer("place"), f'=IF({own}="",0,{place})', _column(values.places), "flag")


def _write_overrides(work: Work, page: Page, values: OverrideValues) -> None:
    layout, grid = work.layout, page.grid
    at = {name: layout.override(name).at(fix="c") for name in _OVERRIDE_COLUMNS}
    top = layout.override("no").top
    grid.write(top - 2, 1, tr("Overrides, row by row as in the sheet Overrides"), "block")
    grid.write_row(top - 1, 1, [tr(title) for title in _OVERRIDE_COLUMNS.values()], "header")
    source = {
        name: layout.stated("overrides", name).at(fix="c") for name in ("scenario", "table", "row", "column", "value")
    }
    count = layout.count("overrides")
    keys = layout.layer("key").whole()
    column = source["column"]
    bare = f'LOWER(TRIM(LEFT({column},IFERROR(FIND("(",{column})-1,LEN({column})))))'
    filled: dict[str, tuple[str, Objects, str]] = {
        "no": (f"=ROW()-{top - 1}", np.arange(1.0, count + 1), "whole"),
        "scenario": (f"=LOWER(TRIM({source['scenario']}))", _objects(values.scenario), "text"),
        "place": (
            f'=IF({at["scenario"]}="",0,SUMPRODUCT(({keys}={at["scenario"]})*{layout.layer("place").whole()}))',
            values.place, "flag",
        ),
        "table": (
            f'=IF({at["scenario"]}="",0,{number_of_word("W_table", source["table"])})', values.table, "flag",
        ),
        "column_key": (f'=SUBSTITUTE(SUBSTITUTE({bare}," ","_"),"-","_")', _objects(values.column_key), "text"),
        "column": (
            f"=IF({at['table']}=0,0,SUMPRODUCT((W_column_table={at['table']})*(W_column={at['column_key']})*W_column_no))",
            values.column, "flag",
        ),
        "row": (f"=IF({at['table']}=0,0,{_row_formula(layout, source['row'], at['table'])})", values.row, "flag"),
        "code": (
            f"=IF(OR({at['table']}=0,{at['row']}=0,{at['column']}=0),0,"
            f"{at['table']}*{PER_TABLE}+{at['row']}*{PER_ROW}+{at['column']})",
            values.code, "flag",
        ),
        "rank": (f"=IF(OR({at['place']}=0,{at['code']}=0),0,{at['place']}*100000+{at['no']})", values.rank, "flag"),
        "stands": (
            f"=IF({at['rank']}=0,0,IF(COUNTIFS({layout.override('code').whole()},{at['code']},"
            f'{layout.override("rank").whole()},">"&{at["rank"]})=0,1,0))',
            values.stands, "flag",
        ),
        "win": (f"=IF({at['stands']}=1,{at['code']},0)", np.where(values.stands > 0, values.code, 0.0), "flag"),
        "value": (
            f'=IF({source["value"]}="","",IF(LOWER(TRIM({source["value"]}))="{BLANK}","",{source["value"]}))',
            values.value, "any",
        ),
    }  # fmt: skip
    for name, (formula, numbers, look) in filled.items():
        grid.fill(layout.override(name), formula, numbers[:, None], look)
    work.book.name("Ov_cell", layout.override("win"))
    work.book.name("Ov_value", layout.override("value"))


_OVERRIDE_COLUMNS: Final = {
    "no": "No.", "scenario": "Scenario", "place": "Place of the scenario", "table": "Table",
    "column_key": "Column name", "column": "Column", "row": "Row", "code": "Cell", "rank": "Order",
    "stands": "Stands", "win": "Cell that it sets", "value": "Value",
}  # fmt: skip


def _row_formula(layout: Layout, row: str, table: str) -> str:
    """Return the expression for the number of the row that an override names."""
    choices = []
    for name in CODES:
        if name == "monthly":
            text = f"TRIM({row})"
            written = f"VALUE(LEFT({text},4))*12+VALUE(MID({text},6,2))-1"
            month = f"IF(ISNUMBER({row}),YEAR({row})*12+MONTH({row})-1,{written})-First_month"
            inside = f"IF(AND({month}>=0,{month}<{layout.months}),{month}+1,{OUTSIDE})"
            choices.append(f"IFERROR({inside},0)")
        elif name == "seasonality":
            choices.append(f"IFERROR(VALUE(TRIM({row})),0)")
        else:
            keys = _key_column(layout, name).whole()
            choices.append(f'SUMPRODUCT((LOWER(TRIM({keys}))=LOWER(TRIM({row})))*({keys}<>"")*(ROW({keys})-1))')
    return f"CHOOSE({table},{','.join(choices)})"


def _key_column(layout: Layout, table: str) -> Area:
    key_name = {
        "plants": "plant",
        "actions": "action",
        "demand": "sector",
        "bauxite": "origin",
        "assumptions": "assumption",
    }
    return layout.stated(table, key_name[table])


def _check_layers(case: Case, values: LayerValues) -> None:
    """Raise if the layers found are not those of the model."""
    if not values.chosen:
        return
    wanted = [fold(name) for name in layers_of(case.plan, case.scenario)]
    order = [place for place in values.places if place]
    found = [
        name
        for _, name in sorted(
            zip(order, (n for n, p in zip(values.keys, values.places, strict=True) if p), strict=True)
        )
    ]
    if [key(name) for name in wanted] != found:
        raise RuntimeError(f"layers {found} instead of {wanted}")


def _objects(texts: list[str]) -> Objects:
    return np.array(texts, dtype=object)


def _column(values: list[str] | list[float]) -> Objects:
    return np.array(values, dtype=object)[:, None]
