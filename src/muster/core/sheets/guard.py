"""Looks at a file before any parser does: kind, size, and what it really expands to."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from muster.core.sheets.model import FileKind
from muster.core.sheets.problems import (
    FileBomb,
    FileContainer,
    FileDamaged,
    FileEmpty,
    FileEncrypted,
    FileKindRefused,
    FileMacros,
    FileTooLarge,
    FileWpsEt,
)
from muster.core.sheets.text_file import decode, looks_like_markup

MAX_BYTES = 20 * 2**20
MAX_EXPANDED = 200 * 2**20
MAX_MEMBERS = 2000
MAX_RATIO = 120
RATIO_FROM = 2**20

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EXTENSIONS = {"xlsx": "xlsx", "xls": "xls", "csv": "csv", "txt": "csv", "tsv": "csv"}
_DTD = (b"<!DOCTYPE", b"<!ENTITY")
_TAIL = 2**16
_LINK_PART = "xl/externallinks/"


@dataclass(frozen=True, slots=True)
class PartScan:
    """What was seen of a sheet part while it was counted, to save unpacking it once more."""

    loses_cells: bool  # formulas or errors, which the parser shows as blank when they have no value
    tail: bytes


Scans: TypeAlias = dict[str, PartScan]


def guard(data: bytes, filename: str) -> FileKind:
    """Return what the file is, or raise a ``FileProblem``. Nothing is parsed or unpacked to disc.

    Limits: 20 MB, 2,000 members, 200 MB expanded counted by inflating, 120-fold over 1 MB.
    """
    return inspect(data, filename)[0]


def inspect(data: bytes, filename: str) -> tuple[FileKind, Scans]:
    """Return what ``guard`` returns, and what was seen of each sheet part on the way."""
    if not data:
        raise FileEmpty
    if len(data) > MAX_BYTES:
        raise FileTooLarge(size_mb=round(len(data) / 2**20, 1), limit_mb=MAX_BYTES // 2**20)
    extension = filename.rpartition(".")[2].lower() if "." in filename else ""
    if extension == "et":
        raise FileWpsEt
    if extension in {"xlsm", "xltm", "xlam"}:
        raise FileMacros
    if extension not in _EXTENSIONS:
        raise FileKindRefused(found=f"“.{extension}”文件" if extension else "没有扩展名的文件")
    scans: Scans = {}
    kind = _by_content(data, scans)
    return replace(kind, renamed=kind.format != _EXTENSIONS[extension]), scans


def _by_content(data: bytes, scans: Scans) -> FileKind:
    if data.startswith(b"PK\x03\x04"):
        return _guard_zip(data, scans)
    if data.startswith(_OLE):
        return _guard_ole(data)
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"MZ", b"\x7fELF", b"Rar!")):
        raise FileKindRefused(found="这不是表格文件，")
    text, encoding = decode(data)
    if looks_like_markup(text):
        raise FileKindRefused(found="网页格式的表格")
    return FileKind("csv", encoding=encoding)


def _guard_ole(data: bytes) -> FileKind:
    """Tell old workbooks from other old Office files by the names in their directory."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") + b"\0\0" in data

    if has("EncryptedPackage"):
        raise FileEncrypted
    if has("_VBA_PROJECT_CUR") or has("VBA"):
        raise FileMacros
    if has("Workbook") or has("Book"):
        return FileKind("xls")
    raise FileKindRefused(found="Word 等其他旧版办公文件")


def _guard_zip(data: bytes, scans: Scans) -> FileKind:
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OSError):
        raise FileDamaged from None
    if len(members) > MAX_MEMBERS:
        raise FileBomb(reason=f"内含 {len(members)} 个部件")
    _check_names(members)
    names = {member.filename.lower() for member in members}
    _check_kind(names)
    total = 0
    for member in members:
        total += _check_member(data, member, MAX_EXPANDED - total, scans)
    return FileKind("xlsx", external_links=any(name.startswith(_LINK_PART) for name in names))


def _check_kind(names: set[str]) -> None:
    if any(name.endswith("vbaproject.bin") for name in names):
        raise FileMacros
    if "xl/workbook.xml" in names:
        return
    if "xl/workbook.bin" in names:
        raise FileKindRefused(found="二进制工作簿（.xlsb）")
    if "mimetype" in names and "content.xml" in names:
        raise FileKindRefused(found="OpenDocument 表格（.ods）")
    if any(name.startswith("word/") for name in names):
        raise FileKindRefused(found="Word 文档")
    raise FileKindRefused(found="压缩包")


def _check_names(members: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for member in members:
        name = member.orig_filename
        parts = name.replace("\\", "/").split("/")
        if name.startswith("/") or "\\" in name or ":" in name or ".." in parts or "\0" in name:
            raise FileContainer(reason="部件名越界")
        if name.lower() in seen:
            raise FileContainer(reason="部件重名")
        seen.add(name.lower())
        if stat.S_ISLNK(member.external_attr >> 16):
            raise FileContainer(reason="含有链接")
        if member.flag_bits & 0x1:
            raise FileEncrypted
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise FileContainer(reason="压缩方式少见")


def _check_member(data: bytes, member: zipfile.ZipInfo, left: int, scans: Scans) -> int:
    """Return the bytes a member really expands to; headers are not believed."""
    size, tail, loses = 0, b"", False
    name = member.filename.lower()
    markup = name.endswith((".xml", ".rels", ".vml"))
    for chunk in inflate(data, member):
        size += len(chunk)
        if size > left:
            raise FileBomb(reason=f"超过 {MAX_EXPANDED // 2**20} MB")
        if size > RATIO_FROM and size > MAX_RATIO * max(1, member.compress_size):
            raise FileBomb(reason=f"膨胀超过 {MAX_RATIO} 倍")
        if markup:
            window = tail[-16:] + chunk
            if any(mark in window for mark in _DTD) or (not tail and b"\0" in chunk[:64]):
                raise FileContainer(reason="含有文档类型声明")
            loses = loses or b"<f" in window or b't="e"' in window
            tail = (tail + chunk)[-_TAIL:]
    if size != member.file_size:
        raise FileContainer(reason="大小与目录不符")
    if name.startswith("xl/worksheets/") and markup:
        scans[member.filename] = PartScan(loses, tail)
    return size


def inflate(data: bytes, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the real content of a member in pieces of at most 256 KB."""
    start = member.header_offset
    header = data[start : start + 30]
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise FileDamaged
    name, extra = struct.unpack("<HH", header[26:30])
    start += 30 + name + extra
    body = memoryview(data)[start : start + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        for offset in range(0, len(body), 2**18):
            yield bytes(body[offset : offset + 2**18])
        return
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        pending = bytes(body)
        while pending and not engine.eof:
            yield engine.decompress(pending, 2**18)
            pending = engine.unconsumed_tail
        yield engine.flush()
    except zlib.error:
        raise FileDamaged from None
