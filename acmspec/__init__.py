"""acmspec: one definition of an outcome makes the contract clause, the number, the payment and the picture.

`acmspec.check(path)` says everything wrong with a spec; `acmspec.run(path)` evaluates it and writes its outputs;
`acmspec.evaluate(path, frames={…})` evaluates data frames and gives data frames.
The names are loaded when first used, so that the command line starts fast. Nothing inside imports this module.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from acmspec.api import Evaluation, Run, check, check_text, evaluate, run

__all__ = ["Evaluation", "Run", "check", "check_text", "evaluate", "run"]


def __getattr__(name: str) -> object:
    if name in __all__:
        from acmspec import api

        return getattr(api, name)
    raise AttributeError(f"module 'acmspec' has no attribute {name!r}")
