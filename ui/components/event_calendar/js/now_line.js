// The now-line: thick over today with a dot at its edge, thin over the days before, and the time in a pill over the hours.
import { clock } from "sessionbook-calendar/blocks.js";

const COVERS_PX = 13; // an hour label this near is hidden by the pill

export class NowLine {
  constructor() { this.at = null; }

  // The practice's clock is told once and then runs on with the browser's.
  set(now) { this.at = now ? Date.parse(now + "Z") - Date.now() : null; }

  now() { return this.at === null ? null : new Date(Date.now() + this.at); }
  today() { return this.now()?.toISOString().slice(0, 10) ?? null; }

  draw(body, firstMinute, lastMinute, hourHeight) {
    body.querySelectorAll(":scope > .sb-now").forEach((old) => old.remove());
    const labels = [...body.querySelectorAll(".ec-sidebar time")];
    labels.forEach((label) => label.classList.remove("sb-under-pill"));
    const now = this.now(), columns = [...body.querySelectorAll(".ec-grid > .ec-day")];
    const here = columns.filter((column) => column.classList.contains("ec-highlight"));
    if (!now || !here.length) return;
    const minutes = now.getUTCHours() * 60 + now.getUTCMinutes();
    if (minutes < firstMinute || minutes > lastMinute) return;
    const top = ((minutes - firstMinute) / 60) * hourHeight;
    this.cover(labels, body, top);
    const first = here[0], last = here[here.length - 1], start = columns[0].offsetLeft;
    const piece = (name, left, width) => `<span class="${name}" style="left:${left}px;width:${width}px"></span>`;
    // Over the days before it lies under the blocks: a line through a name would look like a canceled appointment.
    body.insertBefore(this.line("sb-now is-under", top, piece("sb-now-faint", start, first.offsetLeft - start)), body.querySelector(".ec-events"));
    body.append(this.line("sb-now", top, piece("sb-now-strong", first.offsetLeft, last.offsetLeft + last.offsetWidth - first.offsetLeft)
      + here.map((column) => `<span class="sb-now-dot" style="left:${column.offsetLeft}px"></span>`).join("")
      + `<span class="sb-now-pill">${clock(minutes)}</span>`));
  }

  line(name, top, html) {
    const line = document.createElement("div");
    line.className = name;
    line.setAttribute("aria-hidden", "true");
    line.style.top = `${top}px`;
    line.innerHTML = html;
    return line;
  }

  cover(labels, body, top) {
    const from = body.getBoundingClientRect().top;
    for (const label of labels) {
      const box = label.getBoundingClientRect();
      label.classList.toggle("sb-under-pill", Math.abs(box.top + box.height / 2 - from - top) < COVERS_PX);
    }
  }
}
