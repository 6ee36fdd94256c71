"""Refusals of entries of the activity catalogue."""

from muster.core.kernel import Problem


class BadEntry(Problem):
    """An entry of the activity catalogue cannot be read."""

    code = "activities.bad_entry"
    status = 422
    template = "活动目录 {file} 里的“{entry}”不对：{why}。请改正后再用。"
