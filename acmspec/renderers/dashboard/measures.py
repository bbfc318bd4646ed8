"""The sections about measures: what is counted, period by period, by provider and by group."""

import acmspec.renderers.dashboard.charts as charts  # noqa: PLR0402  (through the package it would be a circle)
from acmspec.renderers.dashboard.html import NOTHING, Html, fill, joined, where
from acmspec.renderers.dashboard.tables import mark, result
from acmspec.report.tree import Against, Breakdown, Mark, Matrix, MatrixHead, MatrixRow, MeasureRow, Point

_SMALL = ("No", "One", "Two", "Three", "Four", "Five")
_HEAD = '<th scope="col" role="columnheader">{}</th>'
_RIGHT = '<th scope="col" role="columnheader" class="r">{}</th>'
_HEADS = (
    (_HEAD, "Measure"), (_RIGHT, "Target"), (_RIGHT, "Actual"), (_HEAD, "Counted"), (_HEAD, "Contract result"),
    (_HEAD, "Over time"),
)  # fmt: skip


def measures(rows: tuple[MeasureRow, ...]) -> Html:
    """Every measure for all providers, and its course."""
    if not rows:
        return NOTHING
    compared = any(one.comparisons for one in rows)
    heads = joined(fill(shape, word) for shape, word in (*_HEADS, *([(_HEAD, "Compared with")] if compared else [])))
    count = _SMALL[len(rows)] if len(rows) < len(_SMALL) else str(len(rows))
    table = fill(
        '<section aria-labelledby="measures">\n<h2 id="measures">{} measure{}, all providers</h2>\n'
        '<p class="lead"><b>Contract result</b> is what the contract counts, in the latest period that is judged and'
        ' complete.</p>\n<table class="stack measures" role="table" aria-labelledby="measures">\n'
        '<thead role="rowgroup"><tr role="row">{}</tr></thead>\n<tbody role="rowgroup">\n{}</tbody>\n</table>\n'
        "</section>\n",
        count, where(len(rows) != 1, "s"), heads, joined(_measure(one, compared=compared) for one in rows),
    )  # fmt: skip
    return joined((table, _course(rows)))


def _measure(one: MeasureRow, *, compared: bool) -> Html:
    question = where(one.question, " · {}", one.question)
    counted = where(one.parts, '<span class="q">{}</span>', one.parts)
    caution = where(one.caution, '<span class="q">{}</span>', one.caution)
    against = where(
        compared, '<td role="cell" data-l="Compared with">{}</td>', joined(_against(each) for each in one.comparisons)
    )
    return fill(
        '<tr role="row"><th scope="row" role="rowheader">{}<span class="q">{}{}</span></th>\n'
        '<td role="cell" data-l="Target" class="r">{}</td>\n'
        '<td role="cell" data-l="Actual" class="r"><b>{}</b></td>\n'
        '<td role="cell" data-l="Counted"><span class="n">{}</span>{}<span class="q">{}</span></td>\n'
        '<td role="cell" data-l="Contract result"><span class="res">{}</span>{}</td>\n'
        '<td role="cell" data-l="Over time">{}</td>\n{}</tr>\n',
        one.title, one.kind.capitalize(), question, one.target or "none", one.actual or "–", one.counts or "–", counted,
        one.period, result(one.mark), caution, Html(charts.sparkline(one.series)), against,
    )  # fmt: skip


def _against(one: Against) -> Html:
    met = one.mark.words.lower().replace("target", "it")
    stands = where(one.mark.kind in {"met", "not_met"}, ": {}", met)
    printed = fill(" <b>{}</b>{}", one.printed, stands) if one.printed else fill(": nothing to compare")
    is_new = one.about and (not one.printed or one.printed not in one.about)
    about = where(is_new, '<span class="q">{}</span>', one.about)
    return fill('<span class="cmp">{}<span>{}{}{}</span></span>', mark(one.mark), one.name, printed, about)


def _course(rows: tuple[MeasureRow, ...]) -> Html:
    hint = charts.hint(tuple(one.series for one in rows))
    return fill(
        '<section aria-labelledby="time">\n<h2 id="time">Period by period</h2>\n{}<div class="two">\n{}</div>\n'
        "</section>\n",
        where(hint, '<p class="lead">{}</p>', hint), joined(_figure(one) for one in rows),
    )  # fmt: skip


def _figure(one: MeasureRow) -> Html:
    series = one.series
    return fill(
        '<figure>\n<h3>{}<span class="finding">{} {}</span></h3>\n{}\n<details><summary>Data for {}</summary>\n'
        '<table class="data"><thead><tr><th scope="col">Period</th><th scope="col" class="r">Actual</th>'
        '<th scope="col">Counted</th><th scope="col">Result</th></tr></thead><tbody>\n{}</tbody></table></details>\n'
        "</figure>\n",
        series.title, series.finding, series.about, Html(charts.series(series)), series.title,
        joined(_point(each) for each in series.points),
    )  # fmt: skip


