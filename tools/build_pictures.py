"""Draws the three pictures of the README from the main example; needs Chromium, LibreOffice and pdftoppm."""

import subprocess
import sys
import tempfile
from pathlib import Path

from acmspec import api

ROOT = Path(__file__).parent.parent
SPEC = ROOT / "specs" / "examples" / "rapid_rehousing" / "spec.yaml"
PICTURES = ROOT / "docs" / "pictures"
WIDTH, HEIGHT = 1240, 1500
CHROMIUM = ("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run")
CLAUSE_PAGE, TERM_PAGE = "2", "4"
TOP_OF_PAGE = ("-x", "40", "-y", "70", "-W", "1310", "-H", "560")


def main() -> None:
    """Run the example, open what it wrote as a person would, and keep a picture of each."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        done = api.run(SPEC, folder)
        if done.exit_code:
            sys.exit(f"the example ended with exit code {done.exit_code}")
        _run(
            *CHROMIUM,
            "--disable-background-networking",
            f"--user-data-dir={folder / 'browser'}",
            f"--window-size={WIDTH},{HEIGHT}",
            f"--screenshot={PICTURES / 'dashboard.png'}",
            (folder / "dashboard.html").as_uri(),
        )
        office = ("soffice", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless")
        for name in ("clauses.docx", "worksheet.xlsx"):
            _run(*office, "--convert-to", "pdf", "--outdir", str(folder), str(folder / name))
        page = ("-f", CLAUSE_PAGE, "-l", CLAUSE_PAGE, "-singlefile", "-r", "80", "-png")
        _run("pdftoppm", *page, str(folder / "clauses.pdf"), str(PICTURES / "clause"))
        page = ("-f", TERM_PAGE, "-l", TERM_PAGE, "-singlefile", "-r", "125", *TOP_OF_PAGE, "-png")
        _run("pdftoppm", *page, str(folder / "worksheet.pdf"), str(PICTURES / "worksheet"))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
