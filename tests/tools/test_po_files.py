import gettext
from io import BytesIO
from pathlib import Path

import po_files
import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), min_size=1
)


def _catalogue(*entries: polib.POEntry) -> polib.POFile:
    file = polib.POFile()
    file.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    file.extend(entries)
    return file


def _translations(path: Path) -> gettext.GNUTranslations:
    return gettext.GNUTranslations(BytesIO(po_files.compiled(po_files.read(path))))


@given(pairs=st.dictionaries(WORDS, WORDS, max_size=20))
def test_every_sentence_comes_back(
    pairs: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("po") / "django.po"
    _catalogue(*(polib.POEntry(msgid=a, msgstr=b) for a, b in pairs.items())).save(str(path))

    translations = _translations(path)

    assert {word: translations.gettext(word) for word in pairs} == pairs


def test_context_and_plural_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "django.po"
    _catalogue(
        polib.POEntry(msgid="完成", msgstr="done"),
        polib.POEntry(msgid="完成", msgctxt="动词", msgstr="finish"),
        polib.POEntry(msgid="一人", msgid_plural="%d 人", msgstr_plural={0: "one", 1: "%d people"}),
    ).save(str(path))

    translations = _translations(path)

    assert translations.gettext("完成") == "done"
    assert translations.pgettext("动词", "完成") == "finish"
    assert [translations.ngettext("一人", "%d 人", n) for n in (1, 2)] == ["one", "%d people"]


def test_guesses_and_old_entries_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "django.po"
    _catalogue(
        polib.POEntry(msgid="甲", msgstr="a guess", flags=["fuzzy"]),
        polib.POEntry(msgid="乙", msgstr="old", obsolete=True),
    ).save(str(path))

    translations = _translations(path)

    assert (translations.gettext("甲"), translations.gettext("乙")) == ("甲", "乙")


def test_a_line_that_is_no_catalogue_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "django.po"
    path.write_text('msgid "甲"\nmsgstr "A"\nrubbish\n', encoding="utf-8")

    with pytest.raises(ValueError, match=r"django\.po:3"):
        po_files.read(path)
