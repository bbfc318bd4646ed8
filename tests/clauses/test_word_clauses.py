"""The clauses as a Word document: real numbering, real references, the same bytes each time."""

import re
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from acmspec.renderers import word, word_marks
from acmspec.report.clauses import clauses
from acmspec.report.tree import Article, Clauses, Grid, Paragraph, Reference, Run, Section

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NUMBER = re.compile(r"^\s*(Article\s+\d|\d+(\.\d+)+\s*$|\d+\.\d+\s+\S|\(?([a-z]|[ivxlc]+|[A-Z]|\d{1,2})\)\s*)")


@pytest.fixture(scope="module")
def made(hand: Any) -> bytes:
    return word.document(clauses(hand.program, hand.kinds))


def part(made: bytes, name: str) -> etree._Element:
    return etree.fromstring(ZipFile(BytesIO(made)).read(name))


def texts(element: etree._Element) -> list[str]:
    return ["".join(run.itertext(f"{W}t")) for run in element.iter(f"{W}r")]


def test_no_run_types_a_number(made: Any) -> None:
    for name in ZipFile(BytesIO(made)).namelist():
        if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name):
            assert not [text for text in texts(part(made, name)) if NUMBER.match(text)]


def test_each_level_of_the_list_belongs_to_a_style(made: Any) -> None:
    levels = part(made, "word/numbering.xml").findall(f"{W}abstractNum/{W}lvl")
    assert [level.find(f"{W}lvlText").get(f"{W}val") for level in levels] == [
        "Article %1.", "%1.%2", "(%3)", "(%4)", "(%5)", "(%6)",
    ]  # fmt: skip
    assert levels[0].find(f"{W}start").get(f"{W}val") == "4"
    numbered = {
        style.get(f"{W}styleId"): int(style.find(f"{W}pPr/{W}numPr/{W}ilvl").get(f"{W}val"))
        for style in part(made, "word/styles.xml").findall(f"{W}style")
        if style.find(f"{W}pPr/{W}numPr") is not None
    }
    assert [numbered[level.find(f"{W}pStyle").get(f"{W}val")] for level in levels] == list(range(6))


def test_paragraphs_use_the_named_styles(made: Any) -> None:
    used = {one.style.name for one in docx.Document(BytesIO(made)).paragraphs}
    assert {"Heading 1", "Heading 2", "Body Text", "Clause Level 1", "Clause Level 2", "Caption"} <= used


def test_every_reference_points_at_a_bookmark_that_exists_once(made: Any) -> None:
    document = part(made, "word/document.xml")
    names = [one.get(f"{W}name") for one in document.iter(f"{W}bookmarkStart")]
    assert len(names) == len(set(names))
    assert all(len(name) <= 40 for name in names)
    fields = [one.text.split() for one in document.iter(f"{W}instrText")]
    assert fields
    assert all(kind == "REF" and name in names for kind, name, *_ in fields)


def test_content_controls_carry_the_spec_path(made: Any) -> None:
    document = part(made, "word/document.xml")
    tags = {one.get(f"{W}val") for one in document.iter(f"{W}tag")}
    assert {"motivation", "metrics.exits.benchmarks.target", "incentives.terms.exit_bonus.on", "agreements"} <= tags
    identifiers = [one.get(f"{W}val") for one in document.findall(f".//{W}sdtPr/{W}id")]
    assert len(identifiers) == len(set(identifiers))


def test_a_long_path_fits_in_a_tag_and_stays_its_own() -> None:
    first, second = (word_marks.tag("metrics." + "x" * 80 + end) for end in "ab")
    assert len(first) == len(second) == 64
    assert first != second


def test_tables_repeat_their_heading_row(made: Any) -> None:
    tables = list(part(made, "word/document.xml").iter(f"{W}tbl"))
    assert tables
    for table in tables:
        rows = table.findall(f"{W}tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert sum(int(one.get(f"{W}w")) for one in table.findall(f"{W}tblGrid/{W}gridCol")) == 9360


def test_header_footer_language_and_title(made: Any) -> None:
    found = docx.Document(BytesIO(made))
    cells = found.sections[0].header.tables[0].rows[0].cells
    assert [cell.text for cell in cells] == ["Harbor County", "Rapid Re-Housing", "harbor-rrh"]
    assert [one.text.strip() for one in found.sections[0].footer._element.iter(f"{W}instrText")] == ["PAGE", "NUMPAGES"]
    assert found.core_properties.title == "Rapid Re-Housing: Outcomes and payment"
    assert part(made, "word/styles.xml").find(f".//{W}lang").get(f"{W}val") == "en-US"


def test_the_bytes_are_the_same_each_time(hand: Any, made: Any) -> None:
    assert word.document(clauses(hand.program, hand.kinds)) == made
    assert {entry.date_time for entry in ZipFile(BytesIO(made)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


@settings(max_examples=15)
@example("long " * 100)
@example('\x00\x0b\ud800\ufffe<&>"')
@given(st.text())
def test_any_text_makes_a_sound_document(text: Any) -> None:
    inner = Paragraph((Run(text), Reference("first")), (Paragraph((Run(text),)),), text)
    section = Section(text, (inner, Grid((text,), ((text,),), caption=text)), "first")
    made = word.document(Clauses(text, text, text, Article(4, text, (inner,), (section,))))
    assert len(docx.Document(BytesIO(made)).tables) == 1


@pytest.fixture(scope="module")
def printed(made: Any, program_or_skip: Any, tmp_path_factory: Any) -> str:
    office, reader = program_or_skip("soffice"), program_or_skip("pdftotext")
    folder: Path = tmp_path_factory.mktemp("word")
    (folder / "clauses.docx").write_bytes(made)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(folder / "clauses.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    shown = subprocess.run([reader, "-layout", str(folder / "clauses.pdf"), "-"], check=True, capture_output=True)
    return shown.stdout.decode()


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?m)^\s*Article 4\. Outcomes and payment$",
        r"(?m)^\s*4\.1\s+Definitions used in this Article$",
        r"(?m)^\s*4\.2\s+Exits to permanent housing$",
        r"(?m)^\s*\(a\)\s+Measure\.",
        r"(?m)^\s*\(i\)\s+Where do families wait\?",
        r"comes\s+from\s+section\s+4\.2\.",
        r"Page 1 of \d",
    ],
)
def test_another_program_computes_the_numbers(printed: Any, pattern: Any) -> None:
    assert re.search(pattern, printed)
