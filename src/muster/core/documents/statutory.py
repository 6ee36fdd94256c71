"""The statutory layout of official papers (GB/T 9704-2012) as styles, page and package.

28 characters by 22 lines: 16 pt set 0.25 pt tighter, lines of exactly 28.95 pt, a grid of lines
only. (A grid of characters makes LibreOffice stretch the text.)
"""

from muster.core.documents.package import pack

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_NAMESPACES = f'xmlns:w="{WORD}" xmlns:r="{_OFFICE}"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

SONG, HEI, KAI, FANG = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
_PLAIN_SONG = "宋体"
LINE = 579
RED = "FF0000"
_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="630"/>'


def _fonts(face: str) -> str:
    """Return the faces: digits in Times, but in a title as heavy as the characters beside them."""
    latin = SONG if face == SONG else "Times New Roman"
    return (
        f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:cs="Times New Roman" '
        f'w:eastAsia="{face}"/>'
    )


def _text(face: str, points: float, *, color: str = "", spacing: int = -5) -> str:
    """Return run properties in the order the schema wants."""
    size = int(points * 2)
    shade = f'<w:color w:val="{color}"/>' if color else ""
    return (
        f'<w:rPr>{_fonts(face)}<w:b w:val="0"/>{shade}<w:spacing w:val="{spacing}"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    )


def _paragraph(body: str = "", *, before: int = 0, after: int = 0, keep: str = "") -> str:
    """Return paragraph properties: exact lines; ``body`` holds what follows w:spacing."""
    return (
        f'<w:pPr>{keep}<w:spacing w:before="{before}" w:after="{after}" w:line="{LINE}" '
        f'w:lineRule="exact"/>{body}</w:pPr>'
    )


def _style(identity: str, name: str, properties: str, *, following: str = "MusterBody") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{identity}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:next w:val="{following}"/><w:qFormat/>{properties}</w:style>'
    )


def _heading(level: int, face: str) -> str:
    keep = "<w:keepNext/>"
    outline = f'{_INDENT}<w:outlineLvl w:val="{level - 1}"/>'
    return _style(
        f"Heading{level}", f"heading {level}", _paragraph(outline, keep=keep) + _text(face, 16)
    )


_DEFAULTS = (
    f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(FANG)}"
    '<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" '
    'w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:autoSpaceDE w:val="0"/>'
    '<w:autoSpaceDN w:val="0"/></w:pPr></w:pPrDefault></w:docDefaults>'
)
_NORMAL = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    '<w:qFormat/><w:pPr><w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
    f'<w:spacing w:line="{LINE}" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr>'
    f"{_text(FANG, 16)}</w:style>"
)
_TABLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr></w:style>"
)
_KEEP = "<w:keepNext/>"
# LibreOffice would give each line of a title two lines of the grid.
_FREE = '<w:snapToGrid w:val="0"/>'
_CENTRE, _LEFT = '<w:jc w:val="center"/>', '<w:jc w:val="left"/>'
_RULE = '<w:bottom w:val="single" w:sz="16" w:space="11" w:color="FF0000"/>'
_CELL = '<w:pPr><w:spacing w:line="400" w:lineRule="exact"/><w:jc w:val="center"/></w:pPr>'


def styles() -> str:
    """Return styles.xml: every style names its East Asian face."""
    entries = _head_styles() + _end_styles()
    return f"{_HEAD}<w:styles {_NAMESPACES}>{''.join(entries)}</w:styles>"


def _head_styles() -> list[str]:
    """Return body, headings, red head, number, title and addressee."""
    rule = f"<w:pBdr>{_RULE}</w:pBdr>"
    mark = (
        '<w:pPr><w:spacing w:before="1400" w:after="1158" w:line="800" w:lineRule="exact"/>'
        f"{_CENTRE}</w:pPr>"
    )
    number = (
        f'<w:pPr>{rule}<w:tabs><w:tab w:val="right" w:pos="8530"/></w:tabs>'
        f'<w:spacing w:after="579" w:line="{LINE}" w:lineRule="exact"/>'
        f'<w:ind w:leftChars="0"/>{_CENTRE}</w:pPr>'
    )
    upward = number.replace(_CENTRE, _LEFT)
    return [
        _DEFAULTS,
        _NORMAL,
        _TABLES,
        _style("MusterBody", "公文正文", _paragraph(_INDENT) + _text(FANG, 16)),
        _heading(1, HEI),
        _heading(2, KAI),
        _heading(3, FANG),
        _heading(4, FANG),
        _style("MusterMark", "发文机关标志", mark + _text(SONG, 36, color=RED, spacing=0)),
        _style("MusterNumber", "发文字号", number + _text(FANG, 16)),
        _style("MusterNumberUp", "上行发文字号", upward + _text(FANG, 16)),
        _style("MusterClosing", "结束语", _paragraph(_INDENT, keep=_KEEP) + _text(FANG, 16)),
        _style(
            "MusterTitle",
            "公文标题",
            _paragraph(_CENTRE, after=LINE, keep=f"{_KEEP}<w:keepLines/>{_FREE}")
            + _text(SONG, 22, spacing=0),
        ),
        _style("MusterAddressee", "主送机关", _paragraph(_LEFT) + _text(FANG, 16)),
    ]


