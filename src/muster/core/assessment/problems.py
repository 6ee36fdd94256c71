"""Why a score sheet or a mark is refused: where, why, and what to do."""

from muster.core.kernel import Problem


class EntryRefused(Problem):
    """An entry of a score sheet that cannot be understood. ``where`` names the place in it."""

    code = "assessment.entry"
    status = 422


class EntryFormatUnknown(EntryRefused):
    """Not a score sheet of this format."""

    code = "assessment.format"
    template = "这不是考评表条目：format 是“{found}”。请写成“{wanted}”。"


class EntryFieldMissing(EntryRefused):
    """A field that must stand there does not."""

    code = "assessment.field_missing"
    template = "考评表的“{where}”缺少“{field}”。请补上{wanted}。"


class EntryFieldUnknown(EntryRefused):
    """A field that nobody reads, most often a slip of the pen."""

    code = "assessment.field_unknown"
    template = "考评表的“{where}”有不认识的“{field}”。这里可以写：{allowed}。"


class EntryValueRefused(EntryRefused):
    """A value of the wrong kind."""

    code = "assessment.value"
    template = "考评表的“{where}”写着“{found}”，不能使用。这里要写{wanted}。"


class EntryStepRefused(EntryRefused):
    """Points that are no multiple of 0.25."""

    code = "assessment.step"
    template = "考评表的“{where}”写着 {found} 分。分值只能是 0.25 的整数倍，请改成最近的一档。"


class EntryWordUnknown(EntryRefused):
    """A word outside its list."""

    code = "assessment.word"
    template = "考评表的“{where}”写着“{found}”。这里只能写：{allowed}。"


class EntryLimitTwice(EntryRefused):
    """Not exactly one of several fields."""

    code = "assessment.limit"
    template = "考评表的“{where}”要在这些里面写一个，也只能写一个：{allowed}。"


class EntryTooLarge(EntryRefused):
    """More parts than any sheet has."""

    code = "assessment.too_large"
    status = 413
    template = "考评表的“{where}”有 {found} 个，最多 {most} 个。请拆成几张考评表。"


class MarkRefused(Problem):
    """A self score or review score outside what the item can give."""

    code = "assessment.mark"
    status = 422
    template = "“{item}”只能打 {least} 到 {most} 分，写的是 {found} 分。请改正后再提交。"


class MarkNotInSteps(Problem):
    """A score that is no multiple of 0.25."""

    code = "assessment.mark_step"
    status = 422
    template = "“{item}”写的“{found}”不是 0.25 的整数倍。请按 0.25 分一档打分。"


class ItemUnknown(Problem):
    """No such item on the sheet."""

    code = "assessment.no_item"
    status = 404
    template = "考评表“{sheet}”里没有编号为“{item}”的项目。请从表上选择。"


class ScoreSheetHeaderMissing(Problem):
    """A table whose columns cannot be told."""

    code = "assessment.no_header"
    status = 422
    template = (
        "前 {searched} 行里没有找到考评表的表头。表里至少要有一列内容（如“考评内容”），"
        "还要有“分值”或“评分标准”。请补上列名后再读。"
    )


class ScoreSheetEmpty(Problem):
    """A header without a single item below it."""

    code = "assessment.no_items"
    status = 422
    template = "第 {row} 行是表头，下面没有读到任何考评项目。请确认选对了工作表。"


class ScoreSheetTooLarge(Problem):
    """More rows than any score sheet has."""

    code = "assessment.too_many_rows"
    status = 413
    template = "这张表有 {rows} 行（格），考评表最多 {most}。请只保留考评表的内容后再读。"


class MeasureUnknown(Problem):
    """Nothing on the sheet reads this number."""

    code = "assessment.no_measure"
    status = 404
    template = "考评表“{sheet}”里没有规则用到“{measure}”。请从表上选择要对应的数据。"


class LevelUnknown(Problem):
    """No such band or star."""

    code = "assessment.no_level"
    status = 404
    template = "考评表“{sheet}”里没有等次“{level}”。请从表上选择。"
