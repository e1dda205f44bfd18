// The calendar surface in the browser: the month, or the grid of hours for day and week; the server says which rows stand in it.
import { addDays, dayOf } from "sessionbook-calendar/blocks.js";
import { MonthGrid } from "sessionbook-calendar/month.js";
import { NowLine } from "sessionbook-calendar/now_line.js";
import { TimeGrid } from "sessionbook-calendar/time_grid.js";

const FLASH_MS = 1100;

export default {
  components: { MonthGrid },
  template: `
    <div role="region" :aria-label="words" :class="'is-' + shownView" @click="headTapped" @keydown.space="spaced">
      <month-grid v-if="shownView === 'month'" :day="shownDay" :rows="shownRows" :week-start="weekStart" :hours="openHours" :today="todayIs"
        :icons="icons" :chosen="ringed" :flashing="flashing" :tablet-query="tabletQuery"
        @slot="(told) => $emit('slot', told)" @choose_event="(id) => $emit('choose_event', id)" @moved="movedInMonth"
        @more="(day) => $emit('more', day)" @day="(day) => $emit('day', day)" />
      <div v-else ref="hours" class="sb-hours"></div>
    </div>`,
  props: {
    view: String, day: String, now: String, rows: Array, chosen: null, resources: Array, hours: Array, words: String, weekStart: Number,
    slotTimes: Array, marks: Object, icons: Object, tabletQuery: String,
  },
  emits: ["slot", "choose_event", "moved", "more", "day"],
  data() {
    return { shownView: this.view, shownDay: this.day, shownRows: [], openHours: this.hours, ringed: null, flashing: new Set(), todayIs: null };
  },
  created() {
    this.clock = new NowLine();
    this.clock.set(this.now);
    this.todayIs = this.clock.today();
    this.shownRows = this.rows.map(Object.freeze);
    this.ringed = this.chosen === null ? null : String(this.chosen);
    this.columns = this.resources;
    this.screen = window.matchMedia(this.tabletQuery);
    this.refit = () => { if (this.grid) { this.close(); this.open(); } };
    this.screen.addEventListener("change", this.refit);
  },
  mounted() { this.open(); },
  unmounted() { this.screen.removeEventListener("change", this.refit); this.close(); },
  methods: {
    // ---- the grid of hours lives only while it is shown ----
    open() {
      if (this.shownView === "month") return;
      const { weekStart, slotTimes, marks, icons, tabletQuery } = this;
      const told = this.clock.now()?.toISOString().slice(0, 16) ?? null;
      this.grid = new TimeGrid(this.$refs.hours, {
        view: this.shownView, day: this.shownDay, now: told, resources: this.columns, hours: this.openHours, weekStart, slotTimes, marks, icons, tabletQuery,
      }, (name, what) => this.$emit(name, what));
      this.grid.start(this.shownRows);
      this.grid.choose(this.ringed);
    },
    close() {
      this.grid?.destroy();
      this.grid = null;
    },

    // ---- what the server says ----
    go_to(view, day, rows) {
      const wasMonth = this.shownView === "month", isMonth = view === "month";
      if (rows) this.shownRows = rows.map(Object.freeze);
      this.todayIs = this.clock.today();
      if (!wasMonth && isMonth) this.close();
      this.shownView = view;
      this.shownDay = day;
      if (this.grid) {
        Object.assign(this.grid.settings, { view, day });
        this.grid.goTo(rows ? this.shownRows : null);
      } else if (!isMonth) this.$nextTick(() => this.open());
    },
    set_rows(rows) {
      this.shownRows = rows.map(Object.freeze);
      this.grid?.setRows(this.shownRows);
    },
    put(row, changed) {
      Object.freeze(row);
      const at = this.shownRows.findIndex((one) => one.id === row.id), rows = [...this.shownRows];
      at < 0 ? rows.push(row) : rows.splice(at, 1, row);
      this.shownRows = rows;
      this.grid?.forget(row.id);
      this.grid?.setRows(rows);
      if (changed) this.flash(String(row.id));
    },
    remove(id) {
      this.shownRows = this.shownRows.filter((row) => String(row.id) !== String(id));
      this.grid?.setRows(this.shownRows);
    },
    flash(id) {
      this.grid?.flash(id);
      this.flashing = new Set(this.flashing).add(id);
      setTimeout(() => { const left = new Set(this.flashing); left.delete(id); this.flashing = left; }, FLASH_MS);
    },
    choose(id) {
      this.ringed = id === null ? null : String(id);
      this.grid?.choose(this.ringed);
    },
    set_resources(resources) {
      this.columns = resources;
      if (this.grid) { this.close(); this.open(); }
    },
    set_hours(hours) {
      this.openHours = hours;
      if (this.grid) { this.close(); this.open(); }
    },
    set_now(now) {
      this.clock.set(now);
      this.todayIs = this.clock.today();
      this.grid?.setNow(now);
    },
    focus_event(id) {
      const inside = this.$el.querySelector(`[data-id="${CSS.escape(String(id))}"]`);
      (inside?.closest(".ec-event") ?? inside)?.focus({ preventScroll: false });
    },

    // ---- what the person does ----
    headTapped(event) {
      const head = event.target.closest(".sb-hours [data-day]");
      if (head) this.$emit("day", head.dataset.day);
    },
    spaced(event) {
      const block = event.target.closest(".ec-event");
      if (block === event.target) { event.preventDefault(); block.click(); }
    },
    // In the month a move changes the day only; it stands there until the server answers.
    movedInMonth({ row, days }) {
      const to = (text) => addDays(dayOf(text), days) + text.slice(10);
      const moved = { ...row, start: to(row.start), end: to(row.end) };
      this.put(moved, false);
      this.$emit("moved", { id: row.id, start: moved.start, end: moved.end, resource: row.resource });
    },
  },
};
