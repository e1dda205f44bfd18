"""The invisible box that takes one file at a time: it opens from a button, or a file is dropped on it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import events, ui

from ui.components.buttons import Button

OnFile = Callable[[events.UploadEventArguments], Awaitable[None]]


class FileUpload(ui.upload):
    """`FileUpload(self.take, largest_bytes=…, on_refused=self.too_large).opens_from(button)`.

    `on_refused` hears of a file that the browser does not even send: too large, or of another kind than `accept`.
    """

    def __init__(self, on_file: OnFile, *, largest_bytes: int, on_refused: Callable[[], object] = lambda: None,
                 accept: str = "", label: str = "") -> None:
        super().__init__(on_upload=self._taken, on_rejected=lambda _: on_refused(), auto_upload=True,
                         max_file_size=largest_bytes, label=label)
        self.on_file = on_file
        if accept:
            self.props(f'accept="{accept}"')

    def opens_from(self, button: Button) -> None:
        """Open the computer's file box in the browser itself: after a trip to the server some would not allow it any more."""
        button.on("click", js_handler=f"() => getElement({self.id}).$refs.qRef.pickFiles()")

    async def _taken(self, event: events.UploadEventArguments) -> None:
        self.reset()  # else Quasar keeps the file in its list, and refuses the same one as a double
        await self.on_file(event)
