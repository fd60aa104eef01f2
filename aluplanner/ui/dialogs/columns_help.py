"""What the columns mean, written from the schema."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from aluplanner.i18n import tr
from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.schema import Column
from aluplanner.ui.tables.faces import rules_of
from aluplanner.ui.theme import current_theme


def columns_html(plan: Plan) -> str:
    """Return the help on every column of every table."""
    return "".join(_table_html(plan, name) for name in TABLES)


def _table_html(plan: Plan, name: str) -> str:
    table = TABLES[name]
    rows = "".join(_column_html(column) for column in plan.columns(name))
    rows += "".join(_column_html(column) for column in table.parameters.values())
    return (
        f'<h3><a name="{name}">{escape(table.heading)}</a></h3><p>{escape(tr(table.meaning))}.</p>'
        f'<table cellpadding="4" width="100%">{rows}</table>'
    )


def _column_html(column: Column) -> str:
    rules = escape(" · ".join(rules_of(column)))
    colour = current_theme().muted
    meaning = f'{escape(tr(column.meaning))}.<br><span style="color:{colour}">{rules}</span>'
    return f'<tr><td width="30%"><b>{escape(column.heading)}</b></td><td>{meaning}</td></tr>'


class ColumnsHelp(QDialog):
    """The help on every column, beginning with one table."""

    def __init__(self, plan: Plan, table: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("What the columns mean"))
        self.browser = QTextBrowser(self)
        self.browser.setHtml(columns_html(plan))
        self.browser.setAccessibleName(tr("What the columns mean"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.browser, 1)
        layout.addWidget(buttons)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(720, 620)
        if table:
            self.browser.scrollToAnchor(table)
