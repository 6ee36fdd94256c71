"""Official Word documents with bound figures."""

from muster.core.documents.comparing import (
    ChangedFigure,
    StoredFigure,
    TamperedFigure,
    Verification,
    compare,
)
from muster.core.documents.content import BoundFigure, Content, Row, Section, variable_name
from muster.core.documents.kinds import DocumentKind, FigureUse, SectionRule, load_kind
from muster.core.documents.pdf import preview_png, to_pdf
from muster.core.documents.problems import (
    FigureTouchesDigit,
    FileNotADocument,
    FileTooLarge,
    TableUnbalanced,
    TemplateActive,
    TemplateBroken,
    TemplateUnsafe,
    TemplateVariableUnknown,
)
from muster.core.documents.reading import DocumentReading, ReadFigure, read_figures
from muster.core.documents.rendering import check, render
from muster.core.documents.tables import muster_row, strength_row, transfer_row
from muster.core.documents.wording import approximate, chinese_date, percent

__all__ = [
    "BoundFigure",
    "ChangedFigure",
    "Content",
    "DocumentKind",
    "DocumentReading",
    "FigureTouchesDigit",
    "FigureUse",
    "FileNotADocument",
    "FileTooLarge",
    "ReadFigure",
    "Row",
    "Section",
    "SectionRule",
    "StoredFigure",
    "TableUnbalanced",
    "TamperedFigure",
    "TemplateActive",
    "TemplateBroken",
    "TemplateUnsafe",
    "TemplateVariableUnknown",
    "Verification",
    "approximate",
    "check",
    "chinese_date",
    "compare",
    "load_kind",
    "muster_row",
    "percent",
    "preview_png",
    "read_figures",
    "render",
    "strength_row",
    "to_pdf",
    "transfer_row",
    "variable_name",
]
