"""Passwords: long rather than complicated, not common, not telling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.ground.accounts.passwords import OfficePasswordValidator, faults, one_time

COMMON = [
    "password1234", "P@ssw0rd2026!", "Admin@123456", "qwertyuiop123", "1qaz2wsx3edc4rfv", "123456789012",
    "111111111111", "abcabcabcabc", "19990101012345", "woaini1314520", "woaizhongguo1949",
    "zhangwei19990101", "minbing2026!!", "zhengbing@2026", "wuzhuangbu123", "liuchenyang2020",
    "mimamima1234", "gongzuo123456", "zhonghuarenmin1", "letmein12345", "iloveyou2026",
]  # fmt: skip
GOOD = [
    "correct horse battery", "tuzi-shuitong-lvse", "青山绿水三月三日天气新好", "mutoubantaoshu",
    "k7mz-p3xq-9fhw", "lanhua yuanshan xiaohe", "北窗 竹影 第七盏灯 河",
]  # fmt: skip


@pytest.mark.parametrize("password", COMMON)
def test_common_passwords_are_refused_however_long(password: str) -> None:
    assert faults(password)
    assert faults(password.upper())


@pytest.mark.parametrize("password", GOOD)
def test_long_unusual_ones_pass_without_rules_of_composition(password: str) -> None:
    assert faults(password) == []


def test_length_is_counted_from_twelve_to_a_hundred_and_twenty_eight() -> None:
    assert "12" in faults("k7mz-p3xq-9")[0]
    assert faults("k7mz-p3xq-9f") == []
    assert "128" in faults("青山绿水好" * 26)[0]


@pytest.mark.parametrize(
    "password",
    ["tuzi-zhangsan-lvse", "tuzi-张三-shuitong", "tuzi-ZS0042-shuitong", "qinghe-tuzi-shuitong"],
)
def test_own_words_and_their_pinyin_are_refused(password: str) -> None:
    assert faults(password, own_words=("zs0042", "张三", "青禾", ""))


def test_short_own_words_do_not_forbid_half_the_language() -> None:
    assert faults("tuzi-shuitong-lvse", own_words=("tu", "li")) == []


@given(st.text(max_size=200))
def test_any_text_gets_an_answer(password: str) -> None:
    assert isinstance(faults(password, own_words=("经办", "clerk")), list)


def test_one_time_passwords_are_fresh_and_good_enough() -> None:
    made = {one_time() for _ in range(200)}

    assert len(made) == 200
    assert all(len(password) == 19 for password in made)


def test_django_asks_the_same_rules() -> None:
    from django.core.exceptions import ValidationError

    validator = OfficePasswordValidator()

    with pytest.raises(ValidationError):
        validator.validate("password1234")
    validator.validate("tuzi-shuitong-lvse")
    assert "12" in validator.get_help_text()
