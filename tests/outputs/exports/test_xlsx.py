"""Excel: every cell as in the tables, nothing a formula, notes and lists, limits told."""

from __future__ import annotations

import datetime
import html
import re
import sys
import zipfile

import openpyxl
import pytest

from hudna.form import package as packages
from hudna.ground.finding import CannotRun
from hudna.outputs import exporting, generation, spreadsheet
from hudna.outputs.exports import xlsx
from tests.outputs.exports.reading import cells, nasty, same, shipped, twice
from tests.packages import NASTY, make

LONGEST = 32_767
CUT = {**NASTY, "actors": [{**r, "description": str(r.get("description", ""))[:LONGEST]}
                           for r in NASTY["actors"]]}  # fmt: skip
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def export(package, folder, **how):
    path = folder / "out.xlsx"
    exporting.write("xlsx", package, path)
    return openpyxl.load_workbook(path, **how)


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    return export(shipped(), tmp_path_factory.mktemp("ours"))


def rows(book, package):
    """The values of each sheet as the file has them."""
    out = {}
    for name, table in package.tables.items():
        first, *others = book[name].iter_rows(values_only=True)
        assert list(first) == table.names
        out[name] = [tuple(map(plain, r)) for r in others]
    return out


def plain(value):
    """A cell as a person sees it: days without hours; what the file escapes, as it is."""
    if isinstance(value, datetime.datetime):
        assert value.time() == datetime.time()
        return value.date()
    if isinstance(value, str):
        return ESCAPED.sub(lambda m: chr(int(m[1], 16)), value)
    return value


def held(value):
    """A value as a sheet holds it: early days and long numbers are texts, no fraction no float."""
    if isinstance(value, datetime.date) and value < datetime.date(1900, 3, 1):
        return value.isoformat()
    if isinstance(value, float) and value == int(value):
        return int(value)
    if isinstance(value, int) and abs(value) >= 10**15 and value % 10:
        return str(value)
    return value


def test_every_cell_of_the_shipped_package_comes_back(ours):
    same(shipped(), rows(ours, shipped()), held)


def test_every_cell_of_a_nasty_package_comes_back(tmp_path):
    package = packages.read(make(tmp_path, CUT))[0]
    same(package, rows(export(package, tmp_path), package), held)


def test_a_larger_package_comes_back(tmp_path):
    generation.generate(tmp_path / "larger", 6_000, 0.0, 1, False, lambda *_: None)
    package = packages.read(tmp_path / "larger")[0]
    same(package, rows(export(package, tmp_path, read_only=True), package), held)


def test_nothing_is_a_formula_or_becomes_one_when_it_is_edited(tmp_path):
    package = packages.read(make(tmp_path, CUT))[0]
    book = export(package, tmp_path)
    for sheet in book.worksheets:
        for cell in (c for row in sheet.iter_rows() for c in row):
            assert cell.data_type != "f", cell
            if sheet.title in package.tables and isinstance(cell.value, str) and cell.row > 1:
                assert cell.number_format == "@" or len(cell.value) > 255
                assert cell.quotePrefix == plain(cell.value).startswith(tuple("=+-@\t\r\n")), cell
    names = {c.value for c in book["actors"]["B"]}
    assert {"=1+1", "@SUM(1)", '=HYPERLINK("https://example.org","x")'} <= names
    with zipfile.ZipFile(tmp_path / "out.xlsx") as archive:
        for name in archive.namelist():
            text = archive.read(name).decode()
            assert "<f>" not in text
            assert "example.org" not in text or "worksheets/sheet" in name, "no link to elsewhere"


def test_dates_are_days_and_numbers_numbers(ours):
    sheet, names = ours["incidents"], shipped().tables["incidents"].names
    cell = sheet.cell(2, names.index("date_end") + 1)
    assert (cell.data_type, cell.number_format) == ("d", "yyyy-mm-dd")
    assert sheet.cell(2, names.index("events_low") + 1).data_type == "n"
    named = shipped().tables["actors"].names.index("named") + 1
    kinds = {r[0].data_type for r in ours["actors"].iter_rows(2, min_col=named, max_col=named)
             if r[0].value is not None}  # fmt: skip
    assert kinds == {"b"}


def test_arabic_is_read_from_the_right(ours):
    place = shipped().tables["places"].names.index("name_ar") + 1
    column = list(ours["places"].iter_rows(2, min_col=place, max_col=place))
    filled = [c for (c,) in column if c.value]
    assert filled
    assert {(c.alignment.readingOrder, c.alignment.horizontal) for c in filled} == {(2.0, "right")}
    assert ours["places"]["B2"].alignment.readingOrder == 0


@pytest.mark.parametrize(
    ("text", "right"),
    [("كتائب", True), ("1 كتائب", True), ("KH كتائب", False), ("", False), ("2020", False),
     ("«حزب»", True), ("😀", False), ("é", False), ("שלום", True)],
)  # fmt: skip
def test_the_first_letter_says_from_where_a_text_is_read(text, right):
    assert spreadsheet.from_the_right(text) == right


def test_sheets_are_ready_to_work_with(ours):
    package, held = shipped(), cells(shipped())
    assert ours.sheetnames == ["About", *package.tables, "Codes"]
    for name, table in package.tables.items():
        sheet = ours[name]
        assert sheet.freeze_panes == "B2"
        last = openpyxl.utils.get_column_letter(len(table.fields))
        assert sheet.auto_filter.ref == f"A1:{last}{len(held[name]) + 1}"
        for number, field in enumerate(table.fields, 1):
            head = sheet.cell(1, number)
            assert head.font.bold
            assert field.raw["description"] in head.comment.text
            width = sheet.column_dimensions[openpyxl.utils.get_column_letter(number)].width
            assert 9 <= width <= 51


