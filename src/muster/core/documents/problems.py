"""What is refused about templates and documents."""

from typing import ClassVar

from muster.core.kernel import Problem


class FileNotADocument(Problem):
    """The bytes are not a Word document that can be opened safely."""

    code: ClassVar[str] = "document.not_a_document"
    status: ClassVar[int] = 400
    template: ClassVar[str] = "这个文件不是可以读取的 Word 文档（{why}）。请另存为 .docx 后再试。"


class FileTooLarge(Problem):
    """The package is larger, packed or unpacked, than a document may be."""

    code: ClassVar[str] = "document.too_large"
    status: ClassVar[int] = 413
    template: ClassVar[str] = "文件太大（{what} 超过 {limit}），没有打开。请删去大图片后再试。"


class TemplateActive(Problem):
    """The template carries macros, embedded objects or links to the outside."""

    code: ClassVar[str] = "document.template_active"
    status: ClassVar[int] = 400
    template: ClassVar[str] = (
        "模板里有宏、嵌入对象或外部链接（{part}），不能使用。请另存为普通 .docx。"
    )


class TemplateUnsafe(Problem):
    """The template asks for more than printing, choosing and repeating."""

    code: ClassVar[str] = "document.template_unsafe"
    status: ClassVar[int] = 400
    template: ClassVar[str] = "模板里有不允许的写法：{what}。只能使用变量、“如果”和“逐行”三种写法。"


class TemplateBroken(Problem):
    """The template cannot be parsed: a bracket is missing, or a block has no end."""

    code: ClassVar[str] = "document.template_broken"
    status: ClassVar[int] = 400
    template: ClassVar[str] = "模板的写法有误：{why}。请检查花括号和 if、for 是否成对。"


class TemplateVariableUnknown(Problem):
    """The template names variables that this kind of document does not have."""

    code: ClassVar[str] = "document.template_variable_unknown"
    status: ClassVar[int] = 400
    template: ClassVar[str] = (
        "模板里有不认识的变量：{names}。请对照该文种的变量表改正，或删去这一处。"
    )


class FigureTouchesDigit(Problem):
    """A figure stands directly beside another digit, so the paper would show a third number."""

    code: ClassVar[str] = "document.figure_touches_digit"
    status: ClassVar[int] = 400
    template: ClassVar[str] = (
        "模板里指标“{name}”紧挨着别的数字，印出来会变成另一个数。请加上文字隔开。"
    )


class TableUnbalanced(Problem):
    """The figures of one table row contradict each other."""

    code: ClassVar[str] = "document.table_unbalanced"
    status: ClassVar[int] = 409
    template: ClassVar[str] = "“{line}”一行对不上：{sum}。请先核对台账，再出文件。"
