"""Where the world's rows stand, and how one place stands to another. Written without the product."""

COUNTY = "990101000000"
TOWN, OTHER_TOWN = "990101001000", "990101002000"
VILLAGE, NEXT_VILLAGE = "990101001001", "990101001002"
FAR_VILLAGE, FURTHER_VILLAGE = "990101002001", "990101002002"
OTHER_COUNTY, FOREIGN_TOWN = "990102000000", "990102001000"
PLACES = (COUNTY, TOWN, VILLAGE, NEXT_VILLAGE, OTHER_TOWN, FAR_VILLAGE, FURTHER_VILLAGE,
          OTHER_COUNTY, FOREIGN_TOWN)  # fmt: skip
AT = {"county": COUNTY, "township": TOWN, "village": VILLAGE}
RELATIONS = ("own", "child", "parent", "sibling", "cousin", "county")


def stem(code: str) -> str:
    """Return the digits of a code that its whole subtree shares."""
    if code.endswith("000000"):
        return code[:6]
    return code[:9] if code.endswith("000") else code


def holds(above: str, code: str) -> bool:
    """Return whether a place is another or lies below it."""
    return code.startswith(stem(above))


def relation(mine: str, other: str) -> str:
    """Return how another place stands to mine."""
    if mine == other:
        return "own"
    if holds(mine, other):
        return "child"
    if holds(other, mine):
        return "parent"
    if mine[:6] != other[:6]:
        return "county"
    same_level = len(stem(mine)) == len(stem(other))
    return "sibling" if same_level and stem(mine)[:-3] == stem(other)[:-3] else "cousin"
