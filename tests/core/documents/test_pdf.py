"""PDF where LibreOffice is present, nothing where it is not."""

import shutil
import subprocess

import pypdfium2

from muster.core.documents import compare, preview_png, read_figures, render, to_pdf
from muster.core.documents.blocks import paragraph
from muster.core.documents.statutory import package
from tests.core.documents.samples import (
    now,
    one_page,
    outline,
    reorganisation,
    stored,
    template,
)

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


def saved_by_libreoffice(docx, folder):
    """The same file after a real office program opened and saved it."""
    (folder / "paper.docx").write_bytes(docx)
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
         "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"),
         str(folder / "paper.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return (folder / "out" / "paper.docx").read_bytes()


def test_figures_survive_saving_by_an_office_program_that_drops_tags(tmp_path):
    if SOFFICE is None:
        return
    content = reorganisation()
    issued = render(template("reorganisation_report"), content)
    reading = read_figures(saved_by_libreoffice(issued, tmp_path))
    assert compare(reading, stored(content), now(content)).clean
    assert reading.seal_holds and reading.document_id == content.document_id


def test_a_template_edited_in_an_office_program_gives_the_same_words(tmp_path):
    if SOFFICE is None:
        return
    ours = template("reorganisation_report")
    edited = saved_by_libreoffice(ours, tmp_path)

    def words(page):
        lines = outline(render(page, reorganisation())).splitlines()
        return [line.partition(": ")[2] if ": " in line else line for line in lines]

    assert words(edited) == words(ours)
