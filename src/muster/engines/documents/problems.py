"""Refusals of documents."""

from muster.core.kernel import Problem


class KindUnknown(Problem):
    """No kind of document of this code."""

    code = "documents.kind_unknown"
    status = 404
    template = "没有“{kind}”这个文种。可用的文种：{known}。"


class MayNotIssue(Problem):
    """The post issues no documents."""

    code = "documents.may_not_issue"
    status = 403
    template = "您的岗位（{post}）不能{act}。请由有“签发公文”权限的人员办理。"


class NotADraft(Problem):
    """An issued document never changes."""

    code = "documents.not_a_draft"
    template = "《{title}》{state}，不能再改。需要更正的，请另起草一份。"


class DocumentForeign(Problem):
    """The file was not issued here, or not in this scope."""

    code = "documents.foreign"
    status = 404
    template = "这份文件不是本辖区用本系统印发的，无法核对。请核对文件来源，或请印发单位核对。"


class NothingToSay(Problem):
    """No section has records."""

    code = "documents.nothing_to_say"
    template = (
        "{place}{year}年度没有可以写进《{kind}》的记录，没有生成文件。请先登记有关工作，再起草。"
    )


class PdfUnavailable(Problem):
    """LibreOffice is not installed here."""

    code = "documents.pdf_unavailable"
    template = (
        "本机没有安装 LibreOffice，不能生成 PDF。请下载 Word 文件，用 Word 或 WPS 另存为 PDF。"
    )


class DocumentNotIssued(Problem):
    """A draft has no file yet."""

    code = "documents.not_issued"
    template = "《{title}》还没有印发，没有正式文件。请先印发。"


class FileDamaged(Problem):
    """The kept file is not what was kept."""

    code = "documents.file_damaged"
    status = 500
    template = "文件“{name}”与存入时不一致，可能被改动过。请停止使用，并通知安全审计员。"
