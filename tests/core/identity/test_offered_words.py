from muster.core.identity import EDUCATION_WORDS, ValueFault, parse_education, parse_politics


def refused(parse: object, text: str) -> ValueFault:
    try:
        parse(text)  # type: ignore[operator]
    except ValueFault as fault:
        return fault
    raise AssertionError("not refused")


def test_every_word_that_is_offered_is_read_and_the_refusal_offers_the_same() -> None:
    for word in EDUCATION_WORDS:
        parse_education(word)
    assert refused(parse_education, "博士后流动站").allowed == "、".join(EDUCATION_WORDS)
    for word in refused(parse_politics, "什么党").allowed.split("、"):
        assert parse_politics(word) == word
