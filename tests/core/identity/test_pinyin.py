import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.core.identity import pinyin_keys, search_key


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("单雄", "shanxiong"), ("曾国", "zengguo"), ("解放", "xiefang"), ("仇和", "qiuhe"),
        ("区明", "ouming"), ("盖聂", "genie"), ("查良", "zhaliang"), ("朴实", "piaoshi"),
        ("翟明", "zhaiming"), ("尉迟恭", "yuchigong"), ("万俟卨", "moqi"), ("单于丹", "chanyudan"),
        ("吕布", "lvbu"), ("吕布", "lubu"), ("任重", "renzhong"), ("乐进", "yuejin"),
        ("欧阳修", "ouyangxiu"), ("张三", "zhangsan"), ("覃明", "qinming"), ("黑娃", "hewa"),
    ],
)  # fmt: skip
def test_surnames_are_read_as_surnames(name: str, reading: str) -> None:
    assert any(full.startswith(reading) for full in pinyin_keys(name).full)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("单雄信", "danxiongxin"),
        ("曾国强", "cengguoqiang"),
        ("张乐", "zhangyue"),
        ("张乐", "zhangle"),
        ("长孙无忌", "changsun"),
    ],
)
def test_other_readings_are_found_too(name: str, typed: str) -> None:
    assert typed in search_key(name)


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("张三", "zs"),
        ("欧阳建国", "oyjg"),
        ("尉迟恭", "ycg"),
        ("阿卜杜·热合曼", "abdrhm"),
        ("单雄信", "sxx"),
    ],
)
def test_initials_count_one_letter_a_character(name: str, initials: str) -> None:
    assert initials in pinyin_keys(name).initials


def test_a_search_key_holds_name_readings_and_initials() -> None:
    assert search_key("张 三") == "张三|zhangsan|zs"


@given(st.text(max_size=12))
def test_any_text_has_a_bounded_key(text: str) -> None:
    keys = pinyin_keys(text)

    assert len(keys.full) <= 12 and len(keys.initials) <= 12
