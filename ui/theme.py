"""Colors, sizes and type of every screen: the one place where a design value is written.

`serve_assets()` is called once at start-up, `apply()` once for each page. The stylesheets in `assets/css` hold rules
only and take every color from the variables made here (`--sb-accent`, `--sb-iris-fill`), so light, dark and a preview
of either (`class="sb-light"` or `class="sb-dark"`) come from the same rules.
"""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from nicegui import app, ui

ASSETS = Path(__file__).resolve().parent.parent / "assets"
ASSETS_ADDRESS = "/assets"

# Named for the parts of the screen they dress; linked in this order, so a later one may refine an earlier one.
STYLESHEETS = ("base", "sessionbook", "fields", "table", "floating", "frame", "calendar", "calendar_page", "records", "billing", "import", "money")

# A touch screen or a narrow window: targets of 44 px, the rail, two-line rows.
TABLET_QUERY = "(pointer: coarse), (max-width: 900px)"

LIGHT: dict[str, str] = {
    "bg": "#F6F7F8",
    "surface": "#FFFFFF",
    "sunken": "#EFF2F4",
    "hover": "#F4F5F7",
    "line": "#E2E7EB",
    "line-strong": "#CBD3DA",
    "control": "#808C98",
    "text": "#18222C",
    "text-2": "#465461",
    "text-3": "#5E6B78",
    "accent": "#12607A",
    "accent-hover": "#0D4D63",
    "on-accent": "#FFFFFF",
    "accent-soft": "#E3F0F4",
    "accent-text": "#0F566E",
    "ok": "#1F7A45",
    "ok-soft": "#E5F4EA",
    "ok-text": "#1A6338",
    "bad": "#B3352B",
    "bad-soft": "#FCEBE9",
    "bad-text": "#9A2A21",
    "bad-row": "#FDF3F1",
    "warn": "#9A6400",
    "warn-soft": "#FCF1DA",
    "warn-text": "#7A4E00",
    "lock": "#101417",
    "lock-plate": "transparent",
    "focus": "#1B7FA3",
    "mark": "#FFFFFF",
    "chip-plate": "rgba(255,255,255,.72)",
    "selected": "#F1F7F9",
    "selected-hover": "#EAF3F6",
    "today": "rgba(18,96,122,.04)",
    "hatch": "rgba(24,34,44,.06)",
    "hatch-ground": "rgba(24,34,44,.028)",
    "skeleton": "#E2E7EB",
    "toast": "#1C252D",
    "toast-text": "#FFFFFF",
    "toast-ok": "#8AD8A8",
    "toast-action": "#8ACDE0",
    "tooltip": "#18222C",
    "tooltip-text": "#FFFFFF",
    "scrim": "rgba(18,26,34,.42)",
    "menu-edge": "transparent",
    "menu-shadow": "0 12px 32px -8px rgba(16,24,32,.4), 0 0 0 1px rgba(16,24,32,.08)",
    "dialog-shadow": "0 24px 64px -12px rgba(16,24,32,.35), 0 0 0 1px rgba(16,24,32,.06)",
    "raised-shadow": "0 -1px 0 0 #E2E7EB, 0 -8px 16px -12px rgba(16,24,32,.18)",
    "sheet-shadow": "0 -12px 40px -8px rgba(16,24,32,.3), 0 0 0 1px rgba(16,24,32,.08)",
    "segment-shadow": "0 1px 2px rgba(16,24,32,.14)",
}

