"""What a sound spec must keep to beyond names and types: one file a rule, named by a sentence."""

from collections.abc import Callable, Iterable

from acmspec.ground.diagnostic import Diagnostic
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

Rule = Callable[[Spec, Program | None], Iterable[Diagnostic]]

RULES: tuple[Rule, ...] = ()
