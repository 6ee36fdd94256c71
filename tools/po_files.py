"""Reading .po files and writing .mo files, as gettext defines them. Standard library only."""

import ast
import re
import struct
from dataclasses import dataclass, field
from pathlib import Path

MAGIC = 0x950412DE
KEYWORD = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr|msgstr\[(\d)\])\s+(".*")$')


@dataclass
class Message:
    """One entry: source, translation(s), where it stands and whether it is a mere guess."""

    id: str = ""
    context: str | None = None
    plural: str | None = None
    strings: dict[int, str] = field(default_factory=dict)
    fuzzy: bool = False
    line: int = 0

    @property
    def key(self) -> tuple[str | None, str]:
        """Return what identifies the message."""
        return self.context, self.id


def read(path: Path) -> list[Message]:
    """Return the messages of a .po file, header first, obsolete entries left out."""
    messages: list[Message] = []
    current, target = Message(), ""
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = raw.strip()
        match = KEYWORD.match(line)
        if not line or line.startswith("#"):
            if target and (not line or not line.startswith("#~")):
                messages.append(current)
                current, target = Message(), ""
            if line.startswith("#,") and "fuzzy" in line:
                current.fuzzy = True
        elif match:
            target = match[1]
            current.line = current.line or number
            _put(current, target, ast.literal_eval(match[3]))
        elif line.startswith('"'):
            _put(current, target, ast.literal_eval(line))
        else:
            raise ValueError(f"{path}:{number}: not a line of a .po file: {line}")
    return [*messages, current] if target else messages


def _put(message: Message, target: str, text: str) -> None:
    if target == "msgctxt":
        message.context = (message.context or "") + text
    elif target == "msgid":
        message.id += text
    elif target == "msgid_plural":
        message.plural = (message.plural or "") + text
    else:
        number = int(target[7]) if "[" in target else 0
        message.strings[number] = message.strings.get(number, "") + text


def compiled(messages: list[Message]) -> bytes:
    """Return the .mo file of the messages that are translated for certain."""
    table: dict[bytes, bytes] = {}
    for message in messages:
        if any(message.strings.values()) and not (message.fuzzy and message.id):
            source = message.id if message.plural is None else f"{message.id}\0{message.plural}"
            source = source if message.context is None else f"{message.context}\4{source}"
            ordered = [message.strings[number] for number in sorted(message.strings)]
            table[source.encode()] = "\0".join(ordered).encode()
    keys = sorted(table)
    start = 28 + 16 * len(keys)
    sources: list[int] = []
    translations: list[int] = []
    body = b""
    for key in keys:
        sources += [len(key), start + len(body)]
        body += key + b"\0"
    for key in keys:
        translations += [len(table[key]), start + len(body)]
        body += table[key] + b"\0"
    head = struct.pack("<7I", MAGIC, 0, len(keys), 28, 28 + 8 * len(keys), 0, start)
    return head + struct.pack(f"<{4 * len(keys)}I", *sources, *translations) + body
