"""What formation offers to the job engine."""

from typing import Any

from muster.domains.militia.actions.formation import JOB, propose
from muster.domains.militia.models import FormationRun
from muster.ground.jobs.actions import JobKind, Progress


def run_formation(progress: Progress, parameters: dict[str, Any]) -> dict[str, Any]:
    """Compute one run; cancelling kills the solver and keeps nothing."""
    run = FormationRun.objects.select_related("root").fetch(parameters["run"])
    if run.state != FormationRun.State.WORKING:
        return {"run": str(run.pk), "state": run.state}

    def tell(share: float, text: str) -> None:
        progress.stop_if_asked()
        progress.tell(share, text)

    propose(run, tell=tell)
    return {"run": str(run.pk), "state": run.state}


JOB_KINDS = (JobKind(JOB, "编组计算", run_formation),)
