"""Every set that spells are made of is a defined term of the contract."""

from pathlib import Path

import yaml

from acmspec import api
from tests.measures.cookbook import recipes

ANSWERS = Path(__file__).parents[1] / "measures" / "answers.yaml"


def _clauses(folder: Path) -> str:
    recipe = next(one for one in recipes() if one.name == "days_homeless")
    (folder / "spec.yaml").write_text(recipe.spec, encoding="utf-8")
    tables = yaml.safe_load(ANSWERS.read_text(encoding="utf-8"))[recipe.part]["tables"]
    for table, rows in tables.items():
        (folder / f"{table}.csv").write_text(rows, encoding="utf-8")
    done = api.run(folder / "spec.yaml", folder / "out")
    assert done.exit_code == 0
    return (folder / "out" / "clauses.md").read_text(encoding="utf-8")


def test_what_spells_are_made_of_is_defined_before_them(tmp_path: Path) -> None:
    clauses = _clauses(tmp_path)
    project = "the Project is one of the values “Emergency shelter” and “Street outreach”"
    stay = f"**Homeless Stay** means a Stay for which {project}."
    housed = "**Housed Stay** means a Stay for which the Project is “Rapid re-housing”."
    spell = "**Time without a Home** joins the Homeless Stays of one Client"
    assert clauses.index(stay) < clauses.index(housed) < clauses.index(spell)
