"""Whether what a formula says of periods fits those it is used for: metrics it names, moves, parts of a period."""

from acmspec.ground.calendar import Cycle
from acmspec.ground.diagnostic import Problem
from acmspec.ground.source import Span
from acmspec.ground.windows import Bounds, Coverage, parts_of, whole_move, windows
from acmspec.program.definitions import Definitions
from acmspec.program.elsewhere import Dates, Earlier
from acmspec.program.group import ForEach, MetricUse, Slice
from acmspec.program.reach import inner_groups
from acmspec.program.tree import Dimension, Group

OTHER_EVERY = Problem(
    "ACM344",
    "metrics with different periods",
    "A metric's name stands for its result in the period at hand, and a metric with other periods has none there.",
    "Give both metrics the same “every”, or give the formula a name under “definitions” (without “of”) and use that.",
    "Figures that are calculated from one another must be for the same period.",
)
SHORTER = Problem(
    "ACM359",
    "a move that misses the periods",
    "A result is moved by whole periods; moved by less, or by months where periods are weeks, it lies between two.",
    "Move by the metric's own periods, or by something that holds several of them.",
    "A figure for an earlier time must be for a whole period.",
)
NO_PART = Problem(
    "ACM375",
    "periods without such parts",
    "A part is brought in where it ends, and no part of this kind ends in any period of the metric.",
    "Use shorter parts, or a longer window.",
    "A figure made of the parts of a period must rest on parts that the period has.",
)
PROBLEMS = (OTHER_EVERY, SHORTER, NO_PART)


class Fitting:
    """Looks through one formula that is used for some periods, and reports what doesn't fit them."""

    def __init__(self, path: str, span: Span, names: Definitions) -> None:
        self._path = path
        self._span = span
        self._names = names
        contract = names.catalog.spec.contract
        self._bounds = Bounds(contract.term.first.value, contract.term.last.value, contract.fiscal_year_starts)

    def fits(self, group: Group, every: Cycle, covers: Coverage) -> bool:
        """Whether everything fits; what doesn't is reported."""
        return self._look(group, every, (every, covers))

    def _look(self, group: Group, every: Cycle | None, outer: tuple[Cycle, Coverage]) -> bool:
        """`every` is None where a slice has chosen days, which are no period of any kind."""
        sound, inside = True, every
        match group:
            case MetricUse(name=name, every=own):
                if every is not None and own != every:
                    message = f"“{name}” has a result each {own.value}, and here one for each {every.value} is needed"
                    self._say(OTHER_EVERY, self._span, message)
                    return False
            case Slice(to=Dates()):
                inside = None
            case Slice(to=Earlier(number, unit, span)):
                if every is not None and (whole := whole_move(number, unit, every)):
                    move = f"{number} {unit}{'' if number == 1 else 's'} earlier"
                    fix = f"Write “{whole} earlier”, or move by several times as much."
                    self._say(SHORTER, span, f"“{move}” doesn't lead from one {every.value} to another", fix)
                    sound = False
            case ForEach(over=over) if not isinstance(over, Dimension):
                if every is not None and not self._has_parts(over, outer):
                    self._say(NO_PART, group.span, f"no {over.value} ends in any period of this metric")
                    sound = False
                inside = over
        return False not in [self._look(one, inside, outer) for one in inner_groups(group)] and sound

    def _has_parts(self, over: Cycle, outer: tuple[Cycle, Coverage]) -> bool:
        bounds = self._bounds
        found = windows(*outer, bounds, bounds.last)
        return not found or any(parts_of(one, over, bounds.fiscal_starts, one.last) for one in found)

    def _say(self, problem: Problem, span: Span, message: str, fix: str = "") -> None:
        self._names.findings.say(problem, span, message, path=self._path, label="doesn't fit", fix=fix)
