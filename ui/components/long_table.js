// A long table in the browser: ticks, ranges, groups, reasons under a row, and rows that change one by one.
// The server owns the rows and the ticks; this part shows them at once and tells what was tapped.
const FLASH_MS = 1100;
const NARROW = "(pointer: coarse), (max-width: 900px)";

export default {
  template: `
    <q-table ref="table" flat dense virtual-scroll hide-pagination hide-bottom binary-state-sort
      :class="{ 'sb-has-ticks': ticks, 'sb-has-edits': edits }"
      :rows="shown" :columns="quasarColumns" row-key="id" :pagination="{ rowsPerPage: 0 }" :loading="false"
      :virtual-scroll-item-size="itemSize" :virtual-scroll-sticky-size-start="37" :virtual-scroll-slice-size="40"
      :table-aria-label="words" no-data-label="" @click="tapped" @keydown="keyed">
      <template #header>
        <tr>
          <th v-if="ticks" class="sb-tick-cell text-left" scope="col">
            <q-checkbox dense :model-value="allState" :disable="!tickable.length" :aria-label="tickAllWords"
              @update:model-value="tickAll" />
          </th>
          <th v-for="col in columns" :key="col.name" :class="headClass(col)" :style="widths(col)" scope="col" :aria-sort="ariaSort(col)">
            <component :is="col.sort_by ? 'button' : 'span'" :class="{ 'sb-sort': col.sort_by }" @click="col.sort_by && sort(col)">
              <template v-if="col.tablet_label"><span class="sb-desk-only">{{ col.label }}</span><span class="sb-tablet-only">{{ col.tablet_label }}</span></template>
              <span v-else :class="{ 'sb-visually-hidden': col.hide_label }">{{ col.label }}</span>
              <span v-if="sorted.by === col.sort_by && col.sort_by" aria-hidden="true"> {{ sorted.down ? '↓' : '↑' }}</span>
            </component>
          </th>
          <th v-if="edits" class="sb-edit-cell" scope="col"><span class="sb-visually-hidden">{{ edits }}</span></th>
        </tr>
      </template>
      <template #body="{ row }">
        <tr v-if="row._group" :key="row.id" :class="['sb-group', tone(row)]"><td :colspan="span">
          <span v-if="row._icon" v-html="row._icon"></span>{{ row._group }}<span v-if="row._note" class="sb-group-note">{{ row._note }}</span>
        </td></tr>
        <tr v-else :key="row.id" :data-row="row.id" :class="rowClass(row)" :tabindex="taps ? 0 : undefined"
          :aria-selected="ticks ? ticked.has(row.id) : undefined">
          <td v-if="ticks" class="sb-tick-cell" @mousedown="quietShift" @click.self="tick(row, !ticked.has(row.id), $event)">
            <span v-if="row._mark" class="sb-row-mark" v-html="row._mark"></span>
            <q-checkbox v-else-if="!row._untickable" dense :model-value="ticked.has(row.id)" :disable="row._can === false" :aria-label="rowWords(row)"
              @update:model-value="(on, event) => tick(row, on, event)" />
          </td>
          <td v-for="col in ownColumns(row)" :key="col.name" :class="cellClass(col)">
            <div v-if="col.html" class="sb-line" v-html="row[col.name]"></div>
            <div v-else class="sb-line">{{ row[col.name] }}</div>
            <div v-if="col.sub && row[col.sub]" class="sb-sub" :class="{ 'is-always': col.sub_always }"><span v-if="col.sub_html" v-html="row[col.sub]"></span><template v-else>{{ row[col.sub] }}</template></div>
          </td>
          <td v-if="row._rest" :colspan="inSight(columns.slice(restAt(row))).length"><div class="sb-rest" v-html="row._rest"></div></td>
          <td v-if="edits" class="sb-edit-cell">
            <button v-if="row._edit !== false" type="button" class="sb-edit-button" data-act="edit" :aria-label="edits + ' ' + (row._name || '')" v-html="editIcon"></button>
          </td>
        </tr>
        <tr v-if="row._more && !row._group" :key="row.id + '-more'" :data-row="row.id" :class="['sb-more-row', 'q-virtual-scroll--with-prev', ...rowClass(row, true)]">
          <td v-if="ticks" class="sb-tick-cell"></td>
          <td :colspan="span - (ticks ? 1 : 0)"><div class="sb-more" v-html="row._more"></div></td>
        </tr>
      </template>
    </q-table>`,
  props: {
    rows: Array, columns: Array, ticked_ids: Array, ticks: Boolean, taps: Boolean, edits: String, edit_icon: String,
    words: String, tick_all_words: String, chosen: null, item_size: Number,
  },
  data() {
    return { shown: [], ticked: new Set(), anchor: null, flashing: new Set(), sorted: { by: null, down: false }, marked: null, narrow: false };
  },
  created() {
    this.takeRows();
    this.marked = this.chosen ?? null;
    this.screen = window.matchMedia(NARROW);
    this.narrow = this.screen.matches;
    this.resized = (event) => { this.narrow = event.matches; };
    this.screen.addEventListener("change", this.resized);
  },
  unmounted() { this.screen.removeEventListener("change", this.resized); },
  watch: {
    rows() { this.takeRows(); },
  },
  computed: {
    // Folded columns take no part: a cell that spans more than there are would make room for them.
    span() { return this.inSight(this.columns).length + (this.ticks ? 1 : 0) + (this.edits ? 1 : 0); },
    quasarColumns() { return this.columns.map((col) => ({ name: col.name, label: col.label, field: col.name, align: col.align })); },
    tickable() { return this.shown.filter((row) => !row._group && row._can !== false); },
    allState() {
      const on = this.tickable.filter((row) => this.ticked.has(row.id)).length;
      return on === 0 ? false : on === this.tickable.length ? true : null;
    },
    tickAllWords() { return this.tick_all_words || "Select all"; },
    editIcon() { return this.edit_icon; },
    itemSize() { return this.narrow ? Math.max(48, this.item_size) : this.item_size; },
  },
  methods: {
    headClass(col) { return ["text-" + (col.align || "left"), col.folds && "sb-folds", (col.width || col.tablet_width) && "sb-sized"]; },
    cellClass(col) { return ["text-" + (col.align || "left"), col.folds && "sb-folds", col.look]; },
    inSight(columns) { return columns.filter((col) => !(this.narrow && col.folds)); },
    restAt(row) { return this.columns.findIndex((col) => col.name === row._rest_from); },
    ownColumns(row) { return row._rest ? this.columns.slice(0, this.restAt(row)) : this.columns; },
    widths(col) {
      return { ...(col.width && { "--sb-width": col.width }), ...(col.tablet_width && { "--sb-tablet-width": col.tablet_width }) };
    },
    tone(row) { return row._tone ? "is-" + row._tone : ""; },
    rowClass(row, more = false) {
      return [
        this.tone(row), this.ticks && this.ticked.has(row.id) && "is-selected", this.marked === row.id && "is-chosen",
        this.flashing.has(row.id) && "is-changed", this.taps && "sb-tappable", row._more && !more && "has-more", row._class,
      ];
    },
    rowWords(row) { return "Select " + (row._name || "row"); },
    ariaSort(col) { return this.sorted.by && this.sorted.by === col.sort_by ? (this.sorted.down ? "descending" : "ascending") : undefined; },
    sort(col) {
      this.sorted = { by: col.sort_by, down: this.sorted.by === col.sort_by && !this.sorted.down };
      this.$emit("sorted", this.sorted);
      this.putInOrder();
    },
    putInOrder() {
      if (!this.sorted.by) return;
      const { by, down } = this.sorted, text = new Intl.Collator("en-US", { numeric: true });
      const value = (row) => row[by] ?? "";
      this.shown = [...this.shown].sort((a, b) => {
        const order = typeof value(a) === "number" && typeof value(b) === "number" ? value(a) - value(b) : text.compare(value(a), value(b));
        return down ? -order : order;
      });
    },

    // ---- what is tapped ----
    quietShift(event) { if (event.shiftKey) event.preventDefault(); },
    tick(row, on, event) {
      if (row._can === false) return;
      let rows = [row];
      if (event?.shiftKey && this.anchor !== null) {
        const from = this.shown.findIndex((other) => other.id === this.anchor), to = this.shown.indexOf(row);
        if (from >= 0) rows = this.shown.slice(Math.min(from, to), Math.max(from, to) + 1);
      }
      this.anchor = row.id;
      const ids = rows.filter((one) => !one._group && one._can !== false).map((one) => one.id);
      this.setTicks(ids, on);
      this.$emit("tick", { ids, on });
    },
    tickAll(on) {
      this.setTicks(this.tickable.map((row) => row.id), !!on);
      this.$emit("tick_all", !!on);
    },
    setTicks(ids, on) {
      const ticked = new Set(this.ticked);
      ids.forEach((id) => (on ? ticked.add(id) : ticked.delete(id)));
      this.ticked = ticked;
    },
    tapped(event) {
      const line = event.target.closest("tr[data-row]");
      if (!line) return;
      const row = this.shown.find((one) => String(one.id) === line.dataset.row);
      const act = event.target.closest("[data-act]");
      if (act) {
        event.preventDefault();
        return this.$emit("act", { act: act.dataset.act, id: row.id, arg: act.dataset.arg ?? null });
      }
      if (this.taps && !event.target.closest("a, button, .sb-tick-cell") && !String(window.getSelection())) this.$emit("tap", row.id);
    },
    keyed(event) {
      const line = event.target;
      if (line.tagName !== "TR" || !line.dataset.row) return;
      if (event.key === "Enter") this.$emit("tap", this.shown.find((one) => String(one.id) === line.dataset.row).id);
      const next = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
      if (!next) return;
      let other = line[next];
      while (other && other.tabIndex < 0) other = other[next];
      if (other) { event.preventDefault(); other.focus(); }
    },

    // ---- what the server changes ----
    takeRows() {
      this.shown = (this.rows || []).map(Object.freeze);
      this.ticked = new Set(this.ticked_ids || []);
      this.putInOrder();
    },
    put(row, at, changed) {
      Object.freeze(row);
      const was = this.shown.findIndex((one) => one.id === row.id), shown = [...this.shown];
      if (was >= 0) shown.splice(was, 1);
      shown.splice(at ?? (was >= 0 ? was : shown.length), 0, row);
      this.shown = shown;
      if (row._can === false) this.setTicks([row.id], false);
      if (changed) this.flash(row.id);
    },
    remove(ids) {
      const gone = new Set(ids);
      this.shown = this.shown.filter((row) => !gone.has(row.id));
      this.setTicks(ids, false);
    },
    flash(id) {
      this.flashing = new Set(this.flashing).add(id);
      setTimeout(() => { const left = new Set(this.flashing); left.delete(id); this.flashing = left; }, FLASH_MS);
    },
    set_ticked(ids) { this.ticked = new Set(ids); },
    choose(id) { this.marked = id; },
    show_row(id, edge = "center") {
      const at = this.shown.findIndex((row) => row.id === id);
      if (at >= 0) this.$refs.table.scrollTo(at, edge);
    },
  },
};
