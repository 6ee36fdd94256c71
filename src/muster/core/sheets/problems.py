"""Refusals of a whole file: what is wrong and what the clerk can do about it."""

from typing import Any, ClassVar

from muster.core.kernel import Problem


class FileProblem(Problem):
    """A file that is not read. Facts hold sizes, sheet names and row numbers, never cell values."""

    code: ClassVar[str] = "file"
    status: ClassVar[int] = 422


class FileEmpty(FileProblem):
    """Nothing was uploaded."""

    code = "file.empty"
    template = "文件是空的。请确认保存成功后重新上传。"


class FileTooLarge(FileProblem):
    """More bytes than are taken."""

    code = "file.too_large"
    status = 413
    template = "文件有 {size_mb} MB，超过 {limit_mb} MB。请去掉图片或按村拆成几个文件。"


class FileKindRefused(FileProblem):
    """Not a table we read."""

    code = "file.kind"
    status = 415
    template = "{found}不能导入。请用 WPS 或 Excel 打开名单，另存为 .xlsx 后上传。"


class FileWpsEt(FileProblem):
    """The native format of WPS tables."""

    code = "file.wps_et"
    status = 415
    template = (
        "这是 WPS 的 .et 表格。请在 WPS 里点“文件→另存为”，类型选“Excel 文件(*.xlsx)”后上传。"
    )


class FileMacros(FileProblem):
    """A workbook that carries program code."""

    code = "file.macros"
    template = "文件里带有宏程序，不能导入。请另存为“Excel 工作簿(*.xlsx)”（不带宏）后上传。"


class FileEncrypted(FileProblem):
    """A password is needed."""

    code = "file.encrypted"
    template = "文件设了打开密码。请在 WPS 或 Excel 里取消密码，保存后重新上传。"


class FileBomb(FileProblem):
    """Expands to far more than it seems."""

    code = "file.bomb"
    template = "文件解开后过大（{reason}），不能导入。请把名单复制到一个新表格里另存后上传。"


class FileContainer(FileProblem):
    """A container built in a way that office programs never do."""

    code = "file.container"
    template = (
        "文件内部结构不正常（{reason}），不能导入。请用 WPS 或 Excel 打开后另存为 .xlsx 再上传。"
    )


class FileDamaged(FileProblem):
    """The parser could not make sense of it."""

    code = "file.damaged"
    template = "文件打不开，可能没有传完整。请用 WPS 或 Excel 打开看看，另存为 .xlsx 后重新上传。"


class FileEncoding(FileProblem):
    """Text in an unknown encoding."""

    code = "file.encoding"
    template = "文本文件的编码认不出来。请用 WPS 打开后另存为 .xlsx 再上传。"


class FileTooManyRows(FileProblem):
    """More rows than are taken."""

    code = "file.too_many_rows"
    status = 413
    template = "工作表“{sheet}”到第 {row} 行才结束，一次最多 {limit} 行。请删去下方多余的内容，或拆开上传。"


class FileTooManyColumns(FileProblem):
    """More columns than are taken."""

    code = "file.too_many_columns"
    status = 413
    template = "工作表“{sheet}”有 {columns} 列，最多 {limit} 列。请删去右侧多余的内容后上传。"


class FileClassified(FileProblem):
    """Carries a state-secret mark. Such papers never enter this system."""

    code = "file.classified"
    template = (
        "文件标有“{mark}”（{where}）。本系统不得存放国家秘密，文件没有保存。"
        "请按保密规定在涉密设备上办理；若标注有误，请由定密责任人更正后再导入。"
    )


class FileParserDied(FileProblem):
    """The reading process was ended by its limits or by a fault in the file."""

    code = "file.parser_died"
    template = (
        "读这个文件时出了问题（{reason}），没有导入任何一行。"
        "请新建一个表格，只把名单部分复制进去，另存为 .xlsx 后重试。"
    )


class HeaderNotFound(FileProblem):
    """No sheet has the column names of this kind of list."""

    code = "file.no_header"
    template = "没有找到表头。表里至少要有这些列：{needed}。可以下载模板对照列名。"


def problem_from(code: str, facts: dict[str, Any]) -> FileProblem:
    """Return the refusal with this code, as the reading process reported it."""
    for kind in FileProblem.__subclasses__():
        if kind.code == code:
            return kind(**facts)
    raise ValueError(f"unknown file problem {code!r}")
