"""Draw a picture of the data to an SVG or PNG file, or list the pictures there are.

Without a name, every picture is listed with its sentence and its parameters. The format follows
the ending of the file: .svg, .png, or .json for the Vega-Lite specification.
"""

from __future__ import annotations

import argparse
import html
import json
import sys
from pathlib import Path

from hudna.ground.finding import CannotRun

EXAMPLE = """
hudna plot timeline --set from=2020-10-01 --set to=2020-10-31
hudna plot attacks -o attacks.png --theme dark
"""
ENDINGS = (".svg", ".png", ".json")


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    add = parser.add_argument
    add("name", nargs="?", metavar="NAME", help="the picture; without it, a list of all")
    add("path", nargs="?", metavar="PATH", help="the package: its folder or its datapackage.json")
    add("-o", "--output", metavar="FILE", help="file to write (default: NAME.svg)")
    add("--set", action="append", default=[], metavar="PARAM=VALUE", help="set a parameter")
    add("--private", action="store_true", help="draw the private rows of a workspace too")
    add("--theme", choices=("light", "dark"), default="light")


def run(args: argparse.Namespace) -> int:
    """Write the picture or print the list."""
    from hudna.form import package as packages
    from hudna.meaning import views
    from hudna.outputs import exporting, pictures

    if not args.name:
        sys.stdout.write("\n".join(listed(name) for name in pictures.names()))
        return 0
    file = Path(args.output or f"{args.name}.svg")
    if file.suffix.lower() not in ENDINGS:
        raise CannotRun(f"{file} ends in {file.suffix or 'nothing'}; expected {', '.join(ENDINGS)}")
    package, _ = packages.read(packages.locate(args.path))
    exporting.guard(package, args.private)
    try:
        spec = pictures.spec(args.name, package, views.pairs(args.set), args.theme)
        data = rendered(spec, file.suffix.lower())
    except ModuleNotFoundError as e:
        wanted = "expected `pip install hudna[pictures,network]`"
        raise CannotRun(f"{e.name} is not installed; {wanted}") from None
    try:
        file.write_bytes(data)
    except OSError as e:
        raise CannotRun(f"{file} cannot be written: {e.strerror}") from None
    print(f"{file}: {spec['description']}")
    return 0


def rendered(spec: dict, ending: str) -> bytes:
    """A specification as the bytes of a file."""
    if ending == ".json":
        return (json.dumps(spec, ensure_ascii=False, indent=1) + "\n").encode()
    import vl_convert

    if ending == ".png":
        return vl_convert.vegalite_to_png(spec, scale=2)
    svg = vl_convert.vegalite_to_svg(spec)
    start = svg.index(">", svg.index("<svg"))
    title = f"<title>{html.escape(spec['description'])}</title>"
    return f'{svg[:start]} role="img">{title}{svg[start + 1 :]}\n'.encode()


def listed(name: str) -> str:
    """One picture of the list."""
    from hudna.meaning import views
    from hudna.outputs import pictures

    lines = [name, f"  {pictures.sentence(name)}"]
    for p in pictures.params(name).values():
        lines.append(f"  --set {p.name}={views.plain(p.default)}  {p.means}")
    return "\n".join(lines) + "\n"
