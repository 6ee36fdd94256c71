"""A plan is read in a limited process: hostile files hurt nobody, refusals arrive with their words."""

import io
import zipfile

import pytest

from muster.core.plans import read_bytes, read_in_child
from muster.core.plans.problems import (
    PlanClassified,
    PlanDied,
    PlanEmpty,
    PlanFormatUnknown,
    PlanTooLarge,
)
from muster.overview.story.plan import plan_bytes

TEXT = "石桥镇2025年征兵工作方案\n一、工作步骤\n（一）宣传发动（1月1日至1月10日）\n".encode()


def test_the_child_reads_what_the_reader_reads() -> None:
    document = read_bytes(plan_bytes(), "方案.docx")
    reading = read_in_child(plan_bytes(), "方案.docx")

    assert reading.text == document.text
    assert reading.plan == document.to_json()
    assert [tuple(p) for p in reading.places] == [(p, s.start, s.end) for p, s in document.places()]


def test_the_year_goes_along() -> None:
    text = "征兵工作方案\n一、工作步骤\n（一）宣传发动（1月1日至1月10日）\n".encode()
    assert read_in_child(text, "a.txt", year=2025).plan["phases"][0]["start"] == "2025-01-01"


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        ("机密★5年\n征兵工作方案".encode(), PlanClassified),
        (b"", PlanEmpty),
        (b"x" * (20 * 2**20 + 1), PlanTooLarge),
        (b"\xff\xd8\xff\xe0 picture", PlanFormatUnknown),
    ],
    ids=["classified", "empty", "large", "picture"],
)
def test_a_refusal_arrives_whole(data: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal) as found:
        read_in_child(data, "方案.txt")
    assert str(found.value)


def test_too_little_memory_or_time_is_a_refusal() -> None:
    with pytest.raises(PlanDied):
        read_in_child(plan_bytes(), "方案.docx", memory_mb=40)
    with pytest.raises(PlanDied):
        read_in_child(plan_bytes(), "方案.docx", wall_s=0.01)


def test_an_archive_that_swells_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * (210 * 2**20) + b"</a>")
    with pytest.raises(Exception, match=r"plan\.") as refusal:
        read_in_child(out.getvalue(), "方案.docx")
    assert "方案.docx" in refusal.value.message  # type: ignore[attr-defined]
