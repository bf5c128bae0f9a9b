"""What is generated: made, compared, told as stale or left over; and the canonical form."""

from __future__ import annotations

from pathlib import Path

import pytest

from hudna.form import jsontext, package
from hudna.form.package import Package
from hudna.ground.finding import Finding
from hudna.meaning import checks
from hudna.outputs import blocks, canonicity, files, generated
from tests import packages

ACTORS = [
    {"actor_id": "a", "name": "A", "actor_type": "person"},
    {"actor_id": "b", "name": "B | C", "actor_type": "person", "named": True},
]
PAGE = """# Page
<!-- generated: {kind} -->
old
<!-- end -->
kept
"""


@pytest.fixture
def built(tmp_path: Path) -> Package:
    """A small package whose generated files are fresh."""
    root = packages.make(tmp_path, {"actors": ACTORS}, documents=True)
    return package.read(root)[0]


def problems(found: list[Finding]) -> list[tuple[str, str]]:
    return [(f.rule, f.file) for f in found]


def test_what_was_just_written_is_fresh(built: Package) -> None:
    assert generated.stale(built) == []
    assert generated.write(built) == ([], [])
    made = jsontext.read((built.root / "data/documents/actors.json").read_bytes())
    assert [a["actor_id"] for a in made] == ["a", "b"]


def test_the_shipped_package_can_be_generated() -> None:
    shipped, _ = package.read(package.home())
    made = generated.make(shipped)
    assert [f for f in made.faults if f.severity == "error"] == []
    wanted = {d.path for d in shipped.documents.values()}
    wanted |= {d.schema_path for d in shipped.documents.values()}
    assert wanted <= set(made.texts)


def test_a_changed_file_is_told_with_its_line_and_mended(built: Package) -> None:
    path = built.root / "data/documents/actors.json"
    path.write_text(path.read_text("utf-8").replace('"A"', '"Å"'), "utf-8")
    (found,) = generated.stale(built)
    assert (found.rule, found.file, found.line) == ("stale-file", "data/documents/actors.json", 4)
    assert '\'    "name": "Å",\'' in found.problem
    assert "hudna build" in found.problem
    assert generated.write(built)[0] == ["data/documents/actors.json"]
    assert generated.stale(built) == []


def test_a_changed_table_makes_its_document_stale(built: Package) -> None:
    packages.write(built.root / "data/actors.csv", built.tables["actors"].names, ACTORS[:1])
    assert problems(generated.stale(built)) == [("stale-file", "data/documents/actors.json")]


def test_a_missing_file_is_told(built: Package) -> None:
    (built.root / "schemas/documents/actors.schema.json").unlink()
    (found,) = generated.stale(built)
    assert found.file == "schemas/documents/actors.schema.json"
    assert "is missing" in found.problem


def test_a_file_that_nothing_generates_is_left_over(built: Package) -> None:
    (built.root / "data/documents/old.json").write_text("[]", "utf-8")
    (built.root / "data/documents/.hidden").write_text("", "utf-8")
    (found,) = generated.stale(built)
    assert (found.rule, found.file) == ("leftover-file", "data/documents/old.json")
    assert "`rm data/documents/old.json`" in found.problem


def test_a_document_of_the_packages_own_is_not_left_over(built: Package) -> None:
    own = {"name": "notes", "path": "data/documents/notes.json", "format": "json"}
    built.descriptor["resources"].append(own)
    packages.describe(built.root, built.descriptor)
    (built.root / "data/documents/notes.json").write_text("{}", "utf-8")
    again, found = package.read(built.root)
    assert found == []
    assert generated.stale(again) == []


def test_a_table_that_no_document_can_hold_is_told_and_nothing_is_lost(built: Package) -> None:
    lost = [{"name_id": "n", "actor_id": "nobody", "name": "x", "name_type": "name"}]
    names = built.tables["actor_names"]
    packages.write(built.root / names.path, names.names, lost)
    found = generated.stale(built)
    assert [f.rule for f in found] == ["stale-file"]
    assert "nobody" in found[0].problem
    before = (built.root / "data/documents/actors.json").read_bytes()
    generated.write(built)
    assert (built.root / "data/documents/actors.json").read_bytes() == before


def test_a_package_without_documents_has_nothing_to_be_stale(tmp_path: Path) -> None:
    plain, _ = package.read(packages.make(tmp_path, {"actors": ACTORS}))
    assert generated.make(plain) == generated.Made({}, [])
    assert generated.stale(plain) == []


