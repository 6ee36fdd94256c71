import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest

from muster.core.sheets import FileProblem, guard
from tests.core.sheets.made import rezip, sheet_xml, with_sheet, xlsx
from tests.core.sheets.old_xls import ole, xls

ROWS = [["姓名", "身份证号"], ["张三", "x"]]


def refusal(data: bytes, filename: str = "名单.xlsx") -> str:
    with pytest.raises(FileProblem) as problem:
        guard(data, filename)
    assert problem.value.message.endswith("。")
    return problem.value.code


def put(name: str, content: bytes = b"x") -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        parts[name] = content

    return change


@pytest.mark.parametrize(
    ("data", "filename", "form", "renamed"),
    [
        (xlsx(ROWS), "名单.xlsx", "xlsx", False),
        (xlsx(ROWS), "名单.XLS", "xlsx", True),
        (xls(ROWS), "名单.xls", "xls", False),
        (xls(ROWS), "名单.xlsx", "xls", True),
        ("姓名,电话\n".encode(), "名单.csv", "csv", False),
        ("姓名\t电话\n".encode("gb18030"), "名单.xls", "csv", True),
        ("姓名\t电话\n".encode("utf-16"), "名单.txt", "csv", False),
    ],
)
def test_a_table_is_known_by_its_content(
    data: bytes, filename: str, form: str, renamed: bool
) -> None:
    kind = guard(data, filename)

    assert (kind.format, kind.renamed) == (form, renamed)


@pytest.mark.parametrize(
    ("data", "filename", "code"),
    [
        (b"", "名单.xlsx", "file.empty"),
        (b"x" * (20 * 2**20 + 1), "名单.csv", "file.too_large"),
        (xls(ROWS), "名单.et", "file.wps_et"),
        (xlsx(ROWS), "名单.xlsm", "file.macros"),
        (xlsx(ROWS), "名单.exe", "file.kind"),
        (xlsx(ROWS), "名单", "file.kind"),
        (b"%PDF-1.4", "名单.xlsx", "file.kind"),
        (b"MZ\x90\0", "名单.xls", "file.kind"),
        (b"\0\1\2\3" * 99, "名单.csv", "file.kind"),
        (b"<html><table><tr><td>1</td></tr></table>", "名单.xls", "file.kind"),
        (b"\xff\xff\xff\xff", "名单.csv", "file.encoding"),
        (b"PK\x03\x04" + b"junk" * 50, "名单.xlsx", "file.damaged"),
        (xlsx(ROWS)[:-300], "名单.xlsx", "file.damaged"),
        (ole({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}), "名单.xlsx", "file.encrypted"),
        (ole({"Workbook": b"x", "_VBA_PROJECT_CUR": b"x"}), "名单.xls", "file.macros"),
        (ole({"WordDocument": b"x"}), "名单.xls", "file.kind"),
        (rezip(xlsx(ROWS), put("xl/vbaProject.bin")), "名单.xlsx", "file.macros"),
        (rezip(xlsx(ROWS), put("../evil.xml")), "名单.xlsx", "file.container"),
        (rezip(xlsx(ROWS), put("/etc/passwd")), "名单.xlsx", "file.container"),
        (rezip(xlsx(ROWS), put("xl\\evil.xml")), "名单.xlsx", "file.container"),
        (rezip(xlsx(ROWS), put("XL/workbook.XML")), "名单.xlsx", "file.container"),
    ],
)  # fmt: skip
def test_what_is_not_a_safe_table_is_refused(data: bytes, filename: str, code: str) -> None:
    assert refusal(data, filename) == code


@pytest.mark.parametrize("part", ["word/document.xml", "a.txt", "xl/workbook.bin"])
def test_other_containers_are_refused(part: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as container:
        container.writestr(part, b"x")

    assert refusal(buffer.getvalue()) == "file.kind"


def test_too_many_members_are_refused() -> None:
    def many(parts: dict[str, bytes]) -> None:
        parts.update({f"xl/media/{number}.bin": b"" for number in range(2001)})

    assert refusal(rezip(xlsx(ROWS), many)) == "file.bomb"


def test_one_giant_cell_is_refused_by_its_ratio() -> None:
    giant = sheet_xml(
        f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"A" * 30_000_000}</t></is></c></row>'
    )

    assert refusal(with_sheet(giant)) == "file.bomb"


def test_what_expands_past_200_mb_is_refused_by_counting() -> None:
    # Text of some entropy keeps the ratio low: only the count stops it.
    block = bytes((number * 7919 + number // 251) % 199 + 32 for number in range(2**20)).replace(
        b"<", b"-"
    )

    def fill(parts: dict[str, bytes]) -> None:
        parts["xl/sharedStrings.xml"] = block * 5
        for number in range(2, 43):
            parts[f"xl/worksheets/x{number}.xml"] = block * 5

    data = rezip(xlsx(ROWS), fill, level=1)

    assert len(data) < 20 * 2**20
    assert refusal(data) == "file.bomb"


def test_a_header_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(with_sheet(sheet_xml(f"<!--{'x' * 100_000}-->")))
    # Both directories claim 10 bytes for the sheet.
    for signature, at, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        start = 0
        while (start := data.find(signature, start)) >= 0:
            if data[start + name_at :].startswith(b"xl/worksheets/sheet1.xml"):
                data[start + at : start + at + 4] = struct.pack("<I", 10)
            start += 4

    assert refusal(bytes(data)) == "file.container"


def test_encrypted_members_and_links_are_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as container:
        link = zipfile.ZipInfo("xl/workbook.xml")
        link.external_attr = 0o120777 << 16
        container.writestr(link, "/etc/passwd")
    assert refusal(buffer.getvalue()) == "file.container"

    data = bytearray(xlsx(ROWS))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refusal(bytes(data)) == "file.encrypted"


def test_odd_compression_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as container:
        container.writestr("xl/workbook.xml", "x")

    assert refusal(buffer.getvalue()) == "file.container"


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        f"<!--{'x' * 300_000}--><!DOCTYPE x>",
    ],
)
def test_document_types_are_refused_wherever_they_stand(before: str) -> None:
    assert refusal(with_sheet(sheet_xml("", before=before))) == "file.container"


def test_xml_in_utf_16_cannot_hide_a_document_type() -> None:
    xml = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><worksheet/>'.encode("utf-16")

    assert refusal(with_sheet(xml)) == "file.container"


def test_a_broken_stream_is_damaged_not_a_crash() -> None:
    data = bytearray(xlsx(ROWS))
    at = data.find(b"xl/worksheets/sheet1.xml") + 30
    data[at : at + 20] = zlib.compress(b"nonsense" * 9)[:20]

    assert refusal(bytes(data)) in {"file.damaged", "file.container"}


def test_external_links_are_noted_and_never_followed() -> None:
    data = rezip(xlsx(ROWS), put("xl/externalLinks/externalLink1.xml", b"<externalLink/>"))

    assert guard(data, "名单.xlsx").external_links
