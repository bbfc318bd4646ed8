"""What can be wrong with a sentence that is well built: words of another record, letters, lists, sources."""

from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.source import Span

NOT_ITS_WORD = Problem(
    "ACM255",
    "a word for something the record doesn't have",
    "A value is said by its phrase and by the record it belongs to, and steps lead from one record to another.",
    "Use the phrase that the spec declares, and name the record it is of.",
    "Each value must be named together with the record it belongs to.",
)
BAD_LETTER = Problem(
    "ACM256",
    "a letter that is not explained once and used",
    "A letter stands for the part of the sentence that is explained below it.",
    "Explain each letter once in the list below “where:”, and use each one.",
    "A letter used in a sentence must be explained directly below it.",
)
NO_MEANING = Problem(
    "ACM257",
    "a sentence that says nothing a formula can say",
    "The phrases are those of the contract, but in this place they don't go together.",
    "Build the sentence as the clauses do: `acmspec formula … --to english` shows how a formula reads.",
    "A condition must have one clear meaning.",
)
PROBLEMS = (NOT_ITS_WORD, BAD_LETTER, NO_MEANING)


class Unreadable(Exception):  # noqa: N818  (a message on its way to the door, not an error of the program)
    """A phrase that can't be read; carries the diagnostic."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def unknown_here(span: Span, word: str, owner: str, fix: str) -> Diagnostic:
    """The finding for a word that names nothing of a record."""
    return NOT_ITS_WORD.at(span, f"“{word}” names nothing of {owner}", label="of what?", fix=fix)


def meaningless(span: Span, message: str, fix: str = "") -> Unreadable:
    """The exception for phrases that don't go together."""
    return Unreadable(NO_MEANING.at(span, message, label="here", fix=fix))
