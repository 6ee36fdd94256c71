"""A .docx as a dictionary of its parts: opened with guards, packed to the same bytes every time."""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping

from muster.core.documents.markup import parse
from muster.core.documents.problems import FileNotADocument, FileTooLarge

MAX_FILE = 20 * 1024 * 1024
MAX_EXPANDED = 100 * 1024 * 1024
MAX_PARTS = 2000
# The first moment a zip can name: no clock, and the same bytes for the same content.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FIRST = ("[Content_Types].xml", "_rels/.rels")

Parts = dict[str, bytes]


def open_package(data: bytes) -> Parts:
    """Return the parts of a document; refuses what is too large, locked or not a document."""
    if len(data) > MAX_FILE:
        raise FileTooLarge(what="文件", limit="20 MB")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _read_all(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as broken:
        raise FileNotADocument(why="压缩包损坏") from broken
    if "[Content_Types].xml" not in parts:
        raise FileNotADocument(why="缺少文档目录")
    return parts


def _read_all(archive: zipfile.ZipFile) -> Parts:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MAX_PARTS:
        raise FileTooLarge(what="部件数", limit=str(MAX_PARTS))
    parts: Parts = {}
    room = MAX_EXPANDED
    for entry in entries:
        if entry.flag_bits & 1:
            raise FileNotADocument(why="文件加了密码")
        if entry.filename in parts:
            raise FileNotADocument(why="部件重名")
        # The declared size may lie, so the stream is read up to the room that is left.
        with archive.open(entry) as stream:
            content = stream.read(room + 1)
        if len(content) > room:
            raise FileTooLarge(what="展开后", limit="100 MB")
        room -= len(content)
        parts[entry.filename] = content
    return parts


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return the package with fixed times and order, so equal parts give equal bytes."""
    names = [*_FIRST, *sorted(name for name in parts if name not in _FIRST)]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, parts[name])
    return buffer.getvalue()


def story_names(parts: Mapping[str, bytes]) -> list[str]:
    """Return the parts that hold text a reader sees, the body first."""
    body = body_name(parts)
    folder = body.rpartition("/")[0]
    pattern = re.compile(rf"^{re.escape(folder)}/(header|footer|footnotes|endnotes)\d*\.xml$")
    return [body, *sorted(name for name in parts if pattern.match(name))]


def body_name(parts: Mapping[str, bytes]) -> str:
    """Return the name of the main part, which office suites may rename."""
    for relation in parse(parts.get("_rels/.rels", b"<none/>")):
        if str(relation.get("Type", "")).endswith("/officeDocument"):
            name = str(relation.get("Target", "")).lstrip("/")
            if name in parts:
                return name
    raise FileNotADocument(why="缺少正文")
