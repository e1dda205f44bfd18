// Day and week: EventCalendar underneath, with our blocks, lanes, closed hours and now-line.
import { EventCalendar } from "event-calendar";
import { addDays, blockClasses, blockHtml, clock, dayOf, dayWords, escape, heard, lanesOf, localText, minutesOf, weekday } from "sessionbook-calendar/blocks.js";
import { NowLine } from "sessionbook-calendar/now_line.js";

const TAP_STEP = 30; // a tap at 9:20 means half past nine's half hour: 9:00
const FLASH_MS = 1100;
const BATCH = 50; // blocks drawn at once: a crowded week comes in several short tasks instead of one long one
const time = (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

export class TimeGrid {
  constructor(element, settings, tell) {
    Object.assign(this, { element, settings, tell, shown: new Map(), chosen: null, flashing: new Set(), byId: new Map(), nowLine: new NowLine() });
    this.nowLine.set(settings.now);
    this.rows = [];
    this.limits = settings.slotTimes;
  }

  start(rows) {
    this.rows = rows;
    this.fitLimits();
    this.calendar = EventCalendar.create(this.element, this.options());
    this.sync();
    this.watch = new ResizeObserver(() => this.drawNow());
    this.watch.observe(this.element);
    this.ticking = setInterval(() => this.minutePassed(), 30000);
  }

  destroy() {
    clearInterval(this.ticking);
    clearTimeout(this.drawing);
    this.watch.disconnect();
    EventCalendar.destroy(this.calendar);
    this.element.replaceChildren();
  }

  hourHeight() {
    if (!window.matchMedia(this.settings.tabletQuery).matches) return 69;
    return this.settings.view === "week" ? 96 : 72;
  }

  options() {
    const { view, day } = this.settings;
    return {
      view: this.kind(view), date: day, events: [], height: "100%", headerToolbar: { start: "", center: "", end: "" },
      allDaySlot: false, firstDay: this.settings.weekStart, hiddenDays: this.hidden(), resources: this.columns(),
      slotDuration: "01:00", snapDuration: "00:15", slotHeight: this.hourHeight(), slotEventOverlap: false, locale: "en-US",
      slotLabelFormat: { hour: "numeric" }, slotMinTime: time(this.limits[0]), slotMaxTime: time(this.limits[1]),
      scrollTime: time(this.firstLook()), nowIndicator: false, highlightedDates: this.highlighted(), timeZone: "local",
      editable: true, eventDurationEditable: true, eventStartEditable: true, selectable: true,
      longPressDelay: 350, eventDragMinDistance: 5,
      dayHeaderFormat: (date) => ({ html: this.dayHead(localText(date).slice(0, 10)) }),
      resourceLabelContent: ({ resource }) => ({ html: this.providerHead(resource) }),
      dayCellContent: ({ date, resource }) => ({ html: this.closedHtml(localText(date).slice(0, 10), resource) }),
      eventContent: ({ event }) => ({ html: this.contentHtml(event) }),
      eventClick: ({ event }) => event.extendedProps.row && this.tell("choose_event", event.id),
      eventDrop: (info) => this.dropped(info),
      eventResize: (info) => this.dropped(info),
      dateClick: (info) => this.tapped(info),
      select: (info) => this.selected(info),
      eventAllUpdated: () => this.settle(),
      datesSet: () => requestAnimationFrame(() => this.settle()),
    };
  }

  kind(view) { return view === "week" ? "timeGridWeek" : this.settings.resources.length ? "resourceTimeGridDay" : "timeGridDay"; }
  columns() { return this.settings.resources.map((one) => ({ id: one.id, title: one.name, extendedProps: one })); }
  highlighted() { const today = this.nowLine.today(); return today ? [today] : []; }

  // ---- which days and hours are shown ----
  weekRange() {
    const { day, weekStart } = this.settings, start = addDays(day, -((weekday(day) - weekStart + 7) % 7));
    return [start, addDays(start, 7)];
  }
  hidden() {
    if (this.settings.view !== "week") return [];
    const [from, to] = this.weekRange();
    const used = new Set(this.rows.filter((row) => row.start >= from && row.start < to).map((row) => weekday(dayOf(row.start))));
    const closed = this.settings.hours.map((span, number) => (span ? null : number)).filter((number) => number !== null && !used.has(number));
    return closed.length === 7 ? [] : closed;
  }
  fitLimits() {
    let [from, to] = this.settings.slotTimes;
    for (const row of this.rows) {
      from = Math.min(from, Math.floor(minutesOf(row.start) / 60) * 60);
      to = Math.max(to, dayOf(row.end) > dayOf(row.start) ? 1440 : Math.ceil(minutesOf(row.end) / 60) * 60);
    }
    this.limits = [from, to];
  }
  // The working day scrolls into view: a quarter of an hour above whatever comes first.
  firstLook() {
    const opens = this.settings.hours.filter(Boolean).map((span) => span[0]);
    const first = Math.min(...this.rows.filter((row) => !row.canceled).map((row) => minutesOf(row.start)), ...(opens.length ? opens : [540]));
    return Math.max(first + 15, this.limits[0]);
  }

  // ---- rows ----
  setRows(rows) {
    const before = this.shape();
    this.rows = rows;
    this.fitLimits();
    if (before !== this.shape()) this.reshape();
    this.sync();
  }

  shape() { return JSON.stringify([this.limits, this.hidden()]); }
  // With other hours or days the calendar reads its events anew, so all of them are given again.
  reshape() {
    this.calendar.setOption("slotMinTime", time(this.limits[0])).setOption("slotMaxTime", time(this.limits[1])).setOption("hiddenDays", this.hidden());
    this.shown = new Map();
    this.rest = [];
  }

  // Only what changed is given to the calendar, so that a drag or a focus elsewhere is not disturbed.
  sync() {
    this.drawRest();
    const lanes = lanesOf(this.rows, (row) => dayOf(row.start) + (this.settings.view === "day" ? row.resource : ""));
    const wanted = new Map(this.rows.map((row) => [String(row.id), this.eventOf(row, lanes.get(row.id))]));
    const texts = new Map([...wanted].map(([id, event]) => [id, JSON.stringify(event)]));
    const fresh = [...wanted.keys()].filter((id) => !this.shown.has(id));
    if (!this.shown.size || fresh.length > BATCH) this.drawAll([...wanted.values()]);
    else {
      for (const [id, event] of wanted) {
        if (!this.shown.has(id)) this.calendar.addEvent(event);
        else if (this.shown.get(id) !== texts.get(id)) this.calendar.updateEvent(event);
      }
      for (const id of this.shown.keys()) if (!wanted.has(id)) this.calendar.removeEventById(id);
    }
    this.shown = texts;
    this.byId = new Map(this.rows.map((row) => [String(row.id), row]));
    this.heads();
  }
  drawAll(events) {
    this.rest = events.slice(BATCH);
    this.calendar.setOption("events", events.slice(0, BATCH));
    const next = () => {
      this.rest.splice(0, BATCH).forEach((event) => this.calendar.addEvent(event));
      if (this.rest.length) this.drawing = setTimeout(next, 8);
    };
    if (this.rest.length) this.drawing = setTimeout(next, 8);
  }
  drawRest() {
    clearTimeout(this.drawing);
    this.rest?.splice(0).forEach((event) => this.calendar.addEvent(event));
  }

  eventOf(row, lane) {
    return {
      id: String(row.id), start: row.start, end: row.end, resourceIds: row.resource ? [row.resource] : [], editable: row.editable,
      startEditable: row.editable, durationEditable: row.editable, backgroundColor: "var(--block-fill)",
      classNames: blockClasses(row, lane), styles: lane ? [`--from:${lane.from}`, `--wide:${lane.wide}`] : [], extendedProps: { row },
    };
  }

  // A block dropped somewhere stands there until the page answers; if it is refused the old row is put again.
  forget(id) { if (this.shown.has(String(id))) this.shown.set(String(id), ""); }

  contentHtml(event) {
    const { row } = event.extendedProps, at = (date) => date.getHours() * 60 + date.getMinutes();
    if (!row) return `<div class="sb-block"><div class="sb-block-time">${clock(at(event.start))} – ${clock(at(event.end))}</div></div>`;
    return blockHtml(row, at(event.start), at(event.end), this.settings.icons, this.settings.marks);
  }

  // ---- heads ----
  countOf(match) { return this.rows.filter((row) => row.kind === "appointment" && match(row)).length; }
  dayHead(day) {
    const count = this.countOf((row) => dayOf(row.start) === day), today = day === this.nowLine.today();
    const short = dayWords(day, { weekday: "short" }), rest = dayWords(day, { weekday: "long" }).slice(short.length);
    return `<button type="button" class="sb-day-head ${today ? "is-today" : ""}" data-day="${day}"><span>${short}${heard(`${rest},`)}</span>`
      + `<b>${heard(`${dayWords(day, { month: "long" })} `)}${Number(day.slice(8))}${heard(",")}</b>`
      + `<i>${count || heard("no")}${heard(count === 1 ? " appointment" : " appointments")}</i></button>`;
  }
  providerHead(resource) {
    const count = this.countOf((row) => row.resource === resource.id), initials = resource.extendedProps.initials;
    return `<span class="sb-day-head">${initials ? `<span class="sb-avatar is-small" aria-hidden="true">${escape(initials)}</span>` : ""}`
      + `<span class="sb-provider">${escape(resource.title)}</span><i>${count || ""}</i></span>`;
  }
  heads() {
    this.calendar.setOption("dayHeaderFormat", (date) => ({ html: this.dayHead(localText(date).slice(0, 10)) }));
    this.calendar.setOption("resourceLabelContent", ({ resource }) => ({ html: this.providerHead(resource) }));
  }

  closedHtml(day) {
    const open = this.settings.hours[weekday(day)], [from, to] = this.limits, hour = this.hourHeight();
    const piece = (start, end) => end > start
      ? `<div class="sb-closed" style="top:${((start - from) / 60) * hour}px;height:${((end - start) / 60) * hour}px"></div>` : "";
    return open ? piece(from, Math.min(open[0], to)) + piece(Math.max(open[1], from), to) : piece(from, to);
  }

  // ---- what the person does ----
  dropped({ event }) {
    const { row } = event.extendedProps;
    this.forget(event.id);
    this.tell("moved", { id: row.id, start: localText(event.start), end: localText(event.end), resource: event.resourceIds[0] ?? row.resource });
  }
  tapped({ date, resource }) {
    const start = localText(date), minutes = minutesOf(start);
    this.tell("slot", { start: `${dayOf(start)}T${time(minutes - (minutes % TAP_STEP))}`, end: null, resource: resource?.id ?? null });
  }
  selected({ start, end, resource }) {
    this.calendar.unselect();
    this.tell("slot", { start: localText(start), end: localText(end), resource: resource?.id ?? null });
  }

  // ---- after each drawing ----
  settle() {
    for (const block of this.element.querySelectorAll(".ec-event")) {
      const id = block.querySelector(".sb-block")?.dataset.id, row = this.byId.get(id);
      if (!row) continue;
      block.classList.toggle("is-chosen", this.chosen === id);
      block.classList.toggle("sb-changed", this.flashing.has(id));
    }
    // A grid of days holds no table in the sense of screen readers: blocks are buttons in reading order.
    this.element.querySelectorAll("[role=row],[role=rowgroup],[role=cell],[role=columnheader],[role=table]").forEach((one) => one.removeAttribute("role"));
    this.element.querySelectorAll("[aria-colindex]").forEach((one) => one.removeAttribute("aria-colindex"));
    this.element.querySelectorAll(".ec-header time[aria-label], .ec-header span[aria-label]").forEach((one) => one.removeAttribute("aria-label"));
    this.drawNow();
  }
  choose(id) { this.chosen = id === null ? null : String(id); this.settle(); }
  flash(id) {
    this.flashing.add(String(id));
    this.settle();
    setTimeout(() => { this.flashing.delete(String(id)); this.settle(); }, FLASH_MS);
  }
  drawNow() {
    const body = this.element.querySelector(".ec-body");
    if (body) this.nowLine.draw(body, this.limits[0], this.limits[1], this.hourHeight());
  }
  minutePassed() {
    if (String(this.highlighted()) !== String(this.calendar.getOption("highlightedDates").map((one) => (one instanceof Date ? localText(one).slice(0, 10) : one)))) {
      this.calendar.setOption("highlightedDates", this.highlighted());
      this.heads();
    }
    this.drawNow();
  }
  setNow(now) { this.nowLine.set(now); this.calendar.setOption("highlightedDates", this.highlighted()); this.heads(); requestAnimationFrame(() => this.drawNow()); }

  goTo(rows) {
    const { view, day } = this.settings, main = this.element.querySelector(".ec-main"), scroll = main?.scrollTop;
    const sameView = this.calendar.getOption("view") === this.kind(view);
    if (rows) { this.rows = rows; this.fitLimits(); }
    this.calendar.setOption("slotHeight", this.hourHeight());
    this.reshape();
    if (!sameView) this.calendar.setOption("scrollTime", time(this.firstLook())).setOption("view", this.kind(view));
    this.calendar.setOption("date", day);
    this.sync();
    if (sameView) requestAnimationFrame(() => { const now = this.element.querySelector(".ec-main"); if (now) now.scrollTop = scroll; });
  }
}
