"""A document as PDF and as pictures, where the server has what it needs."""

import io
import os
import subprocess
import tempfile
from pathlib import Path

import pypdfium2

from muster.core.documents.controls import unbind
from muster.core.documents.markup import parse, serialise
from muster.core.documents.package import open_package, pack, story_names

FONTS = Path(__file__).with_name("fonts.conf")
_SECONDS = 120


def to_pdf(docx: bytes, *, soffice: str | None) -> bytes | None:
    """Return the PDF made by LibreOffice, or None where it is absent, fails or takes too long.

    Each call has its own profile folder: a shared one is locked by whoever came first.
    """
    if not soffice:
        return None
    with tempfile.TemporaryDirectory(prefix="muster-pdf-") as folder:
        source, target = Path(folder, "document.docx"), Path(folder, "document.pdf")
        source.write_bytes(_without_controls(docx))
        command = [
            soffice,
            f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
            *("--convert-to", "pdf:writer_pdf_Export", "--outdir", folder, str(source)),
        ]
        try:
            subprocess.run(  # noqa: S603 -- the program is named by the settings, never by a user
                command,
                env={**os.environ, "FONTCONFIG_FILE": str(FONTS), "HOME": folder},
                capture_output=True,
                timeout=_SECONDS,
                check=True,
            )
            return target.read_bytes()
        except (OSError, subprocess.SubprocessError):
            return None


def _without_controls(docx: bytes) -> bytes:
    """Return the document with its figures as plain text.

    LibreOffice sets controls without the space beside digits, and newer ones print form fields.
    """
    parts = open_package(docx)
    for name in story_names(parts):
        root = parse(parts[name])
        unbind(root)
        parts[name] = serialise(root)
    return pack(parts)


def preview_png(pdf: bytes, *, page: int = 1, width: int = 900) -> bytes:
    """Return one page, counted from 1, as PNG of this width in pixels."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[page - 1]
        picture = sheet.render(scale=width / sheet.get_width()).to_pil()
    finally:
        document.close()
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()
