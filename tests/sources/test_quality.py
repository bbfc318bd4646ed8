"""The quality of the data, counted by table, provider and rule."""

import csv
from datetime import date
from pathlib import Path

from acmspec import api
from tests.sources.world import rows, spec

CONTENT = rows(
    "1,North,2025-01-05,yes,10,", "1,North,2025-01-05,yes,10,", "2,North,2025-13-05,perhaps,10,",
    "3,South,2025-04-05,no,x,", "4,South,2025-05-05,no,-1,", "5,,2025-05-06,no,1,", "6,South,2026-02-01,no,1,",
)  # fmt: skip


def quality(folder: Path, content: str = CONTENT, private: str = "") -> list[tuple[str, ...]]:
    more = (
        "duplicates: drop exact\nchecks:\n  - minutes >= 0\naccept: {invalid_records: 90%}\n"
        "reporting: {each: provider, every: quarter, dated: asked}"
    )
    text = spec("v.csv", more).replace("column: Provider\n", f"column: Provider\n        optional: yes\n{private}")
    if private:
        text = text.replace("    break_down_by:\n      - provider\n", "").partition("agreements:")[0]
    (folder / "spec.yaml").write_text(text, encoding="utf-8")
    (folder / "v.csv").write_text(content, encoding="utf-8")
    done = api.run(folder / "spec.yaml", folder / "o", as_of=date(2025, 12, 31))
    assert done.written, [one.message for one in done.diagnostics]
    with (folder / "o" / "quality.csv").open(encoding="utf-8", newline="") as file:
        head, *found = list(csv.reader(file))
    assert head == ["table", "provider", "what", "rule", "of", "records", "first", "last"]
    return [tuple(one[1:]) for one in found]


def test_every_record_is_counted_by_provider_and_rule(tmp_path: Path) -> None:
    found = quality(tmp_path)
    counts = {one[:4]: one[4] for one in found if one[4]}
    assert {key: counts[key] for key in counts if key[1] in {"read", "used", "invalid", "duplicate"}} == {
        ("", "read", "", ""): "7", ("North", "read", "", ""): "3", ("South", "read", "", ""): "3",
        ("", "used", "", ""): "3", ("North", "used", "", ""): "1", ("South", "used", "", ""): "1",
        ("", "invalid", "", ""): "3", ("North", "invalid", "", ""): "1", ("South", "invalid", "", ""): "1",
        ("", "duplicate", "", ""): "1",
        ("", "duplicate", "ACM432", ""): "1", ("North", "duplicate", "ACM432", ""): "1",
    }  # fmt: skip
    assert {key: counts[key] for key in counts if key[1] == "broken"} == {
        ("", "broken", "ACM420", "asked"): "1", ("North", "broken", "ACM420", "asked"): "1",
        ("", "broken", "ACM424", "helped"): "1", ("North", "broken", "ACM424", "helped"): "1",
        ("", "broken", "ACM422", "minutes"): "1", ("South", "broken", "ACM422", "minutes"): "1",
        ("", "broken", "ACM428", "minutes >= 0"): "1", ("South", "broken", "ACM428", "minutes >= 0"): "1",
    }  # fmt: skip


def test_what_is_missing_and_how_new_the_data_is(tmp_path: Path) -> None:
    found = quality(tmp_path)
    missing = [(one[0], *one[5:]) for one in found if one[1] == "missing period"]
    assert ("North", "2025-04-01", "2025-12-31") in missing
    newest = {one[0]: one[6] for one in found if one[1] == "newest record"}
    assert newest == {"": "2025-05-06", "North": "2025-01-05"}
    assert [one[3:] for one in found if one[1] == "complete"] == [("open", "", "", "2025-12-31")]


def test_data_older_than_a_refresh_is_told_on_the_page(tmp_path: Path) -> None:
    def page(refresh: str, day: str) -> str:
        text = spec("v.csv", f"refresh: {refresh}\nlag: 1 month")
        (tmp_path / "spec.yaml").write_text(text, encoding="utf-8")
        (tmp_path / "v.csv").write_text(rows(f"1,North,{day},yes,10,"), encoding="utf-8")
        api.run(tmp_path / "spec.yaml", tmp_path / "o", as_of=date(2025, 12, 31))
        return (tmp_path / "o" / "dashboard.html").read_text(encoding="utf-8")

    # The data date less the lag is 30 November; a month before it is 30 October.
    assert "newest record" not in page("monthly", "2025-10-30")
    assert "the newest record of North is of 29 Oct 2025" in page("monthly", "2025-10-29")
    assert "newest record" not in page("quarterly", "2025-10-29")
    assert "newest record" not in page("when asked", "2025-01-01")


def test_providers_that_are_private_are_not_named(tmp_path: Path) -> None:
    found = quality(tmp_path, private="        private: yes\n")
    assert {one[0] for one in found if one[1] in {"read", "broken", "used"}} == {""}
