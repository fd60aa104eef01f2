"""Roles of the table models as plain integers: comparing enumerations makes a repaint three times as long."""

from typing import Final

from PySide6.QtCore import Qt

DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
EDIT: Final = int(Qt.ItemDataRole.EditRole)
TOOL_TIP: Final = int(Qt.ItemDataRole.ToolTipRole)
ALIGNMENT: Final = int(Qt.ItemDataRole.TextAlignmentRole)
DECORATION: Final = int(Qt.ItemDataRole.DecorationRole)
FOREGROUND: Final = int(Qt.ItemDataRole.ForegroundRole)
DESCRIPTION: Final = int(Qt.ItemDataRole.AccessibleDescriptionRole)
OVERRIDDEN: Final = int(Qt.ItemDataRole.UserRole) + 1
ISSUE: Final = int(Qt.ItemDataRole.UserRole) + 2
SORT: Final = int(Qt.ItemDataRole.UserRole) + 3

RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
