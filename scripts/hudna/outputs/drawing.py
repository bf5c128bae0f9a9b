"""What all pictures share: colours, fonts, titles with a line on doubt, and words for no data."""

from __future__ import annotations

import datetime as dt
import textwrap
from typing import Any, NamedTuple

FONT = "Noto Sans, Noto Sans Arabic, DejaVu Sans, Arial, sans-serif"
# Of a mark that is Arabic alone: without its own font, another weight of it may be taken.
ARABIC = {"font": "Noto Sans Arabic, Noto Naskh Arabic, Arial, sans-serif"}


class Colours(NamedTuple):
    """The colours of a theme, after Okabe and Ito: told apart by colour-blind eyes."""

    back: str
    ink: str
    faint: str
    line: str
    blue: str
    orange: str
    green: str
    red: str
    purple: str
    sky: str


THEMES = {
    "light": Colours("#ffffff", "#1c1c1c", "#5a5a5a", "#d4d4d4", "#0072b2", "#b87500", "#00795a",
                     "#c24e00", "#a8497f", "#2f8fc7"),
    "dark": Colours("#14171a", "#ececec", "#b4b4b4", "#3b4147", "#62b5ee", "#f0ae2e", "#2fc49a",
                    "#ff8a4a", "#e597c4", "#8fd0ff"),
}  # fmt: skip


def finish(chart: Any, colours: Colours) -> dict:
    """The specification of a chart in the colours of a theme."""
    quiet = {"labelColor": colours.ink, "titleColor": colours.faint, "gridColor": colours.line,
             "domainColor": colours.line, "tickColor": colours.line, "titleFontWeight": "normal",
             "labelFontSize": 11, "titleFontSize": 11}  # fmt: skip
    made = chart.to_dict()
    made["background"], made["padding"] = colours.back, 16
    made["config"] = {
        "font": FONT, "axis": quiet, "view": {"stroke": None}, "legend": quiet,
        "header": quiet, "text": {"color": colours.ink, "fontSize": 11},
        "title": {"color": colours.ink, "subtitleColor": colours.faint, "anchor": "start",
                  "fontSize": 16, "subtitleFontSize": 11.5, "subtitlePadding": 6, "offset": 14,
                  "frame": "bounds"},
    }  # fmt: skip
    return made


def title(text: str, doubt: str, width: int = 900) -> dict:
    """A title that says what is seen, and below it how to read it and what is in doubt."""
    return {"text": text, "subtitle": textwrap.wrap(doubt, max(40, width // 6))}


def nothing(sentence: str, told: str, colours: Colours) -> Any:
    """A picture that says in words that there is nothing to draw."""
    import altair as alt

    text = f"Nothing to draw: the package has no rows for this{told}."
    chart = alt.Chart(alt.Data(values=[{"text": text}]))
    return chart.mark_text(color=colours.faint, fontSize=13).encode(text="text:N").properties(
        width=640, height=60, title=title(sentence, "", 640), description=f"{sentence} {text}"
    )  # fmt: skip


def ref(why: str | None, table: str) -> str | None:
    """The first record of a table among the ids behind a row."""
    return next((w for w in (why or "").split() if w.startswith(table + "/")), None)


def day(value: Any) -> str | None:
    """A date as it stands in the data of a specification."""
    return value.isoformat() if isinstance(value, dt.date) else value


def short(text: str, width: int) -> str:
    """A text cut at a word, with an ellipsis."""
    return textwrap.shorten(text, width, placeholder=" …")
