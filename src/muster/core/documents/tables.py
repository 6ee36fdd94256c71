"""Lines of the tables in reports; a line whose figures contradict each other is refused."""

from muster.core.documents.content import BoundFigure, Row
from muster.core.documents.problems import TableUnbalanced

Known = BoundFigure | None


def strength_row(
    unit: str, *, planned: Known, actual: Known, vacant: Known, contributed: Known
) -> Row:
    """Return 编制, 现有, 缺编 and 提供上级 of one unit; vacant must be planned less actual."""
    if planned and actual and vacant:
        gap = max(_count(planned) - _count(actual), 0)
        if gap != _count(vacant):
            wrong = f"编制 {planned.printed} − 现有 {actual.printed} ≠ 缺编 {vacant.printed}"
            raise TableUnbalanced(line=unit, sum=wrong)
    return {
        "unit": unit,
        "planned": planned,
        "actual": actual,
        "vacant": vacant,
        "contributed": contributed,
    }


def transfer_row(unit: str, *, opening: Known, joined: Known, left: Known, closing: Known) -> Row:
    """Return 年初, 入队, 出队 and 现有 of one unit; opening + in − out must be closing (I-50)."""
    if opening and joined and left and closing:
        expected = _count(opening) + _count(joined) - _count(left)
        if expected != _count(closing):
            wrong = f"{opening.printed} + {joined.printed} − {left.printed} ≠ {closing.printed}"
            raise TableUnbalanced(line=unit, sum=wrong)
    return {"unit": unit, "opening": opening, "joined": joined, "left": left, "closing": closing}


def muster_row(
    unit: str, *, day: str | None, expected: Known, present: Known, absent: Known, rate: Known
) -> Row:
    """Return 应到, 实到, 缺席 and 到点率 of one unit; present + absent must be expected."""
    if expected and present and absent and _count(present) + _count(absent) != _count(expected):
        wrong = f"实到 {present.printed} + 缺席 {absent.printed} ≠ 应到 {expected.printed}"
        raise TableUnbalanced(line=unit, sum=wrong)
    return {
        "unit": unit,
        "day": day,
        "expected": expected,
        "present": present,
        "absent": absent,
        "rate": rate,
    }


def _count(figure: BoundFigure) -> int:
    if not isinstance(figure.value, int):
        raise ValueError(f"{figure.key} is no count: {figure.value!r}")
    return figure.value
