// Quasar's own arrows and crosses, in the drawings' outlined family, so that no icon font is shown.
(() => {
  const line = (path) => `${path}@@fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round|0 0 24 24`;
  const down = line("M6 9l6 6l6-6"), up = line("M18 15l-6-6l-6 6"), left = line("M15 18l-6-6l6-6"), right = line("M9 18l6-6l-6-6");
  const cross = line("M18 6L6 18M6 6l12 12"), check = line("M20 6L9 17l-5-5"), warning = line("M12 8v5M12 16.500v.1");
  Quasar.IconSet.set({
    name: "sessionbook",
    type: { positive: check, negative: warning, info: warning, warning },
    arrow: { up, right, down, left, dropdown: down },
    chevron: { left, right },
    carousel: { left, right, up, down, navigationIcon: right },
    chip: { remove: cross, selected: check },
    datetime: { arrowLeft: left, arrowRight: right, now: check, today: check },
    expansionItem: { icon: down, denseIcon: down },
    field: { clear: cross, error: warning },
    pagination: { first: left, prev: left, next: right, last: right },
    table: { arrowUp: up, warning, firstPage: left, prevPage: left, nextPage: right, lastPage: right },
    tabs: { left, right, up, down },
    tree: { icon: right },
    uploader: { done: check, clear: cross, add: line("M5 12h14M12 5v14"), upload: up, removeQueue: cross, removeUploaded: cross },
    stepper: { done: check, active: check, error: warning },
    fab: { icon: up, activeIcon: cross },
    rating: { icon: check },
    editor: {},
    colorPicker: {},
  });
})();
