"""Invented names: surnames with several readings, rare characters, plain given names."""

from random import Random

COMMON = tuple("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭")
# Read differently as surnames than elsewhere; pinyin search must know them.
POLYPHONIC = tuple("单曾仇区解盖查朴翟")
RARE = tuple("堃喆玥祎翀")
_FIRST = tuple("志建国文永家子宇浩俊海树立新明庆兴存广守")
_SECOND_MEN = tuple("林平华生峰超伟斌杰松辉涛良成兵根洋轩祥田")
_SECOND_WOMEN = tuple("芳燕梅娟敏静兰霞婷莉雪琴丽洁颖")
_SINGLE_MEN = tuple("磊斌波刚辉鑫晨帆航锋")
_SINGLE_WOMEN = tuple("婷莉倩颖蕾静洁")


def surname(dice: Random) -> str:
    """Return a surname; every eighth has several readings."""
    return dice.choice(POLYPHONIC if dice.random() < 0.125 else COMMON)


def given_name(dice: Random, *, sex: str) -> str:
    """Return a given name of one or two characters, at times a rare one."""
    draw = dice.random()
    if draw < 0.04:
        return dice.choice(RARE)
    if draw < 0.25:
        return dice.choice(_SINGLE_MEN if sex == "M" else _SINGLE_WOMEN)
    second = _SECOND_MEN if sex == "M" else _SECOND_WOMEN
    return dice.choice(_FIRST) + (dice.choice(RARE) if draw < 0.3 else dice.choice(second))


def full_name(dice: Random, *, sex: str) -> str:
    """Return an invented full name."""
    return surname(dice) + given_name(dice, sex=sex)
