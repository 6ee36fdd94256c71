"""From a file to its text: .docx, .txt, .md, .pdf, told apart by content, within limits."""

import io
from pathlib import Path

import pypdfium2

from muster.core.plans.problems import (
    PlanDamaged,
    PlanEmpty,
    PlanFormatUnknown,
    PlanLocked,
    PlanMissing,
    PlanScanned,
    PlanTooLarge,
)
from muster.core.plans.reader import read_text
from muster.core.plans.values import PlanDocument
from muster.core.plans.word import docx_text

MEGABYTE = 1024 * 1024
LARGEST = 20 * MEGABYTE
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "老版 Word（.doc）、WPS 或加密的文件"),
    (b"{\\rtf", "RTF 文件"),
    (b"\xff\xd8\xff", "图片"),
    (b"\x89PNG", "图片"),
    (b"II*\x00", "图片"),
    (b"GIF8", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
)


def read_file(path: Path, *, year: int | None = None) -> PlanDocument:
    """Return what a plan file says; refuses what is missing, too large, damaged, scanned or classified."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise _too_large(path.name, size)
        data = path.read_bytes()
    except OSError as error:
        raise PlanMissing(file=str(path)) from error
    return read_bytes(data, path.name, year=year)


def read_bytes(data: bytes, filename: str, *, year: int | None = None) -> PlanDocument:
    """Return what the bytes of an uploaded plan say; ``filename`` only serves the messages."""
    refuse_size(data, filename)
    return read_text(_text(data, filename), year=year, name=filename)


def refuse_size(data: bytes, filename: str) -> None:
    """Refuse an empty file and one over the limit."""
    if len(data) > LARGEST:
        raise _too_large(filename, len(data))
    if not data.strip():
        raise PlanEmpty(file=filename)


def _too_large(name: str, size: int) -> PlanTooLarge:
    return PlanTooLarge(file=name, size=-(-size // MEGABYTE), limit=LARGEST // MEGABYTE)


def _text(data: bytes, name: str) -> str:
    if data[:4] == b"PK\x03\x04":
        return docx_text(data, name)
    if b"%PDF-" in data[:1024]:
        return _pdf_text(data, name)
    for magic, what in _FOREIGN:
        if data.startswith(magic):
            raise PlanFormatUnknown(file=name, what=what)
    return decode(data, name)


def decode(data: bytes, name: str) -> str:
    """Return the text of bytes in UTF-8, UTF-16 with a mark, or GB 18030; refuses anything else."""
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "gb18030"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.count("\x00") > len(text) // 100:
            break
        return text
    raise PlanFormatUnknown(file=name, what="认不出编码的文本或二进制文件")


def _pdf_text(data: bytes, name: str) -> str:
    try:
        document = pypdfium2.PdfDocument(io.BytesIO(data))
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise PlanLocked(file=name) from error
        raise PlanDamaged(file=name, why="PDF 内容已损坏") from error
    try:
        pages = [_page_text(document, index) for index in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise PlanDamaged(file=name, why="PDF 有页面已损坏") from error
    finally:
        document.close()
    text = "\f".join(pages)
    if len("".join(text.split())) < 10 * len(pages):
        raise PlanScanned(file=name, pages=len(pages))
    return text


def _page_text(document: pypdfium2.PdfDocument, index: int) -> str:
    page = document[index]
    words = page.get_textpage()
    try:
        return str(words.get_text_range())
    finally:
        words.close()
        page.close()