DARK: dict[str, str] = {
    "bg": "#12161A",
    "surface": "#191E23",
    "sunken": "#14191D",
    "hover": "#20272D",
    "line": "#2A323A",
    "line-strong": "#3A444E",
    "control": "#74828F",
    "text": "#E8EDF1",
    "text-2": "#B4C0CA",
    "text-3": "#93A1AD",
    "accent": "#63B7D1",
    "accent-hover": "#82C8DD",
    "on-accent": "#08222C",
    "accent-soft": "#1C3540",
    "accent-text": "#8ACDE0",
    "ok": "#5DBE85",
    "ok-soft": "#17301F",
    "ok-text": "#8AD8A8",
    "bad": "#F08578",
    "bad-soft": "#3A1D1B",
    "bad-text": "#F6A79D",
    "bad-row": "#2D1D1E",
    "warn": "#E0AE4F",
    "warn-soft": "#352A14",
    "warn-text": "#EBC67E",
    "lock": "#101417",
    "lock-plate": "#F1F4F6",
    "focus": "#63B7D1",
    "mark": "#191E23",
    "chip-plate": "rgba(18,22,26,.62)",
    "selected": "#1A2930",
    "selected-hover": "#1D2F37",
    "today": "rgba(99,183,209,.07)",
    "hatch": "rgba(232,237,241,.07)",
    "hatch-ground": "rgba(0,0,0,.14)",
    "skeleton": "#2A323A",
    "toast": "#2D3740",
    "toast-text": "#E8EDF1",
    "toast-ok": "#8AD8A8",
    "toast-action": "#8ACDE0",
    "tooltip": "#E8EDF1",
    "tooltip-text": "#18222C",
    "scrim": "rgba(18,26,34,.42)",
    "menu-edge": "#3A444E",
    "menu-shadow": "0 12px 32px -8px rgba(0,0,0,.6)",
    "dialog-shadow": "0 24px 64px -12px rgba(0,0,0,.7), 0 0 0 1px #3A444E",
    "raised-shadow": "0 -1px 0 0 #2A323A, 0 -8px 16px -12px rgba(0,0,0,.5)",
    "sheet-shadow": "0 -12px 40px -8px rgba(0,0,0,.6), 0 0 0 1px #3A444E",
    "segment-shadow": "0 0 0 1px #3A444E",
}

SHAPE: dict[str, str] = {
    "radius-chip": "5px",
    "radius-check": "4px",
    "radius": "6px",
    "radius-card": "8px",
    "radius-dialog": "12px",
    "control-height": "36px",
    "row-height": "40px",
    "header-height": "56px",
    "side": "24px",
    "check": "18px",
    "menu-width": "232px",
    "rail-width": "84px",
    "hour": "69px",
}

TABLET_SHAPE: dict[str, str] = {
    "control-height": "44px",
    "row-height": "48px",
    "header-height": "64px",
    "side": "20px",
    "check": "22px",
    "hour": "96px",
}


@dataclass(frozen=True, slots=True)
class Shades:
    """The three shades of a Service Code color in both themes; text stands on its own fill, at 8.6 to 1 or better."""

    fill: str
    edge: str
    text: str
    dark_fill: str
    dark_edge: str
    dark_text: str


SERVICE_CODE_COLORS: dict[str, Shades] = {
    "Sky": Shades("#D9F0FF", "#018BC1", "#014563", "#11374B", "#37AAE3", "#C2E8FF"),
    "Blue": Shades("#E3EDFE", "#4E7DD6", "#213D74", "#23334F", "#719DEF", "#D2E2FF"),
    "Iris": Shades("#EAEAFF", "#7971D2", "#3C3672", "#302E4E", "#9792EC", "#DDDEFF"),
    "Plum": Shades("#F8E4FE", "#A361B8", "#552C61", "#3E2945", "#C083D3", "#F1D6FA"),
    "Rose": Shades("#FEE4EC", "#C25680", "#67243F", "#492633", "#DE7A9E", "#FED4E1"),
    "Brick": Shades("#FEE6E1", "#C85A46", "#6B271B", "#4B2821", "#E37E6A", "#FED7CF"),
    "Amber": Shades("#FFE8D0", "#B47007", "#5B3602", "#452D10", "#D38D38", "#FADBBB"),
    "Olive": Shades("#ECEFD1", "#848904", "#414300", "#343611", "#A1A63A", "#E2E6BC"),
    "Fern": Shades("#DCF4DD", "#3A9647", "#114D1B", "#1F3A21", "#65B46C", "#CBECCC"),
    "Teal": Shades("#D5F4F0", "#09948C", "#014A46", "#013C38", "#0FB6AC", "#B8EEE8"),
    "Cocoa": Shades("#F3E3D9", "#886249", "#523623", "#3F3127", "#B68F75", "#F2DDCF"),
    "Slate": Shades("#E1E7ED", "#606D7C", "#2D3946", "#31373E", "#8E9AA7", "#E0E5EB"),
}


