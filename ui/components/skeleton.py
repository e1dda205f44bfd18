"""Skeletons: gray bars where rows will stand, seen only when reading takes longer than a blink."""

from collections.abc import Sequence

from nicegui import ui


def skeleton_rows(rows: int = 8, widths: Sequence[int] = (140, 180, 60, 90, 70)) -> ui.element:
    """Bars in the layout of a table's rows; delete it when the rows are there."""
    bars = "".join(f'<span class="sb-bar" style="width:{width}px"></span>' for width in widths)
    line = f'<div class="sb-skeleton-row">{bars}</div>'
    skeleton = ui.html(line * rows, sanitize=False).classes("sb-skeleton")
    skeleton.props("role=status aria-busy=true")
    skeleton.props["aria-label"] = "Loading"
    return skeleton
