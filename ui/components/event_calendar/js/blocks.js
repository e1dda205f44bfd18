// How one appointment is written: a block in day and week, a line in the month; and how blocks share a column's width.

const STRIP = 38; // px: what a canceled appointment keeps beside another
const SHORT_MINUTES = 45; // under this a block is one line

export const escape = (text) =>
  String(text ?? "").replace(/[&<>"']/g, (letter) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[letter]);

export const minutesOf = (text) => Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16));
export const dayOf = (text) => text.slice(0, 10);
const pad = (number) => String(number).padStart(2, "0");

// A Date of the calendar holds the practice's wall time in its local fields, whatever the browser's zone.
export const localText = (date) =>
  `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}T${pad(date.getHours())}:${pad(date.getMinutes())}`;
export const clock = (minutes) => `${Math.floor(minutes / 60) % 12 || 12}:${pad(minutes % 60)}`;

// Days are counted in UTC, so that no clock change of the browser's zone can lose one.
export const addDays = (day, count) => new Date(Date.parse(day + "T00:00Z") + count * 86400000).toISOString().slice(0, 10);
export const weekday = (day) => new Date(day + "T00:00Z").getUTCDay();
export const dayWords = (day, options) => new Intl.DateTimeFormat("en-US", { ...options, timeZone: "UTC" }).format(new Date(day + "T00:00Z"));
export const span = (row) => (Date.parse(row.end + "Z") - Date.parse(row.start + "Z")) / 60000;

// Words for those who hear the page, between the ones that are seen; together they make the sentence of `spoken` in rows.py.
export const heard = (words) => `<span class="sb-heard">${escape(words)}</span>`;
export const half = (minutes) => (minutes % 1440 < 720 ? "AM" : "PM");

export function blockHtml(row, start, end, icons, marks) {
  const firstHalf = half(start) === half(end) ? "" : heard(` ${half(start)}`);
  const follows = (...parts) => (parts.some(Boolean) ? heard(", ") : "");
  const code = row.code && `<span class="sb-block-code">${escape(row.code)}${follows(row.words, row.locked)}</span>`;
  const mark = row.words && `<span class="sb-block-status">${marks[row.status] ?? ""}<span>${escape(row.words)}${follows(row.locked)}</span></span>`;
  return `<div class="sb-block" data-id="${escape(row.id)}">
    <div class="sb-block-top"><span class="sb-block-name">${escape(row.name)}${heard(",")}</span>${row.locked ? icons.lock : ""}</div>
    <div class="sb-block-time"><span>${clock(start)}${firstHalf}</span><span> – ${clock(end)}${heard(` ${half(end)}`)}${follows(code, mark, row.locked)}</span></div>
    <div class="sb-block-foot">${code}${mark}</div>${row.locked ? heard("sent to billing") : ""}
    ${row.canceled ? `<span class="sb-block-x">${icons.x}</span>` : ""}</div>`;
}

export function blockClasses(row, lane) {
  return [
    row.color,
    row.kind === "blocked" && "is-blocked",
    row.canceled && "is-canceled",
    lane?.strip && "is-strip",
    span(row) < SHORT_MINUTES && "is-short",
  ].filter(Boolean);
}

// Appointments that overlap share the width in equal lanes; canceled ones shrink to strips at the left of the others.
export function lanesOf(rows, columnOf) {
  const lanes = new Map(), columns = new Map();
  for (const row of rows) {
    const column = columnOf(row);
    columns.has(column) ? columns.get(column).push(row) : columns.set(column, [row]);
  }
  for (const column of columns.values()) {
    column.sort((a, b) => a.start.localeCompare(b.start) || b.end.localeCompare(a.end) || String(a.id).localeCompare(String(b.id)));
    let cluster = [], until = "";
    for (const row of column) {
      if (cluster.length && row.start >= until) { share(cluster, lanes); cluster = []; until = ""; }
      cluster.push(row);
      if (row.end > until) until = row.end;
    }
    share(cluster, lanes);
  }
  return lanes;
}

function share(cluster, lanes) {
  if (cluster.length < 2) return;
  const live = cluster.filter((row) => !row.canceled), canceled = cluster.filter((row) => row.canceled);
  const strips = live.length ? place(canceled) : null, wide = place(live.length ? live : canceled);
  const left = strips ? (strips.count ? strips.count * STRIP + 2 : 0) : 0;
  for (const [row, at] of strips?.at ?? []) lanes.set(row.id, { strip: true, from: `${at * STRIP}px`, wide: `${STRIP - 2}px` });
  for (const [row, at] of wide.at) {
    const each = `(100% - ${left}px - var(--ec-event-col-gap)) / ${wide.count}`;
    lanes.set(row.id, { from: `calc(${left}px + ${each} * ${at})`, wide: `calc(${each} - ${at + 1 < wide.count ? 2 : 0}px)` });
  }
}

function place(rows) {
  const ends = [], at = new Map();
  for (const row of rows) {
    let lane = ends.findIndex((end) => end <= row.start);
    if (lane < 0) lane = ends.push("") - 1;
    ends[lane] = row.end;
    at.set(row, lane);
  }
  return { at, count: ends.length };
}
