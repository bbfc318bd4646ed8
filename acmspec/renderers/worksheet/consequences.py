"""What each standing of a line leads to under a term, as the words a worksheet looks up; it works out no amount."""

from acmspec.program.payment import AS_REPORTED, DEDUCT_MOST, Pooled, Term
from acmspec.program.payment_parts import of_cohorts, recovered
from acmspec.renderers.worksheet.whole import Whole, cell
from acmspec.results.tree import PROVISIONAL, State
from acmspec.settlement.terms import DEDUCTED, NOTHING, UNDISPUTED, WAIT, WITHHOLD
from acmspec.settlement.tree import CLOSED, FEE, NOT_OVER, OPEN, OTHERS_WAIT, PART_UNKNOWN, PHASE_IN, UNSCORED

PAY, KNOWN = "pay", "pay what is known"
_SIGN = f'="{PAY}"'


def standing(word: str) -> str:
    """A standing in words."""
    return word.replace("_", " ")


def consequences(term: Term) -> tuple[tuple[str, str], ...]:
    """Each standing with what follows from it: what the term declares, and what holds for all terms."""
    if recovered(term.amount) is not None:
        return ((FEE, PAY), (NOT_OVER, WAIT), (OPEN, KNOWN), (CLOSED, NOTHING))
    if of_cohorts(term.amount) is not None:
        return ((FEE, PAY), (NOT_OVER, WAIT), (OPEN, WAIT))
    if not term.rests_on:
        return ((FEE, PAY), (NOT_OVER, WAIT))
    if term.scored:
        own = ((PROVISIONAL, WAIT), (PHASE_IN, NOTHING), (UNSCORED, NOTHING))
        return tuple((standing(word), what) for word, what in ((State.VALUE.value, PAY), *term.on, *own))
    of_all = ((PROVISIONAL, WAIT), (PART_UNKNOWN, "withhold until resolved"), (PHASE_IN, NOTHING))
    of_pools = ((OTHERS_WAIT, WAIT),) if isinstance(term.amount, Pooled) else ()
    return tuple((standing(word), what) for word, what in ((State.VALUE.value, PAY), *term.on, *of_all, *of_pools))


def pays(consequence: str) -> bool:
    """Whether something is paid now."""
    return consequence.startswith(PAY) or consequence == DEDUCTED


def pays_formula(at: str) -> str:
    """The same of the cell that holds it."""
    return f'OR(LEFT({at},{len(PAY)}){_SIGN},{at}="{DEDUCTED}")'


def scores_formula(at: str) -> str:
    """Whether a measure of a scorecard makes points, of the cell that holds what its state leads to."""
    return f'OR({at}="{PAY}",{at}="{AS_REPORTED}")'


def waits(consequence: str, at: str) -> Whole:
    """1 where more may come for the period, else 0; `at` is the cell that holds the consequence."""
    stand = (WAIT, KNOWN, UNDISPUTED, DEDUCTED, DEDUCT_MOST)
    value = consequence in {*stand, *WITHHOLD}
    same = ",".join(f'{at}="{one}"' for one in stand)
    return cell(f'IF(OR({same},LEFT({at},8)="withhold"),1,0)', int(value))
