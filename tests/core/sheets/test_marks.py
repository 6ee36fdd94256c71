import pytest

from muster.core.sheets import FileProblem, read
from tests.core.sheets.made import xlsx

HEAD = ["姓名", "备注"]


def with_header(text: str) -> bytes:
    return xlsx([HEAD, ["张三", ""]], lambda _, page: page.set_header(f"&R{text}"))


@pytest.mark.parametrize(
    ("data", "filename"),
    [
        (xlsx([["秘密★1年"], HEAD]), "名单.xlsx"),
        (xlsx([["机 密 ★ 长期"], HEAD]), "名单.xlsx"),
        (xlsx([["", "", "绝密"], HEAD]), "名单.xlsx"),
        (xlsx([["密级：秘密"], HEAD]), "名单.xlsx"),
        (xlsx([["（机密）"], HEAD]), "名单.xlsx"),
        (xlsx([["花名册（秘密★3年）"], HEAD]), "名单.xlsx"),
        (xlsx([HEAD, *[["张三", ""]] * 60, ["李四", "秘密"], *[["张三", ""]] * 60]), "名单.xlsx"),
        (with_header("秘密★1年"), "名单.xlsx"),
        (xlsx([HEAD], lambda book, _: book.add_worksheet("机密")), "名单.xlsx"),
        (xlsx([HEAD]), "花名册（秘密★1年）.xlsx"),
        ("秘密★\n姓名,备注\n".encode("gb18030"), "名单.csv"),
        (xlsx([HEAD], lambda _, page: page.insert_textbox(0, 0, "绝密★")), "名单.xlsx"),
        (xlsx([HEAD], lambda _, page: page.write_comment(0, 0, "机密★10年")), "名单.xlsx"),
    ],
)
def test_a_file_with_a_secret_mark_is_refused(data: bytes, filename: str) -> None:
    with pytest.raises(FileProblem) as problem:
        read(data, filename)

    assert problem.value.code == "file.classified"
    assert "国家秘密" in problem.value.message


@pytest.mark.parametrize(
    "text",
    [
        "保密教育名册",
        "工作秘密",
        "内部",
        "签订保密承诺书",
        "商业秘密保护",
        "不涉及国家秘密",
        "密切联系",
    ],
)
def test_words_about_secrecy_are_no_marks(text: str) -> None:
    assert read(xlsx([[text], HEAD, ["张三", text]]), "名单.xlsx").sheets
