"""The promises of the colors: readable in light and dark, and written in one place."""

import re
from pathlib import Path

import pytest

from ui import theme

CSS = sorted((theme.ASSETS / "css").glob("*.css"))


def luminance(color: str) -> float:
    channels = [int(color[at:at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", theme.SERVICE_CODE_COLORS)
def test_a_service_codes_text_and_edge_stand_out_from_its_fill(name):
    # 8.6 and 3.2, as DESIGN rounds them
    shades = theme.SERVICE_CODE_COLORS[name]
    assert contrast(shades.text, shades.fill) >= 8.55
    assert contrast(shades.dark_text, shades.dark_fill) >= 8.55
    assert contrast(shades.edge, shades.fill) >= 3.15
    assert contrast(shades.dark_edge, shades.dark_fill) >= 3.15


@pytest.mark.parametrize("colors", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), [
    ("text", "surface"), ("text-2", "surface"), ("text-3", "surface"), ("text-3", "bg"), ("text-3", "bad-soft"),
    ("on-accent", "accent"), ("accent-text", "accent-soft"), ("ok-text", "ok-soft"), ("bad-text", "bad-soft"),
    ("warn-text", "warn-soft"), ("text-3", "sunken"), ("toast-text", "toast"), ("toast-action", "toast"),
])
def test_text_is_readable_on_its_ground(colors, text, ground):
    assert contrast(colors[text], colors[ground]) >= 4.5


def test_both_themes_name_the_same_values():
    assert theme.LIGHT.keys() == theme.DARK.keys()


@pytest.mark.parametrize("file", CSS, ids=lambda file: file.name)
def test_no_stylesheet_writes_a_color(file: Path):
    text = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)|rgba?\(|hsl\(|oklch\(", text) == []


def test_every_variable_a_stylesheet_reads_is_made_by_the_theme():
    made = set(re.findall(r"(--sb-[\w-]+):", theme.variables_css()))
    set_by_parts = {"--sb-width", "--sb-tablet-width"}
    read = {name for file in CSS for name in re.findall(r"var\((--sb-[\w-]+)", file.read_text(encoding="utf-8"))}
    assert read - made - set_by_parts == set()


def test_every_linked_stylesheet_is_there():
    assert [name for name in theme.STYLESHEETS if not (theme.ASSETS / "css" / f"{name}.css").exists()] == []
