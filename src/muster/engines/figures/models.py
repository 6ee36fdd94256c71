"""A figure as it was taken: never changed, never deleted."""

import hashlib
import zlib
from datetime import UTC
from typing import Any, ClassVar

import orjson
from django.db import models

from muster.ground.rows.models import CountyRow, ScopedManager, ScopedQuerySet

KEY_BYTES = 16


class FigureQuerySet(ScopedQuerySet):
    """Figures are written once."""

    def update(self, **values: Any) -> int:
        """Refuse: a figure never changes."""
        raise ValueError("a figure is never changed; take a new one")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse: a figure is never deleted."""
        raise ValueError("a figure is never deleted")


class FigureManager(ScopedManager.from_queryset(FigureQuerySet)):  # type: ignore[misc]
    """The scoped manager over figures."""


class Figure(CountyRow):
    """What an indicator gave for a division and a period at a moment, and the records behind it."""

    area = "documents"

    code = models.CharField("指标代码", max_length=20)
    version = models.PositiveSmallIntegerField("定义版本")
    basis = models.CharField("依据名册", max_length=10, blank=True)
    name = models.CharField("指标名称", max_length=80)
    words = models.CharField("指标定义", max_length=300)
    unit = models.CharField("计量单位", max_length=20)
    part_of = models.CharField("分队或阶段", max_length=32, blank=True)
    value = models.CharField("指标值", max_length=30)
    part = models.BigIntegerField("分子")
    whole = models.BigIntegerField("分母", null=True)
    period_start = models.DateField("期间开始")
    period_end = models.DateField("期间结束")
    on = models.DateField("统计日期")
    as_of = models.DateTimeField("取数时间")
    grain = models.CharField("记录种类", max_length=20)
    records = models.PositiveIntegerField("记录数")
    packed = models.BinaryField("记录编号（压缩）", default=b"", editable=False)
    digest = models.CharField("指标值校验和", max_length=64)
    taken_by = models.UUIDField("取数账号", null=True)

    objects: ClassVar[FigureManager] = FigureManager()

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "指标值"
        ordering = ["-as_of", "code"]
        indexes = [models.Index("county", "division", "code", name="figure_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.value}"

    @property
    def number(self) -> int | float:
        """Return the value as a number."""
        return float(self.value) if "." in self.value else int(self.value)

    @property
    def keys(self) -> list[str]:
        """Return the keys (32 hexadecimal characters) of the records behind, sorted."""
        raw = zlib.decompress(bytes(self.packed)) if self.packed else b""
        return [raw[i : i + KEY_BYTES].hex() for i in range(0, len(raw), KEY_BYTES)]

    @property
    def intact(self) -> bool:
        """Return whether the row still says what it said when it was taken."""
        return self.digest == self.digested()

    def digested(self) -> str:
        """Return SHA-256 over everything the figure says."""
        said = [
            str(self.pk), self.division, self.code, self.version, self.basis, self.part_of,
            self.unit, self.value, self.part, self.whole, self.period_start, self.period_end,
            self.on, self.as_of.astimezone(UTC).isoformat(), self.grain, self.keys,
        ]  # fmt: skip
        return hashlib.sha256(orjson.dumps(said)).hexdigest()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the figure once."""
        if not self._state.adding:
            raise ValueError("a figure is never changed; take a new one")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: a figure is never deleted."""
        raise ValueError("a figure is never deleted")


def packed(keys: list[str]) -> bytes:
    """Return sorted keys in compact form."""
    return zlib.compress(b"".join(bytes.fromhex(key) for key in sorted(keys)), 9)
