"""Refusals of meetings."""

from muster.core.kernel import Problem


class MeetingKindUnknown(Problem):
    """The catalogue has no such kind."""

    code = "meeting.kind_unknown"
    status = 422
    template = "目录里没有“{kind}”这一类会议。请从列出的会议类别里选。"


class MayNotKeepMeetings(Problem):
    """The post reads meetings only, or the meeting is not its own."""

    code = "meeting.not_allowed"
    status = 403
    template = "您的岗位（{post}）只能查看这里的会议，不能{act}。"


class MeetingExists(Problem):
    """The same organisation has the same kind of meeting on that day."""

    code = "meeting.exists"
    template = "{day}已经登记过“{title}”。请打开那一次会议修改，不要重复登记。"


class MeetingBeforeBody(Problem):
    """The leading group did not exist on the day, or no longer."""

    code = "meeting.body_not_standing"
    status = 422
    template = "“{body}”在{day}还没有成立或者已经撤销。请改会议日期，或者另选领导机构。"


class MeetingState(Problem):
    """The step does not fit the state of the meeting."""

    code = "meeting.state"
    template = "“{title}”现在是“{state}”，不能{act}。{todo}"


class MeetingInFuture(Problem):
    """A meeting that is to come was not held."""

    code = "meeting.in_future"
    status = 422
    template = "会议日期是{day}，还没有到，不能登记为已开。日期改了的，请先修改会议日期。"


class MinutesConfirmed(Problem):
    """Confirmed minutes are opened before anything of them changes."""

    code = "meeting.minutes_confirmed"
    template = "“{title}”的纪要已经定稿，不能{act}。请先点“重新打开纪要”，改好后再定稿。"


class MinutesMissing(Problem):
    """There is neither text nor file."""

    code = "meeting.minutes_missing"
    status = 422
    template = "“{title}”还没有会议记录。请写会议内容，或者上传记录、纪要的文件，再定稿。"


class ChairUnnamed(Problem):
    """Nobody is named as chair."""

    code = "meeting.chair_unnamed"
    status = 422
    template = "“{title}”没有写主持人。请在“修改”里填写主持人，再定稿。"


class ChairNotPrescribed(Problem):
    """Somebody else chaired than the kind prescribes."""

    code = "meeting.chair_not_prescribed"
    status = 422
    template = (
        "“{kind}”要由{wanted}主持（依据：{basis}）。登记的主持人不是当天在任的{wanted}。"
        "登记错了请修改；人员有变动的，请先在“单位与机构”补登任职。"
    )


class AttendanceMissing(Problem):
    """Nobody is recorded as present."""

    code = "meeting.attendance_missing"
    status = 422
    template = "“{title}”还没有登记到会人员。请先登记到会情况，再定稿。"


class SideMissing(Problem):
    """One side had nobody present."""

    code = "meeting.side_missing"
    status = 422
    template = (
        "“{kind}”要军地双方参加（依据：{basis}），到会人员里还没有{side}。请核对每个人属于哪一方。"
    )


class ItemMissing(Problem):
    """A required agenda item is not on the agenda."""

    code = "meeting.item_missing"
    status = 422
    template = "“{kind}”必须有这些议题：{items}。请补上议题，再定稿。"


class AttendeeExists(Problem):
    """The name stands on the list already."""

    code = "meeting.attendee_exists"
    template = "名单里已经有“{who}”。请直接在名单里登记。"


class FileTooLarge(Problem):
    """The file of the minutes is larger than a record may be."""

    code = "meeting.file_too_large"
    status = 422
    template = "文件超过 {megabytes} MB。请压缩图片，或者只附关键页。"


class NothingToHandOut(Problem):
    """No resolution waits to become a task."""

    code = "resolution.none_waiting"
    template = "没有要转为任务的决议：都已经转了，或者还没有写。"


class ResolutionBare(Problem):
    """A resolution without owner or date cannot become a task."""

    code = "resolution.bare"
    status = 422
    template = "第 {numbers} 项决议没有责任单位或时限。请补齐，再转为任务。"


class ResolutionHandedOut(Problem):
    """The resolution is a task already."""

    code = "resolution.handed_out"
    template = "第 {number} 项决议已经转为任务，不能再改。确实不办了的，请到任务页面取消任务。"


class ResolutionNotHandedOut(Problem):
    """Feedback is given on the task of a resolution."""

    code = "resolution.not_handed_out"
    template = "第 {number} 项决议还没有转为任务，不能登记反馈。请先点“转为任务”。"


class EffectTooEarly(Problem):
    """An effect is noted after there is feedback."""

    code = "resolution.effect_too_early"
    template = "第 {number} 项决议还没有办理反馈，不能写成效。请先登记反馈。"
