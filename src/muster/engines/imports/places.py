"""Which village a row belongs to: its own column, else the sheet's name, else the file's place."""

from rapidfuzz import process

from muster.core.identity import ValueFault, fold
from muster.core.kernel import DivisionCode
from muster.engines.imports.kinds import Draft
from muster.engines.imports.people import BY_KEY
from muster.ground.register import queries

ENDINGS = ("村民委员会", "居民委员会", "村委会", "居委会", "社区", "村")


class HomeRows:
    """Counts new rows that say nothing of their place and so go where the file belongs."""

    def __init__(self, home: str) -> None:
        """Begin a file; one that belongs to a village needs no place."""
        self.home = home
        self.column = False
        self.without = 0

    def count(self, draft: Draft, key: str) -> None:
        """Count a judged draft; ``key`` is the column of the place."""
        self.column = self.column or key in draft.raw
        if draft.outcome == "new" and not draft.values.get(key):
            self.without += 1

    def notices(self, column: str, unit: str) -> list[str]:
        """Return one sentence where rows go to a township or county for want of a place."""
        if not self.without or not self.home.endswith("000"):
            return []
        name = queries.division_name(self.home)
        if self.column:
            return [f"有 {self.without} {unit}没有写{column}，会登记在{name}。"]
        return [f"没有认出{column}一列，新增的 {self.without} {unit}都会登记在{name}。"]


class Places:
    """The villages below the division a file belongs to, by every way their names are written."""

    def __init__(self, division: str) -> None:
        """Read the divisions of the subtree once."""
        self.home = division
        code = DivisionCode(division)
        names = queries.division_names()
        self.names = {c: n for c, n in names.items() if code.low <= c <= code.high}
        self.parents = names
        self.by_name: dict[str, str] = {}
        self.doubtful: set[str] = set()
        for own, name in self.names.items():
            for spelling in self._spellings(own, name):
                if self.by_name.setdefault(spelling, own) != own:
                    self.doubtful.add(spelling)
        self._sheets: dict[str, str | None] = {}

    def _spellings(self, code: str, name: str) -> set[str]:
        short = name
        for ending in ENDINGS:
            if name.endswith(ending) and len(name) > len(ending) + 1:
                short = name.removesuffix(ending)
                break
        parent = self.parents.get(code[:9] + "000", "")
        county = self.parents.get(code[:6] + "000000", "")
        own = {name, short, code}
        return own | {parent + n for n in own} | {county + parent + n for n in own}

    def settle(self, draft: Draft) -> None:
        """Give the row its division, or note a fault with the nearest name as a suggestion."""
        told = draft.values.get("village")
        if told:
            self._from_column(draft, told)
            return
        sheet = self._of_sheet(draft.sheet)
        draft.division = sheet or self.home
        if sheet:
            draft.values["village"] = self.names[sheet]

    def _of_sheet(self, title: str) -> str | None:
        if title not in self._sheets:
            name = fold(title).removesuffix("民兵连")
            self._sheets[title] = None if name in self.doubtful else self.by_name.get(name)
        return self._sheets[title]

    def _from_column(self, draft: Draft, told: str) -> None:
        found = self.find(told)
        if found:
            draft.division = found
        else:
            column = BY_KEY["village"]
            draft.fault(column, self.unknown(told, "村（社区）", "village"), masked=told[:40])

    def find(self, told: str) -> str | None:
        """Return the division of a name or code, None where there is none or more than one."""
        if told in self.doubtful:
            return None
        return self.by_name.get(told) or self._by_group(told)

    def unknown(self, told: str, what: str, code: str) -> ValueFault:
        """Return the fault of a name that is not here, with the nearest one that is."""
        near = process.extractOne(told, list(self.by_name), score_cutoff=60)
        name = self.names[self.by_name[near[0]]] if near else ""
        text = f"本地没有“{told[:20]}”这个{what}。" + (
            f"是不是“{name}”？" if name else "请核对名称。"
        )
        allowed = "、".join(list(self.names.values())[:12])
        return ValueFault(f"{code}.unknown", text, allowed, suggestion=name)

    def _by_group(self, told: str) -> str | None:
        """Accept “石桥村3组”: the longest name it starts with."""
        starts = [n for n in self.by_name if len(n) >= 2 and told.startswith(n)]
        return self.by_name[max(starts, key=len)] if starts else None
