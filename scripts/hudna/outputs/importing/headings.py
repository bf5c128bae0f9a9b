"""What a column is likely to hold, by its heading in several languages and by its values."""

from __future__ import annotations

import re
from datetime import datetime

from hudna.ground.folding import fold

# Words of a heading, folded; the first part whose words stand in it takes the column.
PARTS: dict[str, str] = {
    "latitude": "lat latitude breite latitud",
    "longitude": "lon lng long longitude lange longitud",
    "killed": "killed kills dead deaths death fatalities fatality nkill tote getotete morts tues "
              "muertos fallecidos qtly alqtly",
    "wounded": "wounded injured injuries nwound verletzte verwundete blesses heridos jrhy aljrhy",
    "day": "date datum fecha jour altarykh tarykh day iday tag",
    "year": "year jahr annee ano iyear",
    "month": "month monat mois mes imonth",
    "country": "country land pays pais aldwla",
    "district": "district admin2 adm2 county kreis distrito qada",
    "governorate": "province governorate admin1 adm1 state region provinz provincia "
                   "gouvernorat almhafza",
    "perpetrator": "perpetrator perpetrators attacker attackers actor1 group gname tater auteur "
                   "autor responsible aljmaa",
    "target": "target targets victim victims actor2 ziel opfer cible victime objetivo "
              "victima alhdf",
    "place": "location place city town village site ort lieu ville lugar ciudad almkan",
    "kind": "type kind category class attacktype weapon weapons art typ tipo categorie noa",
    "title": "title headline titel titre titulo event",
    "description": "description notes note notizen summary details comment text beschreibung "
                   "resume descripcion remarks",
    "source": "source sources url link reference quelle fuente almsdr",
    "key": "id code ref key number nr no nummer numero identifier uid",
}  # fmt: skip
LOW = set(["min", "low", "least", "minimum", "lower", "mindestens"])
HIGH = set(["max", "high", "most", "maximum", "upper", "hochstens"])
START = set(["start", "begin", "from", "first", "von", "debut", "inicio"])
END = set(["end", "to", "until", "last", "bis", "fin"])
FORMATS = (
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%Y/%m/%d",
    "%d %b %Y",
    "%d %B %Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%Y%m%d",
    "%d-%b-%Y",
    "%d/%m/%y",
    "%m/%d/%y",
)
NUMBER = re.compile(r"-?\d+([.,]\d+)?")


def words(heading: str) -> list[str]:
    """The words of a heading, folded to plain Latin letters."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    return re.findall(r"[a-z]+\d?", fold(parted).replace("_", " "))


def part(heading: str, values: list[str]) -> str:
    """The part that a column plays, "" where nothing tells.

    Two words of a heading may both tell ("killed in district"): the order of PARTS decides.
    """
    held = set(words(heading)) | {"".join(words(heading))}
    for name, known in PARTS.items():
        if held & set(known.split()) and fits(name, values):
            return name
    return "day" if len(values) > 1 and formats(values) else ""


def fits(name: str, values: list[str]) -> bool:
    """Whether the values of a column can be what its heading says."""
    if name in ("latitude", "longitude", "killed", "wounded", "year", "month"):
        return bool(values) and share(values, lambda v: bool(NUMBER.fullmatch(v))) >= 0.8
    if name == "day":
        return bool(formats(values, 0.6)) or share(values, str.isdigit) >= 0.9
    return True


def share(values: list[str], test) -> float:
    """The share of the values that pass a test."""
    return sum(map(bool, map(test, values))) / len(values) if values else 0.0


def formats(values: list[str], least: float = 0.9) -> list[str]:
    """The forms of a date that most values have; two where day and month may be swapped."""
    shares = {f: share(values, lambda v, f=f: dated(v, f)) for f in FORMATS}
    best = max(shares.values())
    return [f for f, s in shares.items() if s == best >= least]


def dated(value: str, form: str) -> bool:
    """Whether a value is a date of a form."""
    try:
        datetime.strptime(value, form)
    except ValueError:
        return False
    return True


def bound(heading: str) -> str:
    """Which bound of a range a heading tells: low, high or best."""
    held = set(words(heading))
    return "low" if held & LOW else "high" if held & HIGH else "best"
