"""The sections that are not about measures: goals, what to discuss, payments, data quality, practice, reading."""

from acmspec.renderers.dashboard.html import NOTHING, Html, fill, joined, where
from acmspec.renderers.dashboard.tables import grid
from acmspec.report.tree import Entry, Finding, Goal, Grid, Payments, Practice, Quality


def goals(motivation: str, found: tuple[Goal, ...]) -> Html:
    """Why it is done, and the goals."""
    if not found and not motivation:
        return NOTHING
    return fill(
        '<section aria-labelledby="goals">\n<h2 id="goals">Goals</h2>\n{}<ul class="goals">\n{}</ul>\n</section>\n',
        where(motivation, '<p class="lead">{}</p>', motivation), joined(_goal(one) for one in found),
    )  # fmt: skip


def _goal(one: Goal) -> Html:
    whom = where(one.population, "For: {}. ", one.population)
    measured = where(one.measures, "Measured by: {}.", "; ".join(one.measures))
    more = where(one.population or one.measures, '<span class="q">{}{}</span>', whom, measured)
    return fill("<li><b>{}</b>{}</li>\n", one.statement, more)


def findings(found: tuple[Finding, ...]) -> Html:
    """What to discuss."""
    cards = joined(
        fill('<article class="card {}"><h3>{}</h3><p>{}</p></article>\n', one.tone, one.headline, one.text)
        for one in found
    )
    return where(
        found,
        '<section aria-labelledby="discuss">\n<h2 id="discuss">To discuss</h2>\n<div class="cards">\n{}</div>\n'
        "</section>\n",
        cards,
    )


def payments(one: Payments | None) -> Html:
    """What is owed to date."""
    if one is None:
        return NOTHING
    more = NOTHING
    if one.consequences is not None:
        table = one.consequences
        more = fill("<details><summary>{}</summary>\n{}\n</details>\n", table.caption, grid(table))
    return fill(
        '<section aria-labelledby="payments">\n<h2 id="payments">Payments to date</h2>\n<p class="lead">{}</p>\n'
        '<div class="sums">{}</div>\n{}</section>\n',
        one.finding, grid(one.owed), more,
    )  # fmt: skip


def quality(one: Quality) -> Html:
    """What became of the records, and what they could not tell."""
    notes = joined(fill("<li>{}</li>\n", note) for note in one.notes)
    return fill(
        '<section aria-labelledby="quality">\n<h2 id="quality">Data quality</h2>\n<p class="lead">{}</p>\n{}\n{}{}{}'
        "</section>\n",
        one.finding, grid(one.tables), _if_any(one.left_out), _if_any(one.gaps),
        where(one.notes, '<ul class="notes">\n{}</ul>\n', notes),
    )  # fmt: skip


def _if_any(one: Grid | None) -> Html:
    return NOTHING if one is None else grid(one)


def practice(found: tuple[Practice, ...]) -> Html:
    """How the parties work on it."""
    parts = joined(
        fill('<div class="part">\n<h3>{}</h3>\n{}</div>\n', one.title, joined(_block(each) for each in one.blocks))
        for one in found
    )
    return where(
        found,
        '<section aria-labelledby="practice">\n<h2 id="practice">How we work on it</h2>\n<div class="practice">\n{}'
        "</div>\n</section>\n",
        parts,
    )


def _block(one: str | Grid | Entry) -> Html:
    if isinstance(one, str):
        return fill("<p>{}</p>\n", one)
    if isinstance(one, Grid):
        return fill("{}\n", grid(one))
    text = where(one.text, '<p class="q">{}</p>', one.text)
    points = joined(fill("<li>{}</li>", point) for point in one.points)
    return fill('<div class="entry"><h4>{}</h4>{}<ul>{}</ul></div>\n', one.title, text, points)


def reading(texts: tuple[str, ...]) -> Html:
    """How the page is to be read."""
    return fill(
        '<section aria-labelledby="reading">\n<h2 id="reading">How to read this page</h2>\n<div class="reading">\n{}'
        "</div>\n</section>\n",
        joined(fill("<p>{}</p>\n", one) for one in texts),
    )
