"""Refusals of imports."""

from muster.core.kernel import Problem


class ImportHasFaults(Problem):
    """All-or-none was chosen and some rows are wrong or held."""

    code = "import.has_faults"
    template = (
        "选择了“全部正确才进”，但还有 {rejected} 行有错误、{held} 行待县级核对，因此一行也没有写入。"
        "请改正后再导入，或改选“正确的先进”。"
    )


class ImportNotReady(Problem):
    """The import is not in the state this step needs."""

    code = "import.not_ready"
    template = "这次导入现在是“{state}”，不能执行这一步。请刷新页面查看最新状态。"


class UndoWindowOver(Problem):
    """Originals are deleted after 90 days, and with them the means to undo."""

    code = "import.undo_window_over"
    template = "这次导入已超过 {days} 天，不能整批撤销。请在人员页面逐人更正。"


class NoSuchColumn(Problem):
    """The kind has no column of that name."""

    code = "import.no_such_column"
    status = 422
    template = "没有“{column}”这个项目。请刷新页面后重新选择。"


class PlanRefused(Problem):
    """What another app was to write of a row was refused; ``code`` says of which column set."""

    code = "import.plan_refused"
    template = "{why}"


class RowNotFaulty(Problem):
    """Only a row with faults is repaired here."""

    code = "import.row_not_faulty"
    template = "第 {row} 行没有待改的错误，不需要修正。"


class RowNotGivenUp(Problem):
    """Only a row that was given up is taken up again."""

    code = "import.row_not_given_up"
    template = "第 {row} 行没有放弃过，不需要恢复。请回到导入页面查看这一行现在的结果。"


class NoRowsChosen(Problem):
    """The button over the table was pressed with nothing ticked."""

    code = "import.no_rows_chosen"
    status = 422
    template = "没有选中要放弃的行。请先在表里勾选，再点“放弃所选的行”。"


class CountsDoNotAdd(Problem):
    """The counts of a check do not add up: a fault of the program, so nothing is written."""

    code = "import.counts_do_not_add"
    status = 500
    template = "核对的行数与各类结果之和不符（{rows} ≠ {total}），为安全起见没有写入。请把文件交给系统管理员。"


class NoSuchKind(Problem):
    """There is no importer of this kind."""

    code = "import.no_such_kind"
    status = 400
    template = "没有“{kind}”这种导入。可用的有：{known}。"


class MayNotImport(Problem):
    """The post does not import or undo."""

    code = "import.not_allowed"
    status = 403
    template = "您的岗位（{post}）不能{act}。请由本单位负责名册的人员办理。"


class NoFileChosen(Problem):
    """The form came without a file."""

    code = "import.no_file"
    status = 422
    template = "没有选择文件。请点“选择文件”，选中名册后再上传。"