def test_columns_offer_what_may_stand_in_them(ours):
    package, held = shipped(), cells(shipped())
    for name, table in package.tables.items():
        offered = {str(v.sqref).split(":")[0].rstrip("0123456789"): v.formula1
                   for v in ours[name].data_validations.dataValidation}  # fmt: skip
        for number, field in enumerate(table.fields, 1):
            found = offered.pop(openpyxl.utils.get_column_letter(number), None)
            keys = [k for k in table.foreign_keys if k.fields == (field.name,)]
            if keys:
                place = package.tables[keys[0].table].names.index(keys[0].to[0])
                assert values(ours, found) == [r[place] for r in held[keys[0].table]]
            elif field.codes:
                assert values(ours, found) == field.codes
            else:
                assert found == ('"TRUE,FALSE"' if field.type == "boolean" else None)
        assert offered == {}


def values(book, reference):
    """What stands in the cells of a reference."""
    sheet, _, span = reference.rpartition("!")
    cells = book[sheet.lstrip("=").strip("'")][span.replace("$", "")]
    return [c.value for (c,) in (cells if isinstance(cells, tuple) else ((cells,),))]


def test_the_first_sheet_says_what_this_is_and_the_last_what_codes_mean(ours):
    package = shipped()
    told = [tuple(c for c in row if c is not None)
            for row in ours["About"].iter_rows(values_only=True)]  # fmt: skip
    assert ("version", package.version) in told
    count = len(cells(package)["incidents"])
    table = package.tables["incidents"]
    assert ("incidents", table.title, count, table.description) in told
    codes = list(ours["Codes"].iter_rows(2, values_only=True))
    assert ("incidents", "date_precision", "within", "at some time in the stretch") in codes
    assert ours.properties.title == package.descriptor["title"]
    assert ours.properties.created == datetime.datetime.fromisoformat(
        package.descriptor["created"][:10]
    )


def test_the_same_package_gives_the_same_bytes(tmp_path):
    one, two = twice("xlsx", shipped(), tmp_path)
    assert one.read_bytes() == two.read_bytes()


def test_a_cell_that_is_too_long_is_told_and_not_cut(tmp_path):
    with pytest.raises(CannotRun) as e:
        export(nasty(tmp_path), tmp_path)
    assert str(e.value) == (
        "not exported: description of record 4 of actors has 40,000 characters; Excel takes 32,767 "
        "a cell; expected another format (sqlite, duckdb, parquet)"
    )
    assert [p.name for p in tmp_path.iterdir()] == ["package"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x" * LONGEST, ""),
        ("x" * (LONGEST + 1), "32,768 characters"),
        ("😀" * (LONGEST // 2), ""),
        ("😀" * (LONGEST // 2 + 1), "32,768 characters"),
        ("a\uffffb", r"U\+FFFF"),
        ("a\ufffeb", r"U\+FFFE"),
    ],
)  # fmt: skip
def test_the_limits_of_a_cell(tmp_path, text, told):
    """Excel counts in UTF-16, in which an emoji is two."""
    actor = {"actor_id": "a", "name": text, "actor_type": "person"}
    package = packages.read(make(tmp_path, {"actors": [actor]}))[0]
    if told:
        with pytest.raises(CannotRun, match=told):
            export(package, tmp_path)
    else:
        same(package, rows(export(package, tmp_path), package))


@pytest.mark.parametrize("text", ["a\x00b\x1f", "\r\n", " a ", "_x000D_", "a\x7f\x9f", "_x005F_"])
def test_odd_characters_are_escaped_and_come_back(tmp_path, text):
    actor = {"actor_id": "a", "name": f"<{text}>{text}", "actor_type": "person"}
    package = packages.read(make(tmp_path, {"actors": [actor]}))[0]
    export(package, tmp_path)
    with zipfile.ZipFile(tmp_path / "out.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet2.xml").decode("utf-8")
    found = [plain(html.unescape(t)) for t in re.findall("<t[^>]*>([^<]*)</t>", sheet)]
    assert cells(package)["actors"][0][1] in found


def test_a_table_that_is_too_long_is_told(tmp_path, monkeypatch):
    table = shipped().tables["actors"]
    assert spreadsheet.too_large(table, 1_048_575) == ""
    assert spreadsheet.too_large(table, 1_048_576) == (
        "not exported: actors has 1,048,576 records; Excel takes 1,048,575 a sheet; "
        "expected another format (sqlite, duckdb, parquet)"
    )
    monkeypatch.setattr(spreadsheet, "ROWS", 12)
    with pytest.raises(CannotRun, match="actors has 12 records; Excel takes 11 a sheet"):
        export(nasty(tmp_path), tmp_path)


@pytest.mark.parametrize(
    ("number", "kind"),
    [(0.1, "number"), (-33.3152, "number"), (10**15, "number"), (2**53, "text"),
     (-(2**53), "text"), (0.1 + 0.2, "text"), (float("inf"), "text"), (float("nan"), "text"),
     (1e300, "number"), (999_999_999_999_999, "number")],
)  # fmt: skip
def test_a_number_that_would_lose_digits_is_text(number, kind):
    assert spreadsheet.cell(number, ("t", 1, "f")).kind == kind


def test_without_the_library_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(CannotRun, match=r"pip install 'hudna\[excel\]'"):
        export(nasty(tmp_path), tmp_path)


def test_only_a_workbook_that_was_exported_is_ours(tmp_path):
    export(packages.read(make(tmp_path, CUT))[0], tmp_path)
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    assert xlsx.ours(tmp_path / "out.xlsx")
    assert not xlsx.ours(tmp_path / "other.xlsx")
    assert not xlsx.ours(tmp_path / "package/datapackage.json")
