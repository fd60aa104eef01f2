"""Words and names as formulas compare them."""

from collections.abc import Sequence
from typing import Final

from aluplanner.model.actions import COMPLIANCE_WORDS, COMPLIANCES, KIND_WORDS, KINDS
from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.plants import PRODUCT_WORDS, PRODUCTS
from aluplanner.workbook.living.layout import CODES, table_columns

YES_WORDS: Final = ("yes", "y", "true", "1", "是")
NOTHING: Final = "; ;"
"""A key that no list holds: a blank never stands alone between separators."""

Numbered = tuple[tuple[str, int], ...]
"""Words with the number that each stands for."""


def trimmed(text: str | None) -> str:
    """Return a text as TRIM gives it: no blanks around it, one blank where there are several."""
    return " ".join(part for part in (text or "").split(" ") if part)


def key(text: str | None) -> str:
    """Return a name as formulas compare it."""
    return trimmed(text).lower()


def list_text(text: str | None) -> str:
    """Return a list of names as formulas search it: ``;first;second;``, empty for an empty one."""
    return f";{key(text).replace('; ', ';').replace(' ;', ';')};" if text else ""


def name_key(text: str | None) -> str:
    """Return a name as it is searched in a list."""
    return f";{key(text)};" if key(text) else NOTHING


def column_key(text: str | None) -> str:
    """Return the name of a column as formulas compare it: no unit, blanks and hyphens as ``_``."""
    bare = (text or "").partition("(")[0]
    return key(bare).replace(" ", "_").replace("-", "_")


KIND_NUMBERS: Final[Numbered] = tuple(
    [(kind, number) for number, kind in enumerate(KINDS, start=1)]
    + [(word, KINDS.index(kind) + 1) for word, kind in KIND_WORDS.items()]
)
COMPLIANCE_NUMBERS: Final[Numbered] = tuple(
    [(choice, number) for number, choice in enumerate(COMPLIANCES, start=1)]
    + [(word, COMPLIANCES.index(choice) + 1) for word, choice in COMPLIANCE_WORDS.items()]
)
PRODUCT_NUMBERS: Final[Numbered] = tuple(
    [(product, number) for number, product in enumerate(PRODUCTS, start=1)]
    + [(word, PRODUCTS.index(product) + 1) for word, product in PRODUCT_WORDS.items()]
)


def table_words() -> Numbered:
    """Return the names and titles of the tables that scenarios can change, with their numbers."""
    return tuple(
        (word, number)
        for name, number in CODES.items()
        for word in dict.fromkeys((name, TABLES[name].title.lower(), TABLES[name].title_zh))
    )


def column_words(plan: Plan) -> tuple[tuple[int, str, int], ...]:
    """Return the names and titles of the columns that scenarios can change: table, word, number in the sheet."""
    found: list[tuple[int, str, int]] = []
    for table, number in CODES.items():
        places = {column.name: place for place, column in enumerate(plan.columns(table), start=1)}
        for column in table_columns(plan, table):
            words = dict.fromkeys(map(column_key, (column.name, column.title, column.title_zh)))
            found += [(number, word, places[column.name]) for word in words]
    return tuple(found)


def number_of(words: Sequence[tuple[str, int]], text: str | None) -> int:
    """Return the number of a word, 0 for an unknown one."""
    return dict(words).get(key(text), 0)
