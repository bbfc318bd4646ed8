"""manifest.json: what a run was made of, without a trace of the machine it ran on."""

import json
from dataclasses import replace

import pytest

from acmspec.renderers import manifest
from acmspec.spec.enclosures import Enclosure


def read(outputs):
    return json.loads(manifest.render(outputs))


def test_it_names_versions_hashes_counts_and_the_data_date(outputs):
    assert manifest.FILE == "manifest.json"
    assert read(outputs) == {
        "acmspec_manifest": 1,
        "acmspec": "9.9.9",
        "contract": "made-by-hand",
        "data_date": "2026-01-31",
        "spec": {"file": "spec.yaml", "sha256": "cd" * 32},
        "enclosed": [],
        "data": [{"table": "stays", "file": "data/stays.csv", "sha256": "ab" * 32, "records": 10, "used": 9}],
        "outputs": ["results.csv", "manifest.json"],
    }


@pytest.mark.parametrize("file", ["/home/somebody/other.csv", "../elsewhere/other.csv", "other.csv"])
def test_a_file_given_instead_shows_its_base_name_only(outputs, with_results, file):
    tables = tuple(replace(one, file=file) for one in outputs.results.tables)
    assert read(with_results(outputs, tables=tables))["data"][0]["file"] == "other.csv"


def test_an_absolute_file_in_the_spec_shows_its_base_name_only(outputs, with_results):
    file = "/home/somebody/stays.csv"
    program = replace(outputs.program, stores=tuple(replace(one, file=file) for one in outputs.program.stores))
    tables = tuple(replace(one, file=file) for one in outputs.results.tables)
    changed = with_results(replace(outputs, program=program), tables=tables)
    assert read(changed)["data"][0]["file"] == "stays.csv"


def test_it_is_the_same_every_time(outputs):
    assert manifest.render(outputs) == manifest.render(outputs)


def test_files_beside_the_spec_are_named_and_hashed(outputs):
    enclosed = (
        Enclosure("lists.icd", "codes/icd.csv", "ef" * 32, 3),
        Enclosure("calendars.county", "/somewhere/days.csv", "ab" * 32, 11),
    )
    spec = replace(outputs.program.spec, enclosures=enclosed)
    more = replace(outputs, program=replace(outputs.program, spec=spec))
    assert read(more)["enclosed"] == [
        {"for": "lists.icd", "file": "codes/icd.csv", "sha256": "ef" * 32, "records": 3},
        {"for": "calendars.county", "file": "days.csv", "sha256": "ab" * 32, "records": 11},
    ]
