"""Figures are found again however the file was saved, and odd files are refused."""

import contextlib
import io
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.core.documents import (
    FileNotADocument,
    FileTooLarge,
    compare,
    read_figures,
    render,
)
from muster.core.documents.package import open_package, pack
from tests.core.documents.resaving import resave
from tests.core.documents.samples import (
    edit,
    figure,
    now,
    one_page,
    reorganisation,
    small,
    stored,
    template,
)

CONTENT = reorganisation()
ISSUED = render(template("reorganisation_report"), CONTENT)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_saving_in_another_program_changes_nothing(seed):
    reading = read_figures(resave(ISSUED, seed))
    assert reading == read_figures(ISSUED)
    answer = compare(reading, stored(CONTENT), now(CONTENT))
    assert answer.clean and answer.unchanged == answer.figures == len(stored(CONTENT))


PRINTED = st.from_regex(r"[0-9]{1,7}(\.[0-9])?%?|[1-9][0-9]{1,4}余|[一-龥]{1,4}", fullmatch=True)


@settings(max_examples=40, deadline=None)
@given(st.lists(PRINTED, min_size=1, max_size=6), st.integers(0, 2**32))
def test_any_figures_come_back_as_printed(values, seed):
    made = [figure(f"I-{n}", value, key=f"k{n}", printed=value) for n, value in enumerate(values)]
    page = one_page(*(f"第{{{{ fig.I_{n} }}}}人，" for n in range(len(made))))
    issued = render(page, small(*made))
    found = read_figures(resave(issued, seed)).figures
    assert [(f.key, f.printed, f.touches_digit) for f in found] == [
        (f.key, f.printed, False) for f in made
    ]


def test_a_strict_open_xml_copy_is_read_too():
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    old = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    copy = edit(ISSUED, lambda xml: xml.replace(old, strict))
    assert read_figures(copy) == read_figures(ISSUED)


def test_controls_are_known_by_their_place_where_all_tags_were_dropped():
    copy = edit(ISSUED, lambda xml: re.sub(r'<w:tag w:val="muster:[^"]*"/>', "", xml))
    assert read_figures(copy) == read_figures(ISSUED)


def test_a_control_around_a_whole_paragraph_or_cell_is_read():
    body = (
        '<w:sdt><w:sdtPr><w:tag w:val="muster:a"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>3</w:t>'
        "</w:r><w:r><w:t>0</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    copy = edit(one_page("x"), lambda xml: xml.replace("<w:sectPr>", body + "<w:sectPr>"))
    assert [(f.key, f.printed) for f in read_figures(copy).figures] == [("a", "30")]


def test_a_text_box_kept_twice_for_old_programs_counts_once():
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    one = '<w:sdt><w:sdtPr><w:tag w:val="muster:a"/></w:sdtPr><w:sdtContent><w:r><w:t>3</w:t></w:r></w:sdtContent></w:sdt>'
    body = (
        f"<w:p><mc:AlternateContent {mc}><mc:Choice>{one}</mc:Choice>"
        f"<mc:Fallback>{one}</mc:Fallback></mc:AlternateContent></w:p>"
    )
    copy = edit(one_page("x"), lambda xml: xml.replace("<w:sectPr>", body + "<w:sectPr>"))
    assert len(read_figures(copy).figures) == 1


def test_a_file_without_our_seal_says_so():
    reading = read_figures(one_page("普通文件"))
    assert (reading.document_id, reading.kind, reading.digest) == (None, None, None)
    assert reading.figures == () and reading.seal_holds is None


def _zip(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return buffer.getvalue()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"hello", _zip(a=b"x"), ISSUED[:-40]])
def test_what_is_no_document_is_refused(data):
    with pytest.raises(FileNotADocument):
        read_figures(data)


def test_a_package_that_unfolds_too_far_is_refused():
    parts = open_package(one_page("x"))
    with pytest.raises(FileTooLarge):
        read_figures(pack({**parts, "word/media/a.bin": bytes(101 * 1024 * 1024)}))


def test_a_package_of_too_many_parts_is_refused():
    parts = open_package(one_page("x"))
    many = {f"word/media/{n}.bin": b"" for n in range(2001)}
    with pytest.raises(FileTooLarge):
        read_figures(pack({**parts, **many}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_declaration_is_refused(encoding):
    bomb = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "aaaa">'
        '<!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    ).encode(encoding)
    parts = open_package(one_page("x"))
    with pytest.raises(FileNotADocument):
        read_figures(pack({**parts, "word/document.xml": bomb}))


def test_two_parts_of_one_name_are_refused():
    buffer = io.BytesIO(one_page("x"))
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", b"<x/>")
    with pytest.raises(FileNotADocument):
        read_figures(buffer.getvalue())


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(ISSUED) - 1), st.integers(1, 255))
def test_a_damaged_file_is_read_or_refused_but_never_breaks_us(place, flip):
    data = bytearray(ISSUED)
    data[place] ^= flip
    with contextlib.suppress(FileNotADocument, FileTooLarge):
        read_figures(bytes(data))
