"""Refusals of activities."""

from muster.core.kernel import Problem


class KindUnknown(Problem):
    """The catalogue has no such kind of activity."""

    code = "activity.kind_unknown"
    status = 404
    template = "活动目录里没有“{kind}”这一种。请从菜单里选一种；需要新种类的，在活动目录里加。"


class MayNotRecord(Problem):
    """The post reads activities only."""

    code = "activity.not_allowed"
    status = 403
    template = "您的岗位（{post}）只能查看活动，不能登记。需要登记时，请由组织单位或武装部办理。"


class MayNotName(Problem):
    """Only posts that keep rosters record people by name."""

    code = "activity.may_not_name"
    status = 403
    template = "您的岗位（{post}）不看人员名册，不能按姓名登记到场。请只登记人数。"


class NotPlanned(Problem):
    """Only what is planned is recorded as done, changed or cancelled."""

    code = "activity.not_planned"
    template = "“{title}”现在是“{state}”。要改动，请先点“撤回”，恢复为计划中。"


class NothingToUndo(Problem):
    """A planned activity has nothing that could be taken back."""

    code = "activity.nothing_to_undo"
    template = "“{title}”还在计划中，没有可以撤回的登记。"


class NotYetHeld(Problem):
    """What lies ahead has not been held."""

    code = "activity.not_yet_held"
    status = 422
    template = "“{title}”的日期是 {on}，还没有到，不能登记为已举办。日期提前了的，请先修改日期。"


class EndsBeforeItBegins(Problem):
    """The last day lies before the first."""

    code = "activity.ends_before"
    status = 422
    template = "结束日期不能早于开始日期。"


class NobodyCame(Problem):
    """A kind that needs people is done only when somebody came."""

    code = "activity.nobody_came"
    status = 422
    template = "还没有到场人员。请按姓名登记到场，或者填人数，再登记为已举办。"


class NothingMeasured(Problem):
    """Publicity is done only with a quantity."""

    code = "activity.nothing_measured"
    status = 422
    template = "还没有宣传数量。请至少填一种宣传方式的数量，再登记为已举办。"


class AuthorityMissing(Problem):
    """The militia is used on somebody's authority, and that is written down."""

    code = "activity.authority_missing"
    status = 422
    template = "使用民兵要写明{missing}。乡镇可以集结民兵，不能自行动用；请先按规定报批。"


class TimesTurnedRound(Problem):
    """Assembled before anybody was told."""

    code = "activity.times_turned_round"
    status = 422
    template = "集结完毕时间不能早于通知时间。"


class NotByName(Problem):
    """The kind, or the class of people, is recorded by number only."""

    code = "activity.not_by_name"
    status = 422
    template = "“{what}”只登记人数，不登记姓名。请在人数栏填数。"


class NotByNumber(Problem):
    """The class of people is not among those of the kind."""

    code = "activity.not_by_number"
    status = 422
    template = "“{kind}”不按人数登记“{audience}”。请按这种活动列出的对象填写。"


class MinorNamed(Problem):
    """Minors are counted, never named."""

    code = "activity.minor_named"
    status = 422
    template = (
        "名单里有 {n} 名未成年人。未成年人只登记人数，不登记姓名；请把他们取消勾选，另填人数。"
    )


class AgeNotKnown(Problem):
    """Somebody outside the rosters whose age is not known could be a minor."""

    code = "activity.age_not_known"
    status = 422
    template = "这名人员没有登记出生日期，不能确定是否成年。请先补登出生日期，或者只登记人数。"


class NotOnRoster(Problem):
    """Who is ticked must stand on the roster of that day."""

    code = "activity.not_on_roster"
    template = (
        "勾选的人里有 {n} 人不在 {unit} 当天的花名册上。名册可能刚改过，请重新打开页面再登记。"
    )


class FirstTimeTooMany(Problem):
    """More first-timers than heads."""

    code = "activity.first_time_too_many"
    status = 422
    template = "“{audience}”首次参加的 {first} 人多于到场的 {number} 人，请核对。"


class NoPlaceForBase(Problem):
    """A year's number is set for a class or a kind that the catalogue has."""

    code = "activity.base_unknown"
    status = 422
    template = "目录里没有“{code}”，不能填它的年度数。"