@pytest.mark.parametrize("kind", blocks.KINDS)
def test_a_part_of_a_page_is_made_anew_between_its_markers(built: Package, kind: str) -> None:
    page = built.root / "README.md"
    page.write_text(PAGE.format(kind=kind), "utf-8")
    assert problems(generated.stale(built)) == [("stale-file", "README.md")]
    generated.write(built)
    text = page.read_text("utf-8")
    assert text.startswith(f"# Page\n<!-- generated: {kind} -->\n<!-- from ")
    assert text.endswith("<!-- end -->\nkept\n")
    assert "old" not in text.splitlines()
    assert generated.stale(built) == []


def test_field_lists_have_every_field_and_code_with_its_definition(built: Package) -> None:
    text = "\n".join(blocks.fields(built))
    for table in built.tables.values():
        assert f"### `{table.name}`" in text
        for field in table.fields:
            assert f"| `{field.name}` | {field.type}" in text
            assert blocks.plain(field.raw["description"]) in text
    assert "<br>`day`: on that day; start and end are the same" in text
    assert "Refers to `places`." in text
    assert "Document: in `actors`, as `names`." in text


def test_every_rule_and_view_is_listed(built: Package) -> None:
    rules = sorted(p.stem for p in (package.home() / "schemas/rules").glob("*.sql"))
    listed = [x.split("`")[1] for x in blocks.rules(built) if x.startswith("| `")]
    assert listed == rules
    views = sorted(p.stem for p in blocks.VIEWS.glob("*.sql"))
    assert [x.split("`")[1] for x in blocks.views(built) if x.startswith("| `")] == views


def test_an_unknown_part_is_left_alone_but_told(built: Package) -> None:
    page = built.root / "docs/agreement.md"
    page.parent.mkdir()
    page.write_text(PAGE.format(kind="agreement"), "utf-8")
    written, told = generated.write(built)
    assert written == []
    assert problems(told) == [("other-part", "docs/agreement.md")]
    assert (told[0].severity, told[0].line) == ("warning", 2)
    assert generated.stale(built) == []


@pytest.mark.parametrize(
    "page",
    [
        "# Page\n<!-- generated: tables -->\nno end\n",
        "\n<!-- generated: tables -->\n<!-- generated: views -->\n<!-- end -->\n",
    ],
)
def test_a_part_without_an_end_is_told_and_loses_nothing(built: Package, page: str) -> None:
    path = built.root / "README.md"
    path.write_text(page, "utf-8")
    found = [f for f in generated.stale(built) if "has no end" in f.problem]
    assert [f.line for f in found] == [2]
    generated.write(built)
    assert path.read_text("utf-8").startswith(page.partition("<!-- generated: views")[0])


def test_tables_that_are_not_canonical_are_told_with_the_first_line(built: Package) -> None:
    path = built.root / "data/actors.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join([lines[0], lines[2], lines[1]]), "utf-8")
    (found,) = unformatted(built)
    assert (found.rule, found.table, found.line) == ("not-canonical", "actors", 2)
    assert found.problem == (
        "the line is 'b,B | C,person,true,,,'; expected 'a,A,person,,,,'; `hudna format` mends it"
    )


def unformatted(built: Package) -> list[Finding]:
    """The tables of a package that are not in canonical form."""
    with checks.check(built) as done:
        return canonicity.unformatted(done)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"actor_id,name,actor_type,named,country,description,wikidata_id", "missing; expected"),
        (b"actor_id,name\n", None),
        (b"\xef\xbb\xbfactor_id,name,actor_type,named,country,description,wikidata_id\n", None),
        (b"\xff", None),
    ],
)
def test_only_tables_of_sound_shape_are_asked_for_their_form(
    built: Package, data: bytes, told: str | None
) -> None:
    (built.root / "data/actors.csv").write_bytes(data)
    found = unformatted(built)
    assert [f.table for f in found] == (["actors"] if told else [])
    assert all(told in f.problem for f in found if told)


def test_files_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old", "utf-8")
    (tmp_path / "c").mkdir()
    with pytest.raises(OSError):
        files.write(tmp_path, {"a": "new", "b": "new", "c": "a folder stands here"})
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "c"]
    assert (tmp_path / "a").read_text("utf-8") == "old"
