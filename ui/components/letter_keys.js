// Hears single keys for the page, and lets go with it.
const TYPING = "input, textarea, select, [contenteditable=true], [role=combobox], [role=listbox]";
const OPEN = ".q-dialog, .q-menu";

export default {
  template: `<span hidden></span>`,
  props: { keys: Array, letters: Boolean },
  emits: ["key"],
  mounted() { document.addEventListener("keydown", this.pressed); },
  unmounted() { document.removeEventListener("keydown", this.pressed); },
  methods: {
    pressed(event) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return;
      if (event.target.closest?.(TYPING) || document.querySelector(OPEN)) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      if (!this.keys.includes(key) || (/^[a-z]$/.test(key) && !this.letters)) return;
      event.preventDefault();
      this.$emit("key", key);
    },
  },
};
