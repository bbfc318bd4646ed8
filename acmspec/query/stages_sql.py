"""The stages of a set as SQL conditions: what a record must meet between one choice and the next."""

from collections.abc import Iterator

from acmspec.program.population import Population, Stage


def stage_column(index: int) -> str:
    """The quoted name of the column of the condition of a set's stage number `index`."""
    return f'"where {index}"' if index else '"in"'


def left_column(index: int) -> str:
    """The quoted name of the column of a set's exclusion number `index`."""
    return f'"left {index}"'


def truth(condition: str, name: str = "") -> str:
    """A condition that is true or false and never missing, under a name if there is one."""
    if condition == "FALSE":
        return condition + (f" AS {name}" if name else "")
    return f"CASE WHEN {condition} THEN TRUE ELSE FALSE END{f' AS {name}' if name else ''}"


def gates(population: Population) -> list[tuple[str, ...]]:
    """For each choice, and for the end, the conditions that a record must meet since the choice before."""
    found: list[tuple[str, ...]] = []
    pending: list[str] = []
    left = 0
    for index, stage in enumerate(population.stages):
        pending += [stage_column(index)] if index and stage.where is not None else []
        for _ in stage.keep:
            found.append(tuple(pending))
            pending = []
        pending += [f"NOT {left_column(left + at)}" for at in range(len(stage.exclude))]
        left += len(stage.exclude)
    return [*found, tuple(pending)]


def came_to(population: Population) -> list[tuple[str, ...]]:
    """For each stage, the conditions under which a record comes to it: chosen so far, and met or left by none since."""
    found: list[tuple[str, ...]] = []
    pending: list[str] = []
    chosen = left = 0
    for index, stage in enumerate(population.stages):
        found.append((f'"in {chosen}"', *pending))
        pending += [stage_column(index)] if index and stage.where is not None else []
        pending = [] if stage.keep else pending
        pending += [f"NOT {left_column(left + at)}" for at in range(len(stage.exclude))]
        chosen += len(stage.keep)
        left += len(stage.exclude)
    return found


def left_early(population: Population) -> Iterator[str]:
    """For each exclusion of an earlier stage, whether a record had come to it and met it."""
    left = 0
    for stage, came in list(_come_to_leaving(population))[:-1]:
        for number in range(left, left + len(stage.exclude)):
            yield truth(" AND ".join([*came, left_column(number)]), left_column(number))
        left += len(stage.exclude)


def came_to_leaving(population: Population) -> tuple[str, ...]:
    """The conditions under which a record comes to the exclusions of the last stage."""
    return list(_come_to_leaving(population))[-1][1]


def _come_to_leaving(population: Population) -> Iterator[tuple[Stage, tuple[str, ...]]]:
    """Each stage with the conditions under which a record comes to its exclusions, all of its other steps taken."""
    chosen = left = 0
    before: list[str] = []
    for index, stage in enumerate(population.stages):
        chosen += len(stage.keep)
        before = [] if stage.keep else before
        before += [stage_column(index)] if index and stage.where is not None and not stage.keep else []
        yield stage, (f'"in {chosen}"', *before)
        before += [f"NOT {left_column(left + at)}" for at in range(len(stage.exclude))]
        left += len(stage.exclude)
