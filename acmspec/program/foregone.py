"""Says which aggregates have an answer before there is data, as their set is chosen by what they ask; knows no data."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from acmspec.formula.tree import Call, Formula
from acmspec.ground.diagnostic import Problem, Severity
from acmspec.ground.node import node
from acmspec.program.empty_questions import NEVER, Place
from acmspec.program.group import Aggregate
from acmspec.program.population import Population
from acmspec.program.possible import Meaning, Piece, answers, opened, pieces, subjects
from acmspec.program.record import Record
from acmspec.program.relocate import is_faulty

FOREGONE = Problem(
    "ACM415",
    "a share that is known before there is data",
    "The records are chosen by what is then asked of them, so that the answer is the same for each.",
    "Ask it of a set that is not chosen by it, or ask something else.",
    "A proportion must be one of records that can meet the condition or miss it.",
    Severity.WARNING,
)
PROBLEMS = (FOREGONE,)


@node
class _Chosen:
    """All that records of a set meet, all that leaves them out, and the date they must have."""

    meet: tuple[Meaning, ...]
    left_out: tuple[Meaning, ...]
    dated: Meaning | None

    def allows(self, piece: Piece) -> bool:
        """Whether a record of the set can have a value of this piece."""
        if piece.rank is None and self.dated == piece.of:
            return False
        meets = all(True in answers(one, piece) for one in self.meet)
        return meets and all(answers(one, piece) != {True} for one in self.left_out)


def say_if_nobody(written: Formula, where: Record, of: Population, place: Place) -> bool:
    """Say it where no record of a set can meet a further condition."""
    around = _chosen(of, dated=False)
    for some, there in _left(around, (where,)):
        kept = [one for one in there if True in answers(where, one)]
        if there and not kept and _is_open(where, some):
            message = f"no record of “{of.name}” meets “{written.span.text}”, by the set’s own conditions"
            fix = "Correct the condition, or take the records of another set."
            place.say(NEVER, written.span, message, label="never true", fix=fix)
            return True
    return False


def say_if_foregone(formula: Call, found: Aggregate, place: Place) -> None:
    """Say it where no record of the set can meet the aggregate's `where`, or all or none the condition of a share."""
    written, where, asked = formula.over.where, found.where, found.expression
    if written is not None and where is not None and say_if_nobody(written, where, found.population, place):
        return
    if formula.function != "share" or formula.expression is None or asked is None:
        return
    around = _chosen(found.population, dated=True)
    around = around if where is None else replace(around, meet=(*around.meet, where))
    for some, there in _left(around, (asked,)):
        if there and _is_open(asked, some):
            seen = {each for one in there for each in answers(asked, one)}
            if seen == {True} or True not in seen:
                _say(formula, formula.expression, "100%" if seen == {True} else "0%", place)
                return


def _chosen(of: Population, *, dated: bool) -> _Chosen:
    date = opened(of.dated) if dated and of.dated is not None else None
    return _Chosen(of.wheres, tuple(one.when for one in of.leaving), date)


def _left(around: _Chosen, own: tuple[Meaning, ...]) -> Iterator[tuple[list[Piece], list[Piece]]]:
    """For each thing that a condition speaks of, all pieces of its values, and those that records here can have."""
    if any(is_faulty(one) for one in (*around.meet, *around.left_out, *own)):
        return
    named = subjects([*around.meet, *around.left_out, *own])
    for of in subjects(own):
        some = list(pieces(of, named[of]))
        yield some, [one for one in some if around.allows(one)]


def _is_open(condition: Meaning, some: Sequence[Piece]) -> bool:
    """Whether a condition can be met and missed by itself; that it can't is said where it stands."""
    return {True, False} <= {each for one in some for each in answers(condition, one)}


def _say(formula: Call, asked: Formula, always: str, place: Place) -> None:
    which = "every record" if always == "100%" else "no record"
    message = f"{which} that is counted meets “{asked.span.text}”: this share is always {always}"
    fix = ""
    if formula.over.where is not None and always == "100%":
        fix = f"Write “share({asked.span.text} over {formula.over.name})”, or ask something else of these records."
    place.say(FOREGONE, asked.span, message, label=f"always {always}", fix=fix)
