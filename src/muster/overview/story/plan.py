"""Writes the county's plan as a Word file, page furniture and all, and says what is in it."""

import io
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from muster.overview.story import plan_text as words
from muster.overview.story.cells import steady
from muster.overview.story.county import PLAN_DAY

PLAN_FILE = "青禾县2024年度民兵整组工作方案.docx"
_FURNITURE = "— 2 —"


def write_plan(folder: Path) -> Path:
    """Write the plan into the folder; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / PLAN_FILE
    path.write_bytes(plan_bytes())
    return path


def plan_bytes() -> bytes:
    """Return the plan as .docx; the same bytes on every call."""
    paper = docx.Document()
    _letterhead(paper)
    _head(paper)
    _tasks(paper)
    _group(paper)
    _steps(paper)
    _demands(paper)
    out = io.BytesIO()
    paper.save(out)
    return steady(out.getvalue())


def plan_truth() -> dict[str, Any]:
    """Return what a reader must find, in the words of the plan format.

    Every entry must be found; a reader may find more (the table repeats the quotas), cut tasks
    finer and keep more words in a name, so names and tasks are matched as parts. ``stretches``
    are thirds of a month, which are no deadlines. ``contradiction`` is the sentence that a
    warning must point at, ``vague`` the deadline whose day must stay null.
    """
    return {
        "title": words.TITLE,
        "kind": "militia_reorganisation",
        "issuer": words.ISSUER,
        "year": 2024,
        "period": {"start": "2024-04-05", "end": "2024-06-15"},
        "phases": [
            {
                "name": phase.name,
                "start": phase.start.isoformat(),
                "end": phase.end.isoformat(),
                "tasks": list(phase.tasks),
            }
            for phase in words.PHASES
        ],
        "milestones": [
            {"name": one.name, "by": one.by.isoformat(), "raw": one.written}
            for one in words.MILESTONES
            if one.by
        ],
        "quotas": [{"value": value, "unit": "人", "of": of} for value, of in words.QUOTAS],
        "bodies": [
            {
                "name": words.BODY.name,
                "seats": [
                    {"role": seat.role, "holder": seat.holder, "post": seat.post}
                    for seat in words.BODY.seats
                ],
            }
        ],
        "stretches": [
            {"raw": raw, "start": start.isoformat(), "end": end.isoformat()}
            for raw, start, end in words.STRETCHES
        ],
        "contradiction": words.TOTAL_SENTENCE,
        "vague": next(one.written for one in words.MILESTONES if one.by is None),
        "furniture": _FURNITURE,
    }


def _letterhead(paper: Document) -> None:
    style = paper.styles["Normal"]
    style.font.name, style.font.size = "FangSong", Pt(16)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    section = paper.sections[0]
    section.header.paragraphs[0].text = "青禾县民兵整组工作"
    section.footer.paragraphs[0].text = "— 1 —"
    paper.core_properties.author = words.ISSUER
    paper.core_properties.title = words.TITLE


def _head(paper: Document) -> None:
    _line(paper, words.NUMBER, centred=True)
    _line(paper, words.TITLE, centred=True, bold=True)
    _line(paper, words.INTRODUCTION)
    _line(paper, "一、工作目标", bold=True)
    _line(paper, words.AIM)


def _tasks(paper: Document) -> None:
    _line(paper, "二、编组任务", bold=True)
    _line(paper, words.QUOTA_SENTENCE)
    _line(paper, words.TOTAL_SENTENCE)
    table = paper.add_table(rows=1, cols=len(words.TABLE_HEAD))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, words.TABLE_HEAD, strict=True):
        cell.text = text
    for row in (*words.TOWN_TABLE, words.TABLE_TOTAL):
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = str(value or "—")


def _group(paper: Document) -> None:
    _line(paper, "三、组织领导", bold=True)
    _line(paper, f"成立{words.BODY.name}，组成人员如下：")
    previous = ""
    for seat in words.BODY.seats:
        # Later members stand under the first, as lists of names are typed.
        label = f"{seat.role}：" if seat.role != previous else "\u3000\u3000\u3000"
        previous = seat.role
        _line(paper, f"{_wide(label)}{seat.holder}（{seat.post}）")
    _line(paper, words.OFFICE_SENTENCE)


def _wide(label: str) -> str:
    return label.replace("组长：", "组\u3000长：") if label == "组长：" else label


def _steps(paper: Document) -> None:
    _line(paper, "四、步骤安排", bold=True)
    _line(paper, words.PERIOD_SENTENCE)
    for numeral, phase in zip("一二三四五", words.PHASES, strict=True):
        _line(paper, f"（{numeral}）{phase.name}{phase.written}", bold=True)
        for number, task in enumerate(phase.tasks, start=1):
            _line(paper, f"{number}.{task}。")
        if numeral == "三":
            first, second = words.BROKEN_SENTENCE
            _line(paper, first)
            _line(paper, _FURNITURE, centred=True)
            _line(paper, second)
    _line(paper, "五、时限要求", bold=True)
    for text in (*(one.written for one in words.MILESTONES), *(one[0] for one in words.STRETCHES)):
        _line(paper, text)


def _demands(paper: Document) -> None:
    _line(paper, "六、工作要求", bold=True)
    for numeral, demand in zip("一二三", words.DEMANDS, strict=True):
        _line(paper, f"（{numeral}）{demand}")
    _line(paper, words.ISSUER, right=True)
    _line(paper, f"{PLAN_DAY.year}年{PLAN_DAY.month}月{PLAN_DAY.day}日", right=True)


def _line(
    paper: Document, text: str, *, centred: bool = False, right: bool = False, bold: bool = False
) -> None:
    paragraph = paper.add_paragraph()
    paragraph.add_run(text).bold = bold
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    else:
        paragraph.paragraph_format.first_line_indent = Pt(32)
