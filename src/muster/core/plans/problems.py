"""Why a plan document is refused."""

from muster.core.kernel import Problem


class PlanTooLarge(Problem):
    """The file or its expanded content is over the limit."""

    code = "plan.too_large"
    status = 413
    template = "“{file}”有 {size} MB，超过 {limit} MB 的上限，没有读取。请删去图片或拆开后再试。"


class PlanTooLong(Problem):
    """The text is longer than any plan."""

    code = "plan.too_long"
    status = 413
    template = (
        "“{file}”有 {size} 个字，超过 {limit} 个字的上限，不像一份方案。请只保留方案正文后再试。"
    )


class PlanEmpty(Problem):
    """There is no text in the file."""

    code = "plan.empty"
    status = 422
    template = "“{file}”里没有文字，没有可读的内容。请确认选对了文件。"


class PlanScanned(Problem):
    """The PDF holds pictures of pages only."""

    code = "plan.scanned"
    status = 422
    template = (
        "“{file}”是扫描件，共 {pages} 页，只有图片没有文字，本系统不识别图片。"
        "请向发文单位索取电子文本（.docx 或 .txt），或先用文字识别软件转换后再试。"
    )


class PlanLocked(Problem):
    """The file asks for a password."""

    code = "plan.locked"
    status = 422
    template = "“{file}”设有打开密码，无法读取。请用原软件打开并去掉密码，另存后再试。"


class PlanDamaged(Problem):
    """The file cannot be opened as what it claims to be."""

    code = "plan.damaged"
    status = 422
    template = "“{file}”打不开：{why}。请用 Word 或 WPS 打开检查，另存为 .docx 后再试。"


class PlanUnsafe(Problem):
    """The file holds constructions that an office document never needs."""

    code = "plan.unsafe"
    status = 422
    template = "“{file}”含有不安全的内容（{why}），没有打开。请用 Word 或 WPS 打开原稿，另存为新的 .docx 后再试。"


class PlanFormatUnknown(Problem):
    """The kind of file is not one of the four we read."""

    code = "plan.format"
    status = 415
    template = "“{file}”是{what}，不能直接读取。请用 Word 或 WPS 打开，另存为 .docx 后再试（可读 .docx、.txt、.pdf、.md）。"


class PlanMissing(Problem):
    """There is no such file, or it may not be read."""

    code = "plan.missing"
    status = 404
    template = "找不到或打不开“{file}”。请检查路径和读取权限。"


class PlanClassified(Problem):
    """The paper carries a mark of classification (SYS-04)."""

    code = "plan.classified"
    status = 422
    template = (
        "这份文件标有密级“{mark}”，本系统是非涉密系统，不能存放或处理，已拒绝读取且未保存。"
        "请按保密规定在涉密场所处理；需要登记的，请发文单位另发不涉密的工作安排。"
    )


class PlanDied(Problem):
    """The reading process ended without an answer, or met something no document holds."""

    code = "plan.died"
    status = 422
    template = "读取“{file}”时中断：{why}。文件可能异常，没有保存。请用 Word 或 WPS 打开检查，另存为新的 .docx 后再试。"
