"""Is this installation sound? Settings, keys, database, disk, clock, fonts, chain."""

import shutil
import stat
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from muster.core.kernel import Problem
from muster.ground.journal.models import Entry
from muster.ground.journal.queries import verify
from muster.ground.rows.keys import ring

FIXED_SQLITE = (3, 51, 3)
LEAST_FREE = 2 * 2**30


def examine() -> dict[str, Any]:
    """Return each check with ok (True, False, or None for advice), and whether all is sound."""
    checks = [_keys(), _database(), _tables(), _disk(), _clock(), _journal(), _secret(),
              _office_fonts(), _pdf()]  # fmt: skip
    return {"sound": all(c["ok"] is not False for c in checks), "checks": checks}


def _found(what: str, says: str, *, ok: bool | None) -> dict[str, Any]:
    return {"what": what, "ok": ok, "says": says}


def _keys() -> dict[str, Any]:
    path = Path(settings.MUSTER_KEYS_FILE)
    try:
        ring()
    except Problem as problem:
        return _found("密钥", problem.message, ok=False)
    inside = settings.MUSTER_HOME in path.parents
    open_to_others = stat.S_IMODE(path.stat().st_mode) & 0o077
    if inside or open_to_others:
        return _found("密钥", f"{path} 应放在数据文件夹之外，且只有本用户可读。", ok=False)
    return _found("密钥", str(path), ok=True)


def _database() -> dict[str, Any]:
    if connection.vendor != "sqlite":
        number: int = getattr(connection, "pg_version", 0)
        return _found("数据库", f"PostgreSQL {number // 10000}", ok=number >= 150000)
    from sqlite3 import sqlite_version_info  # the module settings put in place

    version = ".".join(map(str, sqlite_version_info))
    if sqlite_version_info < FIXED_SQLITE:
        says = f"SQLite {version} 有日志复位缺陷，可能损坏数据；请升级程序自带的 SQLite。"
        return _found("数据库", says, ok=False)
    return _found("数据库", f"SQLite {version}", ok=True)


def _tables() -> dict[str, Any]:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        return _found(
            "数据表", f"有 {len(pending)} 项升级没有执行，请运行 muster office upgrade。", ok=False
        )
    return _found("数据表", "已是最新", ok=True)


def _disk() -> dict[str, Any]:
    home = settings.MUSTER_HOME if settings.MUSTER_HOME.exists() else Path()
    free = shutil.disk_usage(home).free
    return _found("磁盘", f"剩余 {free // 2**20} MB", ok=free > LEAST_FREE)


def _clock() -> dict[str, Any]:
    last = Entry.objects.order_by("-sequence").values_list("at", flat=True).first()
    now = datetime.now(UTC)  # noqa: TID251 - this is the check of the clock itself
    if last and now < last - timedelta(minutes=2):
        return _found("时钟", "系统时间早于最近一条日志，请校正时钟后再办理业务。", ok=False)
    return _found("时钟", now.isoformat(timespec="seconds"), ok=True)


def _journal() -> dict[str, Any]:
    report = verify()
    if not report.sound:
        return _found("操作日志", f"第 {report.broken_at} 条起与链不符，请立即保全现场。", ok=False)
    return _found("操作日志", f"{report.entries} 条，链完好", ok=True)


def _secret() -> dict[str, Any]:
    return _found("登录密钥", "由本机生成", ok=len(settings.SECRET_KEY) >= 50)


def _office_fonts() -> dict[str, Any]:
    if shutil.which("fc-list") is None:
        return _found("字体", "本机没有字体查询工具，无法检查。", ok=None)
    listed = subprocess.run(  # noqa: S603 - a fixed command
        [str(shutil.which("fc-list")), ":lang=zh", "family"],
        capture_output=True,
        text=True,
        check=False,
    )
    ok = True if listed.stdout.strip() else None
    return _found(
        "字体", "有中文字体" if ok else "没有中文字体，PDF 会缺字；请安装 fonts-noto-cjk。", ok=ok
    )


def _pdf() -> dict[str, Any]:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return _found(
        "PDF", found or "没有 LibreOffice：只能下载 Word 文件。", ok=True if found else None
    )
