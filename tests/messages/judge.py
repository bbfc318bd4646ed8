"""What a checker must say of a mistaken spec, and everything that can be wrong with what it says."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from acmspec.api import check_text
from acmspec.ground.diagnostic import Diagnostic, Severity
from acmspec.ground.display import pretty
from acmspec.ground.source import Span
from tests.messages.places import NAME, Example


@dataclass(frozen=True)
class Mistake:
    """One change to the example's text, and what must be said of it.

    The range from `start` to `end` becomes `new`. On `line` of the changed text one of `codes` is said, `times` in
    all; its message, label or fix holds each of `says`. Nothing else is said but what has a code in `also`.
    """

    what: str
    example: Example
    start: int
    end: int
    new: str
    codes: frozenset[str]
    line: int
    says: tuple[str, ...] = ()
    times: int = 1
    also: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """The mistaken spec."""
        return self.example.text[: self.start] + self.new + self.example.text[self.end :]

    @property
    def keeps_lines(self) -> bool:
        """Whether every line of the example keeps its number."""
        return "\n" not in self.new + self.example.text[self.start : self.end]


def mistake(
    example: Example,
    what: str,
    change: tuple[int, int, str],
    codes: str,
    *,
    line: int = 0,
    says: tuple[str, ...] = (),
    times: int = 1,
    also: str = "",
) -> Mistake:
    """A mistake; its line is where the change begins unless another is given."""
    start, end, new = change
    at = line or example.line(start)
    allowed = frozenset(codes.split()), frozenset(also.split())
    return Mistake(what, example, start, end, new, allowed[0], at, says, times, allowed[1])


def said(one: Diagnostic) -> str:
    """One finding in a line of a report."""
    return f"{one.code} {one.place} {one.message!r}"


def line_of(one: Diagnostic) -> int:
    """The line of the spec a finding is about; 0 if it is about none."""
    return one.place.source.position(one.place.start)[0] if isinstance(one.place, Span) else 0


@dataclass(frozen=True)
class Judge:
    """Runs mistaken specs through the checker and says what is wrong with what it says."""

    calm: Counter[str]  # what is said of the sound example: none of it an error

    def found(self, text: str) -> tuple[Diagnostic, ...]:
        """What is said of a text beyond what is said of the sound example."""
        calm = self.calm.copy()
        fresh = []
        for one in check_text(text, NAME).diagnostics:
            if calm[f"{one.code} {one.path}"] > 0:
                calm[f"{one.code} {one.path}"] -= 1
            else:
                fresh.append(one)
        return tuple(fresh)

    def whole(self, text: str) -> list[str]:
        """What the findings about a text lack, whatever they are about."""
        try:
            return [blemish for one in self.found(text) for blemish in blemishes(one, text)]
        except Exception as error:  # noqa: BLE001  (a traceback is what must not be)
            return [f"traceback: {type(error).__name__}: {error}"]

    def complaints(self, mistakes: Iterable[Mistake]) -> list[str]:
        """Everything that is wrong with what is said of these mistakes."""
        return [f"[{one.what}] {complaint}" for one in mistakes for complaint in self._of(one)]

    def _of(self, mistake: Mistake) -> Iterator[str]:
        try:
            found = self.found(mistake.text)
        except Exception as error:  # noqa: BLE001  (a traceback is what must not be)
            yield f"traceback: {type(error).__name__}: {error}"
            return
        meant = [one for one in found if one.code in mistake.codes]
        here = [one for one in meant if line_of(one) == mistake.line]
        rest = [one for one in found if one not in meant and one.code not in mistake.also]
        if len(meant) != mistake.times or rest:
            yield f"expected {mistake.times} of {sorted(mistake.codes)}, found {[said(one) for one in found]}"
        elif not here:
            yield f"expected on line {mistake.line}, found {[said(one) for one in meant]}"
        for one in here[:1]:
            told = f"{one.message} {one.label} {one.fix}"
            if missing := [words for words in mistake.says if words not in told]:
                yield f"nothing says {missing}: {said(one)} / {one.label} / {one.fix}"
        for one in found:
            yield from blemishes(one, mistake.text)


def blemishes(one: Diagnostic, text: str) -> Iterator[str]:
    """What a finding lacks: code, words, place, excerpt with caret, cause, fix, contract sentence."""
    parts = {
        "title": one.problem.title, "message": one.message, "cause": one.cause, "fix": one.fix,
        "contract sentence": one.problem.contract,
    }  # fmt: skip
    for part, words in parts.items():
        if not words.strip():
            yield f"{one.code} has no {part}: {one.message!r}"
    if not re.fullmatch(r"ACM\d{3}", one.code) or one.code == "ACM900":
        yield f"{one.code} is no code of a mistake"
    if one.severity is Severity.NOTE:
        yield f"{one.code} is only a note"
    if not isinstance(one.place, Span):
        yield f"{one.code} has no place in the spec: {one.message!r}"
        return
    line, column = one.place.source.position(one.place.start)
    shown = pretty(one, color=False)
    excerpt = re.search(rf"^ *{line} \|(.*)$", shown, re.MULTILINE)
    seen = re.findall(r"[a-z0-9]+", re.sub(r"<U\+\w+>", " ", excerpt[1])) if excerpt else []
    if f"{NAME}:{line}:{column}" not in shown or one.code not in shown:
        yield f"{one.code} is shown without its place: {shown}"
    if excerpt is None or "^" not in shown or (seen and not any(word in text.split("\n")[line - 1] for word in seen)):
        yield f"{one.code} is shown without excerpt or caret: {shown}"
