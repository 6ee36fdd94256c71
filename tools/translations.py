"""The English catalogue: ``extract`` new strings, ``check`` that all is translated, ``compile``.

Source strings are Chinese; the one catalogue is src/muster/web/locale/en/LC_MESSAGES/django.po.
``compile`` needs nothing but Python, so that an office can be set up without gettext tools.
"""

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import po_files

if TYPE_CHECKING:
    from spoken import Found

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "muster"
CATALOGUE = SOURCE / "web" / "locale" / "en" / "LC_MESSAGES" / "django.po"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd](?![a-z])|\{[A-Za-z_][\w.]*(?:[:!][^}]*)?\}")


def extract() -> int:
    """Add new source strings to the catalogue, untranslated, and drop those that are gone."""
    import polib

    found = _found()
    file = polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile(wrapwidth=98)
    file.wrapwidth = 98
    file.metadata = {
        "Project-Id-Version": "Muster",
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    known = {(entry.msgctxt, entry.msgid): entry for entry in file}
    fresh = polib.POFile(wrapwidth=98)
    fresh.metadata = file.metadata
    for one in found:
        entry = known.get((one.context, one.id)) or polib.POEntry(msgid=one.id, msgctxt=one.context)
        if one.plural:
            entry.msgid_plural = one.plural
            entry.msgstr_plural = entry.msgstr_plural or {0: "", 1: ""}
        path = one.place.rsplit(":", 1)[0]
        # Line numbers would change with every edit; the file is enough to find the sentence.
        entry.occurrences = [(str(Path(path).relative_to(ROOT)), "")]
        fresh.append(entry)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(CATALOGUE))
    missing = sum(1 for entry in fresh if not entry.translated())
    gone = len(known) - len(known.keys() & {(one.context, one.id) for one in found})
    print(f"{len(fresh)} source strings, {missing} without English, {gone} dropped")
    return 0


def check() -> int:
    """Print every fault of the catalogue and of the templates; return 1 where there is one."""
    import messages

    faults = [f"bare Chinese in a template: {place}" for place in messages.bare_chinese(SOURCE)]
    have = {m.key: m for m in po_files.read(CATALOGUE) if m.id} if CATALOGUE.exists() else {}
    found = _found()
    wanted = {(one.context, one.id): one for one in found}
    for key, one in wanted.items():
        faults += _faults_of(one, have.get(key))
    faults += [f"no longer used: {key[1][:60]}" for key in have.keys() - wanted.keys()]
    for fault in faults:
        print(fault.replace(f"{ROOT}/", ""))
    print(f"translations: {len(wanted)} source strings, {len(faults)} faults")
    return 1 if faults else 0


def _faults_of(one: "Found", message: po_files.Message | None) -> list[str]:
    def say(what: str) -> list[str]:
        return [f"{what}: {one.id[:60]!r} ({one.place})"]

    if message is None:
        return say("not in the catalogue")
    if message.fuzzy:
        return say("fuzzy")
    expected = {0, 1} if one.plural else {0}
    if message.strings.keys() != expected or not all(message.strings.values()):
        return say("no English")
    faults = []
    for text in message.strings.values():
        if CHINESE.search(text):
            faults += say("Chinese in the English")
        source = set(PLACEHOLDER.findall(one.id)) | set(PLACEHOLDER.findall(one.plural or ""))
        if set(PLACEHOLDER.findall(text)) - source or (
            not one.plural and source - set(PLACEHOLDER.findall(text))
        ):
            faults += say("other placeholders")
    return faults


def compile_all() -> int:
    """Write django.mo beside each django.po that is newer."""
    for path in SOURCE.rglob("*.po"):
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            target.write_bytes(po_files.compiled(po_files.read(path)))
            print(f"compiled {target.relative_to(ROOT)}")
    return 0


def _found() -> "list[Found]":
    import messages

    return messages.everywhere(SOURCE)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    acts = {"extract": extract, "check": check, "compile": compile_all}
    parser.add_argument("act", choices=acts)
    sys.exit(acts[parser.parse_args().act]())


if __name__ == "__main__":
    main()
