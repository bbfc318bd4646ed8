"""The door from what the author wrote to the same with the files beside it: lists, figures and holidays read."""

from dataclasses import replace

from acmspec.enclosed.calendars import with_holidays
from acmspec.enclosed.desk import Desk
from acmspec.enclosed.figures import with_values
from acmspec.enclosed.lists import with_codes
from acmspec.enclosed.ports import Files
from acmspec.ground.diagnostic import Outcome
from acmspec.spec.tree import Spec


def enclose(spec: Spec, files: Files) -> Outcome[Spec]:
    """The spec with what its enclosed files hold; parts whose file can't be used are remembered as faulty."""
    desk = Desk(files)
    lists = tuple(with_codes(one, desk) for one in spec.lists)
    figures = tuple(with_values(one, desk) for one in spec.figures)
    calendars = tuple(with_holidays(one, desk) for one in spec.calendars)
    whole = replace(
        spec,
        lists=lists,
        figures=figures,
        calendars=calendars,
        faulty=spec.faulty | desk.faulty,
        enclosures=tuple(desk.enclosures),
    )
    return Outcome(whole, tuple(desk.found))
