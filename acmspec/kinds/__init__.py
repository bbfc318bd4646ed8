"""The kinds of benchmarks and incentives: one file each, listed in one tuple each; nothing inside imports them."""

from acmspec.kinds.benchmarks.historical import HISTORICAL
from acmspec.kinds.benchmarks.target import TARGET
from acmspec.kinds.incentives.advance import ADVANCE
from acmspec.kinds.incentives.bonus_pool import BONUS_POOL
from acmspec.kinds.incentives.cap import CAP
from acmspec.kinds.incentives.deduction import DEDUCTION
from acmspec.kinds.incentives.deduction_cap import DEDUCTION_CAP
from acmspec.kinds.incentives.difference import DIFFERENCE
from acmspec.kinds.incentives.floor import FLOOR
from acmspec.kinds.incentives.gate import GATE
from acmspec.kinds.incentives.milestone import MILESTONE
from acmspec.kinds.incentives.non_financial import NON_FINANCIAL
from acmspec.kinds.incentives.per_diem import PER_DIEM
from acmspec.kinds.incentives.price_adjustment import PRICE_ADJUSTMENT
from acmspec.kinds.incentives.rate_card import RATE_CARD
from acmspec.kinds.incentives.retain import RETAIN
from acmspec.kinds.incentives.scorecard import SCORECARD
from acmspec.kinds.incentives.service_fee import SERVICE_FEE
from acmspec.kinds.incentives.sustainment import SUSTAINMENT
from acmspec.kinds.incentives.threshold_and_ramp import THRESHOLD_AND_RAMP
from acmspec.kinds.incentives.threshold_on_effect import THRESHOLD_ON_EFFECT
from acmspec.kinds.incentives.tiered_bonus import TIERED_BONUS
from acmspec.kinds.incentives.withhold import WITHHOLD
from acmspec.report.ports import SaidBenchmark, SaidKinds, SaidLimit, SaidReserve, SaidTerm
from acmspec.spec.ports import Shelves

BENCHMARKS: tuple[SaidBenchmark, ...] = (TARGET, HISTORICAL)
TERMS: tuple[SaidTerm, ...] = (
    TIERED_BONUS,
    RATE_CARD,
    SUSTAINMENT,
    PER_DIEM,
    MILESTONE,
    BONUS_POOL,
    THRESHOLD_AND_RAMP,
    SERVICE_FEE,
    DIFFERENCE,
    DEDUCTION,
    PRICE_ADJUSTMENT,
    SCORECARD,
    ADVANCE,
    THRESHOLD_ON_EFFECT,
    NON_FINANCIAL,
)
LIMITS: tuple[SaidLimit, ...] = (CAP, FLOOR, GATE, DEDUCTION_CAP)
RESERVES: tuple[SaidReserve, ...] = (RETAIN, WITHHOLD)
KINDS: SaidKinds = Shelves(BENCHMARKS, TERMS, LIMITS, RESERVES)