def _point(one: Point) -> Html:
    said = one.mark.words if one.mark.value else one.mark.note
    more = where(one.mark.value and one.mark.note, ", {}", one.mark.note)
    return fill(
        '<tr><th scope="row">{}</th><td class="r">{}</td><td>{}</td><td>{}{}</td></tr>\n',
        one.period, one.printed or "–", one.counts or "–", said, more,
    )  # fmt: skip


def providers(one: Matrix | None) -> Html:
    """Providers by measures."""
    if one is None:
        return NOTHING
    legend = joined(fill("<li>{}{}</li>\n", mark(each), meaning) for each, meaning in one.legend)
    return fill(
        '<section aria-labelledby="providers">\n<h2 id="providers">Providers</h2>\n<p class="lead">{}</p>\n'
        '<ul class="legend">\n{}</ul>\n<table class="stack matrix" role="table" aria-labelledby="providers">\n'
        '<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Provider</th>{}</tr></thead>\n'
        '<tbody role="rowgroup">\n{}</tbody>\n</table>\n</section>\n',
        one.finding, legend, joined(_over(each) for each in one.heads),
        joined(_provider(each, one.heads) for each in one.rows),
    )  # fmt: skip


def _over(one: MatrixHead) -> Html:
    target = where(one.target, "{}, ", one.target)
    return fill('<th scope="col" role="columnheader">{}<span class="q">{}{}</span></th>', one.title, target, one.period)


def _provider(one: MatrixRow, heads: tuple[MatrixHead, ...]) -> Html:
    cells = joined(
        fill('<td role="cell" data-l="{}">{}</td>', head.title, _in_matrix(each))
        for each, head in zip(one.marks, heads, strict=True)
    )
    return fill('<tr role="row"><th scope="row" role="rowheader">{}</th>{}</tr>\n', one.name, cells)


def _in_matrix(one: Mark) -> Html:
    if not one.value:
        return fill('{}<span class="q">{}</span>', mark(one), one.note)
    return fill(
        '{}<span class="vh">{}: </span><b class="{}">{}</b> <span class="q">{}{}</span>{}',
        mark(one), one.words, one.kind, one.value, one.counts, where(one.note, ", {}", one.note),
        where(one.target, '<span class="q own">own target {}</span>', one.target),
    )  # fmt: skip


def groups(found: tuple[Breakdown, ...]) -> Html:
    """Measures by the groups of their breakdowns, on one scale each."""
    if not found:
        return NOTHING
    has_target, has_order = any(one.target is not None for one in found), any(one.has_order for one in found)
    return fill(
        '<section aria-labelledby="groups">\n<h2 id="groups">Where results differ</h2>\n<p class="lead">Each line is a'
        " group on the same scale{}. Highest value first{}.</p>\n"
        '<div class="masonry">\n{}</div>\n</section>\n',
        where(has_target, "; the dashed line is the target"),
        where(has_order, "; bands, months and years in their order"), joined(_breakdown(one) for one in found),
    )  # fmt: skip


def _breakdown(one: Breakdown) -> Html:
    target = where(one.target_label, ", target {}", one.target_label)
    return fill(
        '<figure>\n<h3>{}, by {}<span class="finding">{}{}: {}.</span></h3>\n{}{}</figure>\n',
        one.title, one.by, one.about, target, one.finding, _on_scale(one) if one.rows else NOTHING,
        where(one.rest, '<p class="q">{}.</p>', one.rest),
    )  # fmt: skip


def _on_scale(one: Breakdown) -> Html:
    scale = charts.Dots.of(one)
    rows = joined(
        fill(
            '<tr role="row"><th scope="row" role="rowheader">{}</th><td role="cell">{}</td><td role="cell" class="r">'
            '<span class="vh">{}: </span><b class="{}">{}</b></td><td role="cell" class="r q">{}</td></tr>\n',
            row.name, Html(scale.row(row)), row.mark.words, row.mark.kind, row.mark.value, row.mark.counts,
        )
        for row in one.rows
    )  # fmt: skip
    return fill(
        '<table class="groups" role="table">\n<thead class="vh" role="rowgroup"><tr role="row"><th scope="col"'
        ' role="columnheader">{}</th><th scope="col" role="columnheader">On the scale</th><th scope="col"'
        ' role="columnheader">Actual</th><th scope="col" role="columnheader">Counted</th></tr></thead>\n'
        '<tbody role="rowgroup">\n{}</tbody>\n<tfoot aria-hidden="true"><tr><td></td><td>{}</td><td></td><td></td></tr>'
        "</tfoot>\n</table>\n",
        one.by.capitalize(), rows, Html(scale.foot()),
    )  # fmt: skip
