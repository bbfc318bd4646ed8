"""Small WordprocessingML fragments as text: runs, fields, bookmarks, content controls; knows nothing of clauses."""

import re
from hashlib import sha256
from html import escape

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

_INVALID = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_SPACES = re.compile(r"[\t\n\r\x85]+")
_LONGEST_TAG = 64
"""What Word takes in a tag; a longer one makes it call the file damaged."""


def plain(words: str) -> str:
    """Text on one line without the characters XML can't hold."""
    return _SPACES.sub(" ", _INVALID.sub("\ufffd", words))


def run(words: str, *, strong: bool = False) -> str:
    """A run of text."""
    bold = "<w:rPr><w:b/><w:bCs/></w:rPr>" if strong else ""
    return f'<w:r>{bold}<w:t xml:space="preserve">{escape(plain(words), quote=False)}</w:t></w:r>'


def field(instruction: str, shown: str = "") -> str:
    """A field; without `shown` it holds no text until a word processor computes it."""
    result = run(shown) if shown else ""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction, quote=False)} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def bookmark(name: str, number: int, content: str) -> str:
    """Runs, or a table, with a bookmark around them; `number` is unique in the document."""
    start = f'<w:bookmarkStart w:id="{number}" w:name="{escape(name)}"/>'
    return f'{start}{content}<w:bookmarkEnd w:id="{number}"/>'


def bookmark_name(anchor: str, times: int) -> str:
    """The bookmark of the n-th paragraph of a spec path, 0 for its section: stable, at most 40 letters and digits."""
    digest = sha256(anchor.encode("utf-8", "replace")).hexdigest()[:16]
    return f"_acm{digest}" + f"_{times}"


def tag(anchor: str) -> str:
    """The spec path as a content control's tag; a path too long for one ends in its hash."""
    if len(anchor) <= _LONGEST_TAG:
        return anchor
    digest = sha256(anchor.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{anchor[: _LONGEST_TAG - 9]}~{digest}"


def control(anchor: str, number: int, content: str) -> str:
    """A content control that carries a spec path, around the runs of one paragraph.

    Not around a paragraph: LibreOffice drops the bold type and the fields inside such a control.
    """
    said = f'"{escape(plain(tag(anchor)))}"'
    inner = f'<w:alias w:val={said}/><w:tag w:val={said}/><w:id w:val="{number}"/>'
    return f"<w:sdt><w:sdtPr>{inner}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def paragraph(style: str, content: str, properties: str = "") -> str:
    """A paragraph of a style, by its id; `properties` are what it sets beyond the style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'