def serve_assets() -> None:
    """Offer fonts, icons, stylesheets and vendored scripts to the browser, from this machine only."""
    app.add_static_files(ASSETS_ADDRESS, ASSETS, max_cache_age=86400)
    app.config.quasar_config["ripple"] = False
    app.config.quasar_config["brand"] |= _brand()
    arrows = (ASSETS / "icons" / "quasar-icons.js").read_text(encoding="utf-8")
    if arrows not in app.config.vue_config_script:
        app.config.vue_config_script += arrows


def apply(dark: bool | None = None) -> ui.dark_mode:
    """Dress the page being built; `dark=None` follows the computer's own setting. The answer can be switched later."""
    ui.add_head_html(_head())
    return ui.dark_mode(dark)


def color_class(name: str | None) -> str:
    """The class that gives an element the three shades of a Service Code color; unknown names are Slate."""
    return f"sb-color-{(name if name in SERVICE_CODE_COLORS else 'Slate').lower()}"


def _brand() -> dict[str, str]:
    """Quasar's own words for our colors; the stylesheet swaps them for the dark ones."""
    return {
        "primary": LIGHT["accent"],
        "secondary": LIGHT["text-2"],
        "accent": LIGHT["accent"],
        "dark": DARK["surface"],
        "dark-page": DARK["bg"],
        "positive": LIGHT["ok"],
        "negative": LIGHT["bad"],
        "info": LIGHT["accent"],
        "warning": LIGHT["warn"],
    }


@cache
def _head() -> str:
    font = f"{ASSETS_ADDRESS}/fonts/inter/inter-latin-wght-normal.woff2"
    return "\n".join([
        f'<link rel="preload" as="font" type="font/woff2" href="{font}" crossorigin>',
        f"<style>{variables_css()}</style>",
        *(f'<link rel="stylesheet" href="{_stylesheet_address(name)}">' for name in STYLESHEETS),
    ])


def _stylesheet_address(name: str) -> str:
    """The address carries the content's fingerprint, so that a browser never keeps yesterday's look."""
    fingerprint = sha256((ASSETS / "css" / f"{name}.css").read_bytes()).hexdigest()[:10]
    return f"{ASSETS_ADDRESS}/css/{name}.css?v={fingerprint}"


def variables_css() -> str:
    """All design values as CSS variables, by theme and by size of screen."""
    light = LIGHT | {f"{_key(name)}-{part}": getattr(shades, part)
                     for name, shades in SERVICE_CODE_COLORS.items() for part in ("fill", "edge", "text")}
    dark = DARK | {f"{_key(name)}-{part}": getattr(shades, f"dark_{part}")
                   for name, shades in SERVICE_CODE_COLORS.items() for part in ("fill", "edge", "text")}
    return "\n".join([
        _rule(":root, .sb-light", light),
        _rule("body.body--dark, .sb-dark", dark),
        _rule(":root", SHAPE),
        f"@media {TABLET_QUERY} {{ {_rule(':root', TABLET_SHAPE)} }}",
        *(_shades_rule(_key(name)) for name in SERVICE_CODE_COLORS),
    ])


def _rule(selector: str, values: dict[str, str]) -> str:
    return f"{selector} {{ {' '.join(f'--sb-{name}: {value};' for name, value in values.items())} }}"


def _shades_rule(key: str) -> str:
    parts = " ".join(f"--code-{part}: var(--sb-{key}-{part});" for part in ("fill", "edge", "text"))
    return f".sb-color-{key} {{ {parts} }}"


def _key(name: str) -> str:
    return name.lower()
