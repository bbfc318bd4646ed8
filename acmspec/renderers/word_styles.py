"""The look of the Word document: named styles, and the multilevel numbering bound to them; knows no clause.

The style names are Word's own where Word has one, so that pasted clauses take on the look of an agency's template.
"""

from acmspec.renderers.word_marks import NAMESPACE

ARTICLE, SECTION, RECITAL, CAPTION = "Heading1", "Heading2", "BodyText", "Caption"
TABLE, CELL, HEAD = "ClauseTable", "TableText", "TableHeading"
_WORDS_OWN = frozenset({"heading 1", "heading 2", "Body Text", "caption", "header", "footer"})
LEVELS = ("ClauseLevel1", "ClauseLevel2", "ClauseLevel3", "ClauseLevel4")

_FONT = '<w:rFonts w:ascii="{0}" w:hAnsi="{0}" w:cs="{0}" w:eastAsia="{0}"/>'
_SERIF, _SANS = _FONT.format("Times New Roman"), _FONT.format("Arial")
_BOLD = "<w:b/><w:bCs/>"
_ENGLISH = '<w:lang w:val="en-US" w:eastAsia="en-US" w:bidi="ar-SA"/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _space(before: int, after: int, line: int = 259) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


BEHIND_TABLE = _space(180, 80)
"""Room between a table and the paragraph below it, which no table style can give."""


def _style(name: str, paragraph: str, run: str = "", *, after: str = "") -> str:
    """A paragraph style; Word's own have small names, and its id is the name in capitals without spaces."""
    identifier = "".join(word[:1].upper() + word[1:] for word in name.split())
    following = f'<w:next w:val="{after}"/>' if after else ""
    custom = "" if name in _WORDS_OWN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph" w:styleId="{identifier}"{custom}><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/>{following}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _numbered(level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'


def _heading(name: str, level: int, size: int, before: int) -> str:
    properties = f"<w:keepNext/><w:keepLines/>{_numbered(level)}{_space(before, 100)}"
    outline = f'<w:outlineLvl w:val="{level}"/>'
    return _style(name, properties + outline, _SANS + _BOLD + _size(size), after=LEVELS[0])


def _levels() -> str:
    return "".join(_style(f"Clause Level {at + 1}", _numbered(at + 2) + _space(60, 80)) for at in range(len(LEVELS)))


def _border(side: str, size: int, color: str) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{color}"/>'


def _table() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(_border(side, 4, "7F7F7F") for side in sides)
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 40), ("left", 100), ("bottom", 40), ("right", 100))
    )
    first = '<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/></w:tcPr>'
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{TABLE}"><w:name w:val="Clause Table"/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        f"{first}</w:tblStylePr></w:style>"
    )


def styles() -> str:
    """The whole style sheet."""
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_SERIF}{_size(22)}{_ENGLISH}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{_space(0, 100)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        "<w:pPr><w:widowControl/></w:pPr></w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/></w:style>'
    )
    return (
        f'<w:styles xmlns:w="{NAMESPACE}">{defaults}{normal}'
        + _heading("heading 1", 0, 30, 0)
        + _heading("heading 2", 1, 23, 280)
        + _style("Body Text", _space(60, 120))
        + _levels()
        + _style("caption", f"<w:keepNext/>{_space(200, 80)}", _SANS + _BOLD + _size(18))
        + _style("Table Text", _space(0, 0, 240), _size(19))
        + _style("Table Heading", f"<w:keepNext/>{_space(0, 0, 240)}", _BOLD + _size(19))
        + _style("header", _space(0, 0, 240), _size(17))
        + _style("footer", f'{_space(0, 0, 240)}<w:jc w:val="center"/>', _size(17))
        + _table()
        + "</w:styles>"
    )


_FORMATS = (
    ("decimal", "Article %1.", ARTICLE, 0, 0),
    ("decimal", "%1.%2", SECTION, 720, 720),
    ("lowerLetter", "(%3)", LEVELS[0], 1247, 527),
    ("lowerRoman", "(%4)", LEVELS[1], 1814, 567),
    ("upperLetter", "(%5)", LEVELS[2], 2381, 567),
    ("decimal", "(%6)", LEVELS[3], 2948, 567),
)


def numbering(article: int) -> str:
    """One multilevel list, each level bound to its style; the article starts at its own number."""
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{article if at == 0 else 1}"/><w:numFmt w:val="{kind}"/>'
        f'<w:pStyle w:val="{style}"/><w:suff w:val="{"tab" if hanging else "space"}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
        for at, (kind, text, style, left, hanging) in enumerate(_FORMATS)
    )
    return (
        f'<w:numbering xmlns:w="{NAMESPACE}"><w:abstractNum w:abstractNumId="0"><w:nsid w:val="4AC35EC0"/>'
        f'<w:multiLevelType w:val="multilevel"/><w:tmpl w:val="4AC35EC1"/>{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def settings() -> str:
    """Document settings: today's layout rules, English."""
    office = "http://schemas.microsoft.com/office/word"
    mode = f'<w:compatSetting w:name="compatibilityMode" w:uri="{office}" w:val="15"/>'
    return (
        f'<w:settings xmlns:w="{NAMESPACE}"><w:defaultTabStop w:val="720"/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/><w:compat>{mode}</w:compat>'
        '<w:themeFontLang w:val="en-US"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )
