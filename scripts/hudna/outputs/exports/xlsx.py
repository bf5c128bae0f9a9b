"""Excel: a sheet for each table, with notes, filters and lists of codes, nothing a formula."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from hudna.engine.store import Store
from hudna.form.package import Package
from hudna.form.schema import Field, Table
from hudna.ground.finding import CannotRun
from hudna.outputs import descriptors, exporting, relational, spreadsheet
from hudna.outputs.exporting import Tell
from hudna.outputs.relational import listed

ENDING = ".xlsx"
MARK = "hudna export xlsx"
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
           "strings_to_numbers": False, "nan_inf_to_errors": False}  # fmt: skip
NARROW, WIDE = 9, 50  # widths of columns, in characters
MEASURED = 1000  # rows by which a width is measured
LINE, ACROSS = 15, 120  # height of a line, and the characters that the first sheet is wide
LISTED = 32_767  # entries of a list to choose from; Excel shows no more
COLUMN = {"string": "text", "integer": "integer", "number": "plain", "boolean": "plain",
          "date": "date"}  # fmt: skip
FACTS = ("title", "description", "version", "homepage")
READING = (
    "An empty cell: the sources do not say. Notes on the headers tell what each column means.",
    "Dates before 1 March 1900, and numbers of more than 15 digits, are text: Excel has no such.",
    "Columns of codes, and of ids of other tables, offer what may stand there.",
)


def write(package: Package, path: Path) -> None:
    """Write the workbook; the same package and the same XlsxWriter give the same bytes."""
    tell(package, path, exporting.silent)


def tell(package: Package, path: Path, said: Tell) -> None:
    """The same; said: told of the rows that are written."""
    try:
        import xlsxwriter
        from xlsxwriter.exceptions import XlsxWriterException
    except ModuleNotFoundError:
        words = "Excel needs XlsxWriter; `pip install 'hudna[excel]'` brings it"
        raise CannotRun(words) from None
    with exporting.opened(package) as store:
        counts = {n: exporting.count(store, t) for n, t in package.tables.items()}
        for name, count in counts.items():
            if told := spreadsheet.too_large(package.tables[name], count):
                raise CannotRun(told)
        try:
            book = xlsxwriter.Workbook(str(path), OPTIONS | {"tmpdir": store.folder.name})
            Book(book, package, counts).fill(store, said)
            book.close()
        except XlsxWriterException as e:
            raise CannotRun(f"not exported: Excel cannot hold this: {e}") from None


class Book:
    """A workbook that is being filled. counts: the records of each table."""

    def __init__(self, book: Any, package: Package, counts: dict[str, int]):
        self.book, self.package, self.counts = book, package, counts
        self.looks = {n: book.add_format(look) for n, look in spreadsheet.looks().items()}
        self.about = self.free("About")
        self.codes = self.free("Codes")
        self.lists = dict(self.spans())

    def free(self, name: str) -> str:
        """A name for a sheet that no table bears."""
        taken = {t.casefold() for t in self.package.tables}
        while name.casefold() in taken:
            name = f"_{name}"
        return name

    def fill(self, store: Store, said: Tell) -> None:
        """Write all sheets."""
        self.describe()
        for table in self.package.tables.values():
            self.sheet(store, table, said)
        self.list_codes()

    def describe(self) -> None:
        """The first sheet: what the package is, its tables, how to read the cells."""
        told, sheet = self.package.descriptor, self.book.add_worksheet(self.about)
        created = str(told.get("created", ""))[:10]
        self.book.set_properties({
            "title": str(told.get("title", "")), "comments": MARK, "created": when(created),
            "author": ", ".join(c.get("title", "") for c in told.get("contributors", ())),
        })  # fmt: skip
        facts = [(k, str(told[k])) for k in FACTS if told.get(k)]
        facts += [("created", created), ("licence", " ".join(descriptors.licences(self.package)))]
        facts += [("reading", line) for line in READING]
        for row, (name, value) in enumerate(facts):
            sheet.write_string(row, 0, name, self.looks["label"])
            sheet.set_row(row, LINE * (len(value) // ACROSS + 1))
            sheet.merge_range(row, 1, row, 3, value, self.looks["long"])
        self.list_tables(sheet, len(facts) + 1)
        for column, width in enumerate((22, 22, 10, 100)):
            sheet.set_column(column, column, width)

    def list_tables(self, sheet: Any, row: int) -> None:
        """What tables there are, from a row on."""
        self.heads(sheet, row, ("table", "title", "records", "description"))
        for number, table in enumerate(self.package.tables.values(), row + 1):
            target = f"internal:{quoted(table.name)}!A1"
            sheet.write_url(number, 0, target, self.looks["link"], table.name)
            sheet.write_string(number, 1, table.title, self.looks["plain"])
            sheet.write_number(number, 2, self.counts[table.name], self.looks["integer"])
            sheet.write_string(number, 3, relational.plain(table.description), self.looks["long"])

    def heads(self, sheet: Any, row: int, names: Iterable[str]) -> None:
        """A row of headers."""
        for column, name in enumerate(names):
            sheet.write_string(row, column, name, self.looks["head"])

    def code_lists(self) -> Iterator[tuple[Table, Field]]:
        """The fields that have codes, in the order of the last sheet."""
        for table in self.package.tables.values():
            yield from ((table, f) for f in table.fields if f.codes)

    def spans(self) -> Iterator[tuple[tuple[str, str], str]]:
        """Where the codes of each field will stand."""
        row = 1
        for table, field in self.code_lists():
            last = row + len(field.codes) - 1
            yield (table.name, field.name), span(self.codes, 2, row, last)
            row = last + 1

    def list_codes(self) -> None:
        """The last sheet: every code with its meaning; columns of codes are lists of it."""
        sheet = self.book.add_worksheet(self.codes)
        self.heads(sheet, 0, ("table", "field", "code", "meaning"))
        told = [(t.name, f.name, code, relational.labels(f).get(code))
                for t, f in self.code_lists() for code in f.codes]  # fmt: skip
        for row, values in enumerate(told, 1):
            for column, value in enumerate(values):
                if value is not None:
                    self.put(sheet, row, column, value, (self.codes, row, "code"))
        for column, width in enumerate((22, 22, 22, 80)):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(told), 3)

    def sheet(self, store: Store, table: Table, said: Tell) -> None:
        """A table: its header with notes, then its records."""
        sheet = self.book.add_worksheet(table.name)
        self.heads(sheet, 0, table.names)
        for column, field in enumerate(table.fields):
            words = spreadsheet.note(field)
            size = {"width": 260, "height": 30 + 18 * (len(words) // 40 + words.count("\n") + 1)}
            sheet.write_comment(0, column, words, {"author": "", **size})
            self.offer(sheet, table, field, column)
        widths = self.records(sheet, table, exporting.rows(store, table, listed(table.names), said))
        for column, (field, width) in enumerate(zip(table.fields, widths, strict=True)):
            sheet.set_column(column, column, width, self.looks[COLUMN[field.type]])
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, self.counts[table.name], len(table.fields) - 1)
        sheet.set_landscape()
        sheet.repeat_rows(0)

    def records(self, sheet: Any, table: Table, chunks: Iterable[list[tuple]]) -> list[int]:
        """Write the records of a table; returns how wide its columns should be."""
        widths = [max(len(n) + 3, NARROW) for n in table.names]
        for row, record in enumerate(chain.from_iterable(chunks), 1):
            for column, value in enumerate(record):
                if value is not None:
                    where = (table.name, row, table.names[column])
                    width = self.put(sheet, row, column, value, where)
                    if row <= MEASURED and width > widths[column]:
                        widths[column] = width
        return [min(w, WIDE) for w in widths]

    def put(self, sheet: Any, row: int, column: int, value: Any, where: Any) -> int:
        """Write one cell; returns how wide it is."""
        kind, held, look = spreadsheet.cell(value, where)
        form = self.looks[look]
        if kind == "text":
            sheet.write_string(row, column, held, form)
            return len(held) + 2
        if kind == "date":
            sheet.write_datetime(row, column, held, form)
            return 12
        (sheet.write_boolean if kind == "boolean" else sheet.write_number)(row, column, held, form)
        return len(str(held)) + 2

    def offer(self, sheet: Any, table: Table, field: Field, column: int) -> None:
        """Let the cells of a column be chosen from a list, where there is one."""
        known, strict = self.lists.get((table.name, field.name)), True
        for key in table.foreign_keys:
            count = self.counts[key.table]
            if key.fields == (field.name,) and 0 < count <= LISTED:
                other = self.package.tables[key.table]
                known, strict = span(key.table, other.names.index(key.to[0]), 1, count), False
        choices: Any = f"={known}" if known else ["TRUE", "FALSE"]
        if known or field.type == "boolean":
            # A record that is being added may refer to another that is: there it only warns.
            rule = {"validate": "list", "source": choices,
                    "error_type": "stop" if strict else "warning"}  # fmt: skip
            sheet.data_validation(1, column, spreadsheet.ROWS - 1, column, rule)


def when(created: str) -> datetime.datetime:
    """The moment that the workbook says it was made: that of the package, not of now."""
    try:
        return datetime.datetime.fromisoformat(created)
    except ValueError:
        return datetime.datetime(2000, 1, 1)


def quoted(sheet: str) -> str:
    """The name of a sheet in a reference."""
    return "'" + sheet.replace("'", "''") + "'"


def span(sheet: str, column: int, first: int, last: int) -> str:
    """Cells of one column as a reference; rows from 0."""
    from xlsxwriter.utility import xl_col_to_name

    name = xl_col_to_name(column)
    return f"{quoted(sheet)}!${name}${first + 1}:${name}${last + 1}"


def ours(path: Path) -> bool:
    """Whether a file was exported before."""
    try:
        with zipfile.ZipFile(path) as archive:
            return MARK.encode() in archive.read("docProps/core.xml")
    except (OSError, KeyError, zipfile.BadZipFile):
        return False
