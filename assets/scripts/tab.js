// One browser tab: its connection, and what is typed in it that nobody has kept yet. Told to the server by two events:
// `sb_leave` asks whether another page may be shown, `sb_typed` brings what a reload after a lost connection would lose.
(() => {
  const FORMS = ".sb-dialog, .sb-panel, .sb-form-page";
  const AFTER_MS = 5000; // a page that reloads itself does so at once when it is connected again
  const typed = new Set(); // inputs in which somebody typed since the last save
  let backSince = 0;

  // Told by the server after each keystroke that makes a form differ from what is kept, or alike again.
  window.sbUnsaved = (is) => { window.sbUnsaved.is = is; if (!is) typed.clear(); };

  document.addEventListener("input", (event) => {
    if (event.target.type !== "password" && event.target.closest(FORMS)) typed.add(event.target);
  }, true);

  // Registered before NiceGUI's own listeners, which would show the other page without asking.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="/"]');
    if (!link || link.target === "_blank" || link.hasAttribute("download")) return;
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    emitEvent("sb_leave", link.getAttribute("href").slice((window.path_prefix || "").length));
  });
  addEventListener("popstate", (event) => {
    event.stopImmediatePropagation();
    const here = location.pathname + location.search + location.hash;
    emitEvent("sb_leave", event.state?.page || here.slice((window.path_prefix || "").length));
  });

  const words = (field) => field.getAttribute("aria-label") || field.placeholder || "";
  const place = (field) => field.closest(".sb-dialog, .sb-panel")?.querySelector(".sb-title, .sb-panel-title")?.textContent
    || document.querySelector("h1, [aria-level='1']")?.textContent || "";
  const left = () => [...typed].filter((field) => field.isConnected && field.value.trim());

  addEventListener("beforeunload", (event) => {
    const offline = document.body.classList.contains("sb-offline");
    if (Date.now() - backSince < AFTER_MS) { // the page's own reload: the server no longer knows this tab
      const lines = left().map((field) => [place(field), words(field), field.value]);
      if (lines.length) sessionStorage.setItem("sb-typed", JSON.stringify({ who: window.sbWho, lines }));
    } else if (window.sbUnsaved.is || (offline && left().length)) event.preventDefault();
  });

  addEventListener("load", () => {
    const watch = () => {
      if (!window.socket) return setTimeout(watch, 50);
      window.socket.io.on("open", () => { if (document.body.classList.contains("sb-offline")) backSince = Date.now(); });
      window.socket.on("connect", () => document.body.classList.remove("sb-offline"));
      window.socket.on("disconnect", () => document.body.classList.add("sb-offline"));
      const kept = sessionStorage.getItem("sb-typed");
      sessionStorage.removeItem("sb-typed");
      if (kept) emitEvent("sb_typed", JSON.parse(kept));
    };
    watch();
  });
})();
