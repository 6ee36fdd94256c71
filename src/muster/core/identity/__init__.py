"""Identity numbers, phones, names, dates as people write them."""

from muster.core.identity.choices import (
    EDUCATION,
    EDUCATION_WORDS,
    POLITICS,
    parse_education,
    parse_int,
    parse_politics,
    parse_sex,
    parse_yes_no,
)
from muster.core.identity.dates import PartialDate, parse_date
from muster.core.identity.faults import ValueFault
from muster.core.identity.names import parse_person_name
from muster.core.identity.number import IdentityNumber
from muster.core.identity.phones import mask_phone, parse_phone
from muster.core.identity.pinyin import PinyinKeys, pinyin_keys, search_key
from muster.core.identity.text import fold
from muster.core.identity.twins import PersonFacts, Similarity, similar

__all__ = [
    "EDUCATION",
    "EDUCATION_WORDS",
    "POLITICS",
    "IdentityNumber",
    "PartialDate",
    "PersonFacts",
    "PinyinKeys",
    "Similarity",
    "ValueFault",
    "fold",
    "mask_phone",
    "parse_date",
    "parse_education",
    "parse_int",
    "parse_person_name",
    "parse_phone",
    "parse_politics",
    "parse_sex",
    "parse_yes_no",
    "pinyin_keys",
    "search_key",
    "similar",
]
