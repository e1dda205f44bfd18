"""A long table: thousands of rows with ticks, groups and reasons, changed row by row while somebody is working in it.

Columns are given as `Column`s, rows as dicts with an `id`, a value for each column, and these of the table's own:
`_name` (who or what the row is, for those who hear it), `_can` (False: never ticked), `_untickable` (with it: no box
either), `_mark` (a drawing in place of the box), `_tone` ("bad", "warn", "muted", "struck"), `_rest` (markup in place of
the columns from `_rest_from` on, such as `cells.why`), `_more` (markup under the row, such as `cells.reasons`), `_edit`
(False: no pencil); a row with `_group` is a heading (`_note`, `_tone`, `_icon`). Whatever has `data-act` in a cell's
markup (`cells.button`) is told to `on_act`.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from nicegui.element import Element
from nicegui.events import GenericEventArguments, handle_event

from ui.components.icons import svg

Row = dict[str, Any]
TAGS = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column; what folds on a tablet is hidden there, and may stand as another's second line (`sub`)."""

    name: str
    label: str
    align: Literal["left", "right", "center"] = "left"
    width: str | None = None
    tablet_width: str | None = None
    look: str = ""  # classes of the cells: "sb-name", "sb-2", "sb-num"
    html: bool = False  # the value is markup of our own parts, with every name escaped
    folds: bool = False
    sub: str | None = None  # the row's key whose text stands below on a tablet
    sub_always: bool = False  # … and on the desk
    sub_html: bool = False
    tablet_label: str = ""
    hide_label: bool = False
    sort_by: str | None = None  # the row's key to sort by when the head is tapped


class LongTable(Element, component="long_table.js"):
    """`ticked` is the set of ticked ids; it is cut to what is shown, and a row that arrives later is never in it."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[Row] = (), *, label: str, ticks: bool = False,
                 edits: str = "", row_height: int = 40, tick_all_words: str = "Select all",
                 on_tick: Callable[[], Any] | None = None, on_row: Callable[[Any], Any] | None = None,
                 on_edit: Callable[[Any], Any] | None = None,
                 on_act: Callable[[str, Any, str | None], Any] | None = None) -> None:
        super().__init__()
        self.rows: list[Row] = list(rows)
        self.ticked: set[Any] = set()
        self.on_tick, self.on_row, self.on_edit, self.on_act = on_tick, on_row, on_edit, on_act
        self.classes("sb-long-table")
        self._props.update({
            "rows": self.rows, "columns": [asdict(column) for column in columns], "ticked_ids": [], "words": label,
            "ticks": ticks, "taps": on_row is not None, "edits": edits or ("Edit" if on_edit else ""),
            "edit_icon": svg("pencil", 18), "tick_all_words": tick_all_words, "chosen": None, "item_size": row_height,
        })
        self.on("tick", self._ticked)
        self.on("tick_all", lambda event: self._tick_all(bool(event.args)))
        self.on("tap", lambda event: self._tell(self.on_row, event.args))
        self.on("act", self._acted)

    # ---- what the page does ----

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows instead; scroll and the ticks of rows still shown stay."""
        self.rows = list(rows)
        self.ticked &= {row["id"] for row in self.rows if tickable(row)}
        self._keep()
        self.update()

    def put(self, row: Row, *, at: int | None = None, changed: bool = False) -> None:
        """Add a row, or show it anew in its place; `changed` lights it up for a second."""
        place = self._place(row["id"])
        if place is not None:
            del self.rows[place]
        where = at if at is not None else place if place is not None else len(self.rows)
        self.rows.insert(where, row)
        if not tickable(row):
            self.ticked.discard(row["id"])
        self._keep()
        self.run_method("put", row, where, changed)

    def remove(self, *ids: Any) -> None:
        """Take rows away."""
        self.rows = [row for row in self.rows if row["id"] not in ids]
        self.ticked -= set(ids)
        self._keep()
        self.run_method("remove", list(ids))

    def tick(self, ids: Iterable[Any], on: bool = True) -> None:
        """Tick or untick from the page (a Select All button); tells nobody."""
        can = {row["id"] for row in self.rows if tickable(row)} & set(ids)
        self.ticked = self.ticked | can if on else self.ticked - can
        self._keep()
        self.run_method("set_ticked", list(self.ticked))

    def choose(self, row_id: Any) -> None:
        """Mark the row whose details are open; None marks none."""
        with self._props.suspend_updates():
            self._props["chosen"] = row_id
        self.run_method("choose", row_id)

    def show_row(self, row_id: Any, *, edge: Literal["center", "start"] = "center") -> None:
        """Scroll to a row; `start` puts it at the top."""
        self.run_method("show_row", row_id, edge)

    def row(self, row_id: Any) -> Row | None:
        """The row as it is shown."""
        place = self._place(row_id)
        return None if place is None else self.rows[place]

    # ---- what the person does ----

    def _ticked(self, event: GenericEventArguments) -> None:
        can = {row["id"] for row in self.rows if tickable(row)} & set(event.args["ids"])
        self.ticked = self.ticked | can if event.args["on"] else self.ticked - can
        self._keep()
        self._tell(self.on_tick)

    def _tick_all(self, on: bool) -> None:
        self.ticked = {row["id"] for row in self.rows if tickable(row)} if on else set()
        self._keep()
        self._tell(self.on_tick)

    def _acted(self, event: GenericEventArguments) -> None:
        act, row_id = event.args["act"], event.args["id"]
        if act == "edit" and self.on_edit is not None:
            self._tell(self.on_edit, row_id)
        else:
            self._tell(self.on_act, act, row_id, event.args.get("arg"))

    def _tell(self, whom: Callable[..., Any] | None, *what: Any) -> None:
        if whom is not None:
            handle_event(lambda _: whom(*what), GenericEventArguments(sender=self, client=self.client, args=what))

    # ---- what is kept for a page that connects again, without sending it now ----

    def _keep(self) -> None:
        with self._props.suspend_updates():
            self._props["rows"] = self.rows
            self._props["ticked_ids"] = list(self.ticked)

    def _place(self, row_id: Any) -> int | None:
        return next((place for place, row in enumerate(self.rows) if row["id"] == row_id), None)

    def _displayed_contents(self, **_kwargs: Any) -> list[str]:
        """What in-process tests see: the words of every row."""
        return [TAGS.sub(" ", str(value)) for row in self.rows for value in row.values() if isinstance(value, str)]


def tickable(row: Row) -> bool:
    """Whether a row may be ticked."""
    return not row.get("_group") and row.get("_can", True)
