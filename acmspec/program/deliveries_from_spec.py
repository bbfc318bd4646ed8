"""Which files a table is delivered in: patterns filled in for each provider, and their periods; opens none."""

from collections.abc import Iterator

from acmspec.ground.calendar import Every
from acmspec.ground.diagnostic import Problem
from acmspec.ground.nearest import offer
from acmspec.ground.node import node
from acmspec.ground.pattern import pattern
from acmspec.program.catalog import PROVIDER, Catalog
from acmspec.program.deliveries import Delivery
from acmspec.program.findings import Findings
from acmspec.spec.deliveries import Delivery as Written
from acmspec.spec.tree import Table

BAD_PATTERN = Problem(
    "ACM532",
    "a pattern of files that can't be followed",
    "In a file’s path, {provider} stands for each provider that has an agreement, {month}, {quarter}, {year}, "
    "{fiscal_quarter}, {fiscal_year}, {week} or {day} for the name of a period, and * for anything.",
    "Correct the pattern; it has each provider once and one kind of period at most.",
    "The files in which data is delivered must be named by a rule that both parties can follow.",
)
PROBLEMS = (BAD_PATTERN,)

_TIMES = {one.value.replace(" ", "_"): one for one in Every}
_PLACE = pattern(r"\{([^{}]*)\}")


def deliveries(table: Table, catalog: Catalog, findings: Findings) -> tuple[Delivery, ...]:
    """The files of a table; what can't be followed is reported and left out."""
    desk = _Desk(table, catalog, findings)
    found = [one for written in table.files.each for one in desk.of(written)]
    for each in table.files.each:
        if each.provider is not None:
            desk.known(each)
    return tuple(found)


@node
class _Desk:
    table: Table
    catalog: Catalog
    findings: Findings

    def of(self, written: Written) -> Iterator[Delivery]:
        """What one entry stands for: itself, or one for each provider."""
        places = [one.group(1) for one in _PLACE.finditer(written.file.value)]
        strange = [one for one in places if one not in {*_TIMES, PROVIDER}]
        times = [one for one in places if one in _TIMES]
        if strange:
            fix = offer(strange[0], ("provider", *_TIMES))
            self._say(written, f"“{{{strange[0]}}}” stands for nothing", fix)
        elif len(times) > 1:
            self._say(written, "the path has more than one period in it")
        elif PROVIDER not in places:
            yield Delivery(written.file.value, _whose(written), _TIMES[times[0]] if times else None)
        elif written.provider is not None:
            self._say(written, "the path has {provider} in it and is already one provider’s", "Write the name itself.")
        else:
            yield from self._of_each(written, _TIMES[times[0]] if times else None)

    def _of_each(self, written: Written, every: Every | None) -> Iterator[Delivery]:
        providers = tuple(dict.fromkeys(one.provider.value for one in self.catalog.spec.agreements))
        if not providers and not self.catalog.faulty("agreements"):
            self._say(written, "there are no agreements, so that nobody stands for {provider}")
        elif self._has_field(written):
            for one in providers:
                yield Delivery(written.file.value.replace("{provider}", one), one, every)

    def known(self, written: Written) -> None:
        """Report a provider of a file that has no agreement where others have one."""
        whose, agreed = _whose(written), [one.provider.value for one in self.catalog.spec.agreements]
        if self._has_field(written) and agreed and whose not in agreed and not self.catalog.faulty("agreements"):
            span = written.provider.span if written.provider else written.file.span
            message = f"“{whose}” has a file in “{self.table.name.value}” and no agreement"
            path = f"data.{self.table.name.value}.file"
            self.findings.say(BAD_PATTERN, span, message, path=path, label="no agreement", fix=offer(whose, agreed))

    def _has_field(self, written: Written) -> bool:
        name = self.table.name.value
        if self.catalog.entity_fields(name, PROVIDER) or self.catalog.fields_unread(name):
            return True
        fix = "Declare the field that names the provider, with “entity: provider”; its column may be missing there."
        self._say(written, f"“{name}” has files of single providers and no field for the provider", fix)
        return False

    def _say(self, written: Written, message: str, fix: str = "") -> None:
        path = f"data.{self.table.name.value}.file"
        self.findings.say(BAD_PATTERN, written.file.span, message, path=path, label="this path", fix=fix)


def _whose(written: Written) -> str:
    return written.provider.value if written.provider is not None else ""
