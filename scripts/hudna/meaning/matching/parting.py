"""A text parted into what it names, and what it says beside: in brackets, of an owner, a leader."""

from __future__ import annotations

import re

from hudna.meaning.matching import spelling

OWNED = re.compile("(.+?)['\u2019]s (.+)")  # Hadi al-Amiri's Fatah Alliance
LED_BY = re.compile(  # what follows is another's name
    r"\b(?:led|headed|commanded) by\b|\bdirigée? par\b|\bguidat[oa] da\b|\bangeführt von\b"
    "|بزعامة|بقيادة"
)
BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")


def plainly(text: str) -> str:
    """A text without who leads what it names, and without what a person is, said after a comma."""
    if not text.isascii() or " by" in text or "guidat" in text:
        text = LED_BY.split(text, maxsplit=1)[0].strip(" ,([") or text
    found = text
    before, comma, after = text.partition(",")
    if comma and spelling.name(before).words[:1] and spelling.name(before).words[0].kind == "name":
        said = spelling.name(after).words
        if said and said[0].kind in {"role", "speaker"}:
            found = before
    return found or text


def parts(text: str) -> list[str]:
    """A text without what stands in brackets, then each bracketed part."""
    text = plainly(text)
    out = [text]
    if "(" in text or "[" in text:
        inside = [p.strip() for p in BRACKETS.findall(text) if p.strip()]
        outside = " ".join(BRACKETS.sub(" ", text).split())
        out = [p for p in (outside, *inside) if p] if inside else [text]
    owned = OWNED.fullmatch(out[0]) if "s " in out[0] else None
    if owned and any(w.weight == 1.0 for w in spelling.name(owned[1]).words):
        out.append(owned[2])
    return out
