"""What imports offer to the job engine."""

from typing import Any

from django.utils import timezone

from muster.engines.imports import actions, queries
from muster.ground.jobs.actions import JobKind, Progress


def run_check(progress: Progress, parameters: dict[str, Any]) -> dict[str, Any]:
    """Check an uploaded file."""
    job = queries.import_job(parameters["import"])
    actions.check(job, at=timezone.now(), tell=progress.tell)
    return {"import": str(job.pk), **job.counts}


def run_write(progress: Progress, parameters: dict[str, Any]) -> dict[str, Any]:
    """Write a checked import."""
    job = queries.import_job(parameters["import"])
    actions.write(job, at=timezone.now(), tell=progress.tell)
    return {"import": str(job.pk), **job.counts}


def run_undo(progress: Progress, parameters: dict[str, Any]) -> dict[str, Any]:
    """Undo a written import."""
    job = queries.import_job(parameters["import"])
    result = actions.undo(job, at=timezone.now(), tell=progress.tell)
    return {"import": str(job.pk), "reversed": result["reversed"],
            "kept": len(result["kept"]), "failed": len(result["failed"])}  # fmt: skip


def run_preview(progress: Progress, parameters: dict[str, Any]) -> dict[str, Any]:
    """Try out what undoing an import would do."""
    job = queries.import_job(parameters["import"])
    return actions.undo_preview(job, at=timezone.now(), tell=progress.tell)


JOB_KINDS = (
    JobKind("import.check", "核对导入文件", run_check),
    JobKind("import.write", "写入导入内容", run_write),
    JobKind("import.undo", "撤销导入", run_undo),
    JobKind("import.preview", "试算撤销导入", run_preview),
)