def _end_styles() -> list[str]:
    """Return attachments, signature, tables, imprint and footer."""
    note = '<w:ind w:left="1575" w:hanging="945"/>' + _LEFT
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
        for side, size in (("top", 8), ("bottom", 8), ("between", 6))
    )
    imprint = (
        f"<w:pPr><w:pBdr>{lines}</w:pBdr><w:tabs>"
        '<w:tab w:val="right" w:pos="8565"/></w:tabs>'
        f'<w:spacing w:line="{LINE}" w:lineRule="exact"/>'
        '<w:ind w:firstLineChars="100" w:firstLine="280"/><w:jc w:val="left"/></w:pPr>'
    )
    footer = '<w:pPr><w:spacing w:line="280" w:lineRule="exact"/></w:pPr>'
    return [
        _style(
            "MusterNote", "附件说明", _paragraph(note, before=LINE, keep=_KEEP) + _text(FANG, 16)
        ),
        _style(
            "MusterSigner",
            "发文机关署名",
            _paragraph('<w:jc w:val="right"/>', keep=_KEEP) + _text(FANG, 16),
        ),
        _style("MusterDate", "成文日期", _paragraph('<w:jc w:val="right"/>') + _text(FANG, 16)),
        _style(
            "MusterAttachment",
            "附件标识",
            _paragraph(_LEFT, after=LINE, keep="<w:keepNext/><w:pageBreakBefore/>")
            + _text(HEI, 16),
        ),
        _style(
            "MusterAttachmentTitle",
            "附件标题",
            _paragraph(_CENTRE, after=LINE, keep=_KEEP + _FREE) + _text(SONG, 22, spacing=0),
        ),
        _style(
            "MusterCell", "表格文字", _CELL + _text(FANG, 14, spacing=0), following="MusterCell"
        ),
        _style(
            "MusterCellHead", "表格表头", _CELL + _text(HEI, 14, spacing=0), following="MusterCell"
        ),
        _style("MusterImprint", "版记", imprint + _text(FANG, 14, spacing=0)),
        _style("Footer", "footer", footer + _text(_PLAIN_SONG, 14, spacing=0), following="Footer"),
    ]


def _footer(side: str) -> str:
    """Return the page number between one-character dashes, one character from the outer edge."""
    field = "".join(
        f"<w:r>{piece}</w:r>"
        for piece in (
            "<w:t>— </w:t>".replace("<w:t>", '<w:t xml:space="preserve">'),
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    return (
        f'{_HEAD}<w:ftr {_NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/>'
        f'<w:ind w:{side}="280"/><w:jc w:val="{side}"/></w:pPr>{field}</w:p></w:ftr>'
    )


_SETTINGS = (
    f'{_HEAD}<w:settings {_NAMESPACES}><w:zoom w:percent="100"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)
# 37, 35, 28 and 26 mm; the number's dashes lie 7 mm under the text.
SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/>'
    '<w:footerReference w:type="even" r:id="rId4"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" '
    'w:footer="1400" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>'
)
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def package(body: str) -> bytes:
    """Return the .docx whose body is these blocks of WordprocessingML, on statutory paper."""
    kinds = {
        "document": "document.main",
        "styles": "styles",
        "settings": "settings",
        "footer1": "footer",
        "footer2": "footer",
    }
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD_TYPE}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    links = ["styles", "settings", "footer1", "footer2"]
    types = ["styles", "settings", "footer", "footer"]
    parts = {
        "[Content_Types].xml": (
            f'{_HEAD}<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'{overrides}<Override PartName="/docProps/core.xml" ContentType="{core}"/></Types>'
        ),
        "_rels/.rels": _relations(
            [
                (f"{_OFFICE}/officeDocument", "word/document.xml"),
                (f"{_RELATIONS}/metadata/core-properties", "docProps/core.xml"),
            ]
        ),
        "docProps/core.xml": (
            f'{_HEAD}<cp:coreProperties xmlns:cp="{_RELATIONS.removesuffix("relationships")}'
            'metadata/core-properties"/>'
        ),
        "word/_rels/document.xml.rels": _relations(
            [(f"{_OFFICE}/{t}", f"{n}.xml") for n, t in zip(links, types, strict=True)]
        ),
        "word/document.xml": (
            f"{_HEAD}<w:document {_NAMESPACES}><w:body>{body}{SECTION}</w:body></w:document>"
        ),
        "word/styles.xml": styles(),
        "word/settings.xml": _SETTINGS,
        "word/footer1.xml": _footer("right"),
        "word/footer2.xml": _footer("left"),
    }
    return pack({name: text.encode() for name, text in parts.items()})


def _relations(links: list[tuple[str, str]]) -> str:
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_RELATIONS}">{items}</Relationships>'
