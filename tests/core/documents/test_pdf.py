"""PDF where LibreOffice is present, nothing where it is not."""

import shutil

import pypdfium2

from muster.core.documents import preview_png, to_pdf
from muster.core.documents.blocks import paragraph
from muster.core.documents.statutory import package
from tests.core.documents.samples import one_page

SOFFICE = shutil.which("soffice")


def test_without_the_program_there_is_no_pdf():
    assert to_pdf(one_page("文"), soffice=None) is None
    assert to_pdf(one_page("文"), soffice="/nowhere/soffice") is None


def test_a_program_that_fails_gives_no_pdf():
    assert to_pdf(one_page("文"), soffice=shutil.which("false")) is None


def test_a_full_page_holds_28_characters_by_22_lines():
    pdf = to_pdf(package(paragraph("国" * (28 * 23), "MusterAddressee")), soffice=SOFFICE)
    if SOFFICE is None:
        assert pdf is None
        return
    document = pypdfium2.PdfDocument(pdf)
    lines = document[0].get_textpage().get_text_range().split()
    document.close()
    assert [line for line in lines if "国" in line] == ["国" * 28] * 22
    assert preview_png(pdf, width=300).startswith(b"\x89PNG")
