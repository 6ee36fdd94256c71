"""Builds a small Excel 97 file (BIFF8 in an OLE container) by hand, as no live library writes one."""

import struct
from collections.abc import Sequence

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR = 512


def xls(
    rows: Sequence[Sequence[str | float]], *, sheet: str = "名单", hidden: bool = False
) -> bytes:
    """Return the bytes of a workbook with one sheet of texts and numbers."""
    cells = b""
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if isinstance(value, str):
                text = value.encode("utf-16-le")
                body = struct.pack("<HHHHB", row, column, 0, len(text) // 2, 1) + text
                cells += _record(0x0204, body) if value else b""  # LABEL
            else:
                cells += _record(0x0203, struct.pack("<HHHd", row, column, 0, value))  # NUMBER
    width = max((len(values) for values in rows), default=0)
    page = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 6))
    page += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0)) + cells
    page += _record(0x000A, b"")
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 6))
    start += _record(0x0042, struct.pack("<H", 1200))
    name = sheet.encode("utf-16-le")
    tail = struct.pack("<BBBB", hidden, 0, len(sheet), 1) + name
    offset = len(start) + 4 + 4 + len(tail) + 4
    book = start + _record(0x0085, struct.pack("<I", offset) + tail) + _record(0x000A, b"")
    return ole({"Workbook": book + page})


def ole(streams: dict[str, bytes]) -> bytes:
    """Return an OLE container with these streams (padded to 4 KB, so no mini stream is needed)."""
    sectors: list[bytes] = []
    chain: list[int] = []
    entries = [_entry("Root Entry", 5, END, 0, child=1 if streams else -1)]
    for number, (name, content) in enumerate(streams.items(), 1):
        padded = content.ljust(max(4096, -(-len(content) // SECTOR) * SECTOR), b"\0")
        first, count = len(sectors), len(padded) // SECTOR
        sectors += [padded[at : at + SECTOR] for at in range(0, len(padded), SECTOR)]
        chain += [first + step for step in range(1, count)] + [END]
        right = number + 1 if number < len(streams) else -1
        entries.append(_entry(name, 2, first, len(padded), right=right))
    directory = b"".join(entries).ljust(-(-len(entries) * 128 // SECTOR) * SECTOR, b"\0")
    first_directory, count = len(sectors), len(directory) // SECTOR
    sectors += [directory[at : at + SECTOR] for at in range(0, len(directory), SECTOR)]
    chain += [first_directory + step for step in range(1, count)] + [END]
    fat_count = 1
    while (len(chain) + fat_count) * 4 > fat_count * SECTOR:
        fat_count += 1
    first_fat = len(sectors)
    chain += [FAT] * fat_count
    chain += [FREE] * (fat_count * SECTOR // 4 - len(chain))
    table = struct.pack(f"<{len(chain)}I", *chain)
    difat = [first_fat + step for step in range(fat_count)] + [FREE] * (109 - fat_count)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, fat_count, first_directory, 0, 4096, END, 0, END, 0)
    return header + struct.pack("<109I", *difat) + b"".join(sectors) + table


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _entry(
    name: str, kind: int, start: int, size: int, *, child: int = -1, right: int = -1
) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    links = struct.pack("<III", FREE, right & FREE, child & FREE)
    return head + links + b"\0" * 36 + struct.pack("<IQ", start, size)
