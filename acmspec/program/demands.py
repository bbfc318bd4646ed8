"""Takes a condition apart into what it demands all at once; knows nothing of what the parts mean."""

from acmspec.program.record import Defined, Logic, Record


def demands(record: Record) -> list[Record]:
    """What a condition demands all at once."""
    while isinstance(record, Defined):
        record = record.body
    if isinstance(record, Logic) and record.operator == "and":
        return [record, *(demand for one in record.operands for demand in demands(one))]
    return [record]
