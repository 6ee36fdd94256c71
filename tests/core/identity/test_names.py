import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.core.identity import ValueFault, fold, parse_person_name

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("张 三", "张三"),
        ("张　三", "张三"),
        ("张\u200b三\n", "张三"),
        ("\ufeff张\u00a0三", "张三"),
        ("阿卜杜·热合曼", "阿卜杜·热合曼"),
        ("阿卜杜•热合曼", "阿卜杜·热合曼"),
        ("阿卜杜.热合曼", "阿卜杜·热合曼"),
        ("阿卜杜 ・ 热合曼", "阿卜杜·热合曼"),
        ("𬭎三", "𬭎三"),
        ("㛃婷", "㛃婷"),
        ("Maria Silva", "Maria Silva"),
    ],
)
def test_names_get_one_spelling(raw: str, name: str) -> None:
    assert parse_person_name(raw) == name


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("", "name.blank"), ("×××", "name.placeholder"), ("XXX", "name.placeholder"),
        ("某某", "name.placeholder"), ("李某", "name.placeholder"), ("张某某", "name.placeholder"),
        ("无", "name.placeholder"), ("test", "name.placeholder"), ("同上", "name.placeholder"),
        ("——", "name.placeholder"), ("张*三", "name.masked"), ("张×", "name.masked"),
        ("\ue123三", "name.private_character"), ("张三、李四", "name.several"),
        ("张三（组长）", "name.aside"), ("张", "name.length"), ("张三1", "name.characters"),
        (12345.0, "name.characters"),
    ],
)  # fmt: skip
def test_placeholders_and_crowds_are_refused(raw: object, code: str) -> None:
    with pytest.raises(ValueFault) as fault:
        parse_person_name(raw)  # type: ignore[arg-type]

    assert fault.value.code == code


def test_a_name_with_a_remark_offers_the_bare_name() -> None:
    with pytest.raises(ValueFault) as fault:
        parse_person_name("张三(组长)")

    assert fault.value.suggestion == "张三"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(HAN, min_size=1, max_size=4))
def test_blanks_inside_chinese_never_matter(text: str) -> None:
    assert fold(" ".join(text)) == fold("　".join(text)) == text


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("ＡＢＣ１２３", "ABC123"),
        ("A  B", "A B"),
        ("3.5", "3.5"),
        ("青溪镇 张村", "青溪镇张村"),
        ("\u202e张三", "张三"),
    ],
)
def test_folding_by_example(raw: str, folded: str) -> None:
    assert fold(raw) == folded


@given(st.one_of(st.text(), st.floats(), st.integers()))
def test_no_cell_crashes_the_reader_and_reading_again_changes_nothing(raw: object) -> None:
    try:
        found = parse_person_name(raw)  # type: ignore[arg-type]
    except ValueFault:
        return
    assert parse_person_name(found) == found
