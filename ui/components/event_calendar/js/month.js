// The month: a plain grid of days with one-line entries, flat at any number of appointments.
import { addDays, clock, dayOf, dayWords, half, minutesOf, weekday } from "sessionbook-calendar/blocks.js";

const DESK_LINES = 4, TABLET_LINES = 3;
const DRAG_PX = 5, PRESS_MS = 350;

export const MonthGrid = {
  props: { day: String, rows: Array, weekStart: Number, hours: Array, today: String, icons: Object, chosen: null, flashing: Set, tabletQuery: String },
  emits: ["slot", "choose_event", "moved", "more", "day"],
  template: `
    <div class="sb-month" ref="grid" :style="{ '--columns': weekdays.length, '--weeks': weeks.length }">
      <div class="sb-month-heads" aria-hidden="true"><span v-for="name in weekdays" :key="name">{{ headWords(name) }}</span></div>
      <div class="sb-month-days" @pointerdown="pressed" @click.capture="afterDrag">
        <section v-for="cell in cells" :key="cell.day" class="sb-month-day" :class="{ 'is-other': cell.other, 'is-today': cell.day === today, 'is-target': cell.day === target }"
          :data-day="cell.day" :aria-label="cell.words" @click.self="$emit('slot', { start: cell.day })">
          <button type="button" class="sb-month-number" @click="$emit('day', cell.day)"><span class="sb-heard">{{ cell.before }} </span>{{ cell.label }}<span class="sb-heard">, {{ cell.count }}</span></button>
          <button v-for="row in cell.shown" :key="row.id" type="button" class="sb-entry" :class="entryClass(row)" :data-id="row.id"
            @click="$emit('choose_event', String(row.id))">
            <span class="sb-entry-time">{{ time(row) }}<span v-if="time(row)" class="sb-heard"> {{ half(row) }}, </span></span>
            <span class="sb-entry-name">{{ row.name }}<span class="sb-heard">{{ rest(row) }}</span></span>
            <span v-if="row.locked" v-html="icons.lock"></span>
          </button>
          <button v-if="cell.more" type="button" class="sb-month-more" :aria-label="cell.more + ' more on ' + cell.words" @click="$emit('more', cell.day)">{{ cell.more }} more</button>
        </section>
      </div>
    </div>`,
  data() { return { lines: DESK_LINES, target: null }; },
  created() {
    this.screen = window.matchMedia(this.tabletQuery);
    this.fit = () => { this.lines = this.screen.matches ? TABLET_LINES : DESK_LINES; };
    this.screen.addEventListener("change", this.fit);
    this.fit();
  },
  unmounted() { this.screen.removeEventListener("change", this.fit); this.letGo(); },
  computed: {
    first() { const day = this.day.slice(0, 8) + "01"; return addDays(day, -((weekday(day) - this.weekStart + 7) % 7)); },
    weeks() {
      const weeks = [], month = this.day.slice(0, 7);
      for (let start = this.first; !weeks.length || start.slice(0, 7) === month; start = addDays(start, 7)) weeks.push(start);
      return weeks;
    },
    byDay() {
      const days = new Map();
      for (const row of this.rows) {
        const day = dayOf(row.start);
        days.has(day) ? days.get(day).push(row) : days.set(day, [row]);
      }
      return days;
    },
    // A weekday on which nobody works is hidden, unless something stands there.
    weekdays() {
      const used = new Set([...this.byDay.keys()].map(weekday));
      const all = [0, 1, 2, 3, 4, 5, 6].map((step) => (this.weekStart + step) % 7);
      const open = all.filter((number) => this.hours[number] || used.has(number));
      return open.length ? open : all;
    },
    cells() {
      return this.weeks.flatMap((start) => [0, 1, 2, 3, 4, 5, 6].map((step) => addDays(start, step))
        .filter((day) => this.weekdays.includes(weekday(day))).map((day) => this.cell(day)));
    },
  },
  methods: {
    headWords(number) { return dayWords(addDays("2026-02-01", number), { weekday: "short" }); }, // a Sunday
    cell(day) {
      const all = this.byDay.get(day) ?? [], unseen = all.filter((row) => row.kind === "more").reduce((sum, row) => sum + row.more, 0);
      const rows = all.filter((row) => row.kind !== "more").sort((a, b) => a.start.localeCompare(b.start) || a.name.localeCompare(b.name));
      const count = rows.length + unseen, shown = rows.slice(0, this.lines);
      const counted = `${count} appointment${count === 1 ? "" : "s"}`, first = day.endsWith("-01");
      return {
        day, shown, more: count - shown.length, count: counted, other: day.slice(0, 7) !== this.day.slice(0, 7),
        label: first ? dayWords(day, { month: "short", day: "numeric" }) : Number(day.slice(8)),
        before: dayWords(day, { weekday: "long" }) + "," + (first ? "" : ` ${dayWords(day, { month: "long" })}`),
        words: `${dayWords(day, { weekday: "long", month: "long", day: "numeric" })}, ${counted}`,
      };
    },
    time(row) { return row.kind === "blocked" ? "" : clock(minutesOf(row.start)); },
    half(row) { return half(minutesOf(row.start)); },
    rest(row) { return [row.code, row.words, row.locked && "sent to billing"].filter(Boolean).map((word) => ", " + word).join(""); },
    entryClass(row) {
      return [row.color, row.kind === "blocked" && "is-blocked", row.canceled && "is-canceled",
        String(row.id) === this.chosen && "is-chosen", this.flashing.has(String(row.id)) && "sb-changed"];
    },

    // ---- dragging to another day, with the mouse at once, with a finger after a long press ----
    pressed(event) {
      const entry = event.target.closest(".sb-entry");
      const row = entry && this.rows.find((one) => String(one.id) === entry.dataset.id);
      if (!row?.editable || event.button || this.drag) return;
      this.drag = { row, entry, x: event.clientX, y: event.clientY, touch: event.pointerType !== "mouse", on: false };
      if (this.drag.touch) this.drag.timer = setTimeout(() => this.lift(), PRESS_MS);
      this.hear(true);
    },
    hear(on) {
      const act = on ? "addEventListener" : "removeEventListener";
      window[act]("pointermove", this.moves);
      window[act]("pointerup", this.drops);
      window[act]("pointercancel", this.letGo);
      window[act]("keydown", this.escapes);
      window[act]("touchmove", this.holdsPage, { passive: false });
    },
    holdsPage(event) { if (this.drag?.on) event.preventDefault(); },
    escapes(event) { if (event.key === "Escape") this.letGo(); },
    lift() {
      const { entry } = this.drag, box = entry.getBoundingClientRect();
      this.drag.on = true;
      this.drag.ghost = entry.cloneNode(true);
      Object.assign(this.drag.ghost.style, { width: `${box.width}px`, height: `${box.height}px`, left: `${box.left}px`, top: `${box.top}px` });
      this.drag.ghost.classList.add("sb-entry-ghost");
      this.$refs.grid.append(this.drag.ghost);
      entry.classList.add("is-lifted");
    },
    moves(event) {
      const drag = this.drag, far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y);
      if (!drag.on && drag.touch && far > DRAG_PX * 2) return this.letGo();
      if (!drag.on && !drag.touch && far >= DRAG_PX) this.lift();
      if (!drag.on) return;
      drag.ghost.style.transform = `translate(${event.clientX - drag.x}px, ${event.clientY - drag.y}px)`;
      this.target = document.elementFromPoint(event.clientX, event.clientY)?.closest(".sb-month-day")?.dataset.day ?? null;
    },
    drops() {
      const { drag, target } = this;
      const days = drag.on && target ? (Date.parse(target) - Date.parse(dayOf(drag.row.start))) / 86400000 : 0;
      this.dragged = drag.on;
      setTimeout(() => { this.dragged = false; }, 50);
      this.letGo();
      if (days) this.$emit("moved", { row: drag.row, days });
    },
    afterDrag(event) { if (this.dragged) { event.stopPropagation(); event.preventDefault(); } },
    letGo() {
      if (!this.drag) return;
      clearTimeout(this.drag.timer);
      this.drag.ghost?.remove();
      this.drag.entry.classList.remove("is-lifted");
      this.drag = this.target = null;
      this.hear(false);
    },
  },
};
