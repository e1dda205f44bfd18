"""A report's chart: bars by month, stacked by provider or code, or sums by age; drawn in the browser from the app's own files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nicegui import ui

from domain.reading.balances import AGES
from domain.reports import Report
from ui.theme import LIGHT, SERVICE_CODE_COLORS

COLORS = [shades.edge for shades in SERVICE_CODE_COLORS.values()][::3] + [shades.edge for shades in SERVICE_CODE_COLORS.values()][1::3]
MOST = 8  # bars of one month that eyes can tell apart; the rest are summed
QUIET = LIGHT["control"]  # legible on both themes
Series = Mapping[str, list[float]]


def income_chart(report: Report) -> dict[str, Any]:
    """What was received each month; by month beside what was charged."""
    months = sorted({str(row[0]) for row in report.rows})
    if not report.grouped:
        return bars(months, {"Charged": _column(report, months, 1), "Received": _column(report, months, 3)}, stacked=False)
    sums: dict[str, list[float]] = {}
    for row in report.rows:
        sums.setdefault(str(row[1]), [0.0] * len(months))[months.index(str(row[0]))] += _dollars(row[4])
    first = sorted(sums, key=lambda name: -sum(sums[name]))
    shown = {name: sums[name] for name in first[:MOST] if any(sums[name])}
    if rest := first[MOST:]:
        shown["Others"] = [sum(sums[name][place] for name in rest) for place in range(len(months))]
    return bars(months, shown, stacked=True)


def aging_chart(report: Report) -> dict[str, Any]:
    """What is open by age."""
    return bars([f"{age} days" for age in AGES], {"Open": [_dollars(cents) for cents in report.totals[1 : 1 + len(AGES)]]}, stacked=False)


def _column(report: Report, months: list[str], place: int) -> list[float]:
    by_month = {str(row[0]): row[place] for row in report.rows}
    return [_dollars(by_month[month]) for month in months]


def _dollars(cents: Any) -> float:
    """A bar's height only; the amounts are read in the table."""
    return int(cents or 0) / 100


def bars(names: list[str], series: Series, *, stacked: bool) -> dict[str, Any]:
    """ECharts' options in the app's own letters and lines."""
    words = {"color": QUIET, "fontFamily": "Inter Variable, sans-serif", "fontSize": 12}
    return {
        "color": COLORS, "textStyle": words, "animation": False, "grid": {"left": 8, "right": 8, "top": 36, "bottom": 4, "containLabel": True},
        "tooltip": {"trigger": "axis"}, "legend": {"top": 0, "left": 0, "textStyle": words, "type": "scroll"},
        "xAxis": {"type": "category", "data": names, "axisLabel": words, "axisTick": {"show": False}, "axisLine": {"lineStyle": {"color": QUIET}}},
        "yAxis": {"type": "value", "axisLabel": words | {":formatter": "value => '$' + value.toLocaleString('en-US')"},
                  "splitLine": {"lineStyle": {"color": QUIET, "opacity": 0.25}}},
        "series": [{"name": name, "type": "bar", "data": amounts, "barMaxWidth": 44} | ({"stack": "all"} if stacked else {})
                   for name, amounts in series.items()],
    }


def draw_chart(kind: str, report: Report) -> None:
    """The chart of a report that has one."""
    options = income_chart(report) if kind == "income" else aging_chart(report)
    chart = ui.echart(options).classes("sb-chart").props("role=img")
    chart.props["aria-label"] = f"{report.title}, as a chart; the table below has the amounts"
