"""The files of tables as relations of Spark: typed and checked, with the masks of their checks."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from hudna.engine import checking, masked, typed
from hudna.engine.masked import Loaded
from hudna.engine.sources import Facts
from hudna.engine.spark import asking, columns, named, parts, reading
from hudna.engine.spark.engine import Engine
from hudna.engine.spark.parts import Relation
from hudna.engine.spark.reading import Remote, Said
from hudna.engine.store import Store
from hudna.form.schema import Table

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame


class Filled(NamedTuple):
    """A table that is loaded: what makes its relation, and what was checked."""

    table: Table
    frame: Callable[[], DataFrame]
    loaded: Loaded


@dataclass
class Filling:
    """What loads tables. parts: the files of each; one that is not what its proof said is put anew.

    folder: of the session, on its driver. here: an engine for files that the driver opens. kept:
    what the executors keep.
    """

    engine: Engine
    parts: dict[str, list[Remote]]
    folder: str | None
    here: Callable[[], Store]
    kept: list[Any] = field(default_factory=list)

    def held(self, name: str) -> list[Remote]:
        """The parts of a table that have records."""
        return [p for p in self.parts[name] if p.count and not p.fatal]

    def facts(self, tables: Iterable[Table]) -> dict[str, list[Facts]]:
        """What the checks of some tables hang on."""
        return {t.name: [p.facts for p in self.held(t.name)] for t in tables}

    def checks(self, table: Table) -> list[typed.Check]:
        """What is checked of each record of a table."""
        facts = self.facts([table])[table.name]
        return checking.checks_of(table, facts[0], facts, [])

    def gather(self, tables: list[Table]) -> Iterator[Filled]:
        """Load small tables, all of them at once, into the driver."""
        import pyarrow as pa

        spark, question = self.engine.spark, reading.held
        question = functools.partial(question, self.folder, self.facts(tables))
        several = [p.source for t in tables for p in self.held(t.name)]
        answers = iter(asking.ask(spark, several, question))
        again = []
        for table in tables:
            found = [next(answers) for _ in self.held(table.name)]
            said = [told.said for _, told in found]
            if self.unlike(table, self.held(table.name), said):
                again.append(table)
                continue
            schema = parts.arrow(typed_columns(table, self.checks(table)))
            whole = pa.concat_tables(numbered(found, schema))
            yield self.filled(table, functools.partial(spark.createDataFrame, whole), said)
        if again:
            yield from self.gather(again)

    def distribute(self, table: Table) -> Filled:
        """Load a table, a task a part, and let the executors keep it."""
        from pyspark.sql import DataFrame

        several = self.held(table.name)
        before = itertools.accumulate((p.count for p in several), initial=0)
        placed = list(zip(several, before, strict=False))
        own = [(p, n) for p, n in placed if columns.wanted(table, p)]
        others = [(p, n) for p, n in placed if not columns.wanted(table, p)]
        frames, said = [], []
        if others:
            relation = self.relation(table, others)
            said += [told.said for told in relation.told]
            if self.unlike(table, [p for p, _ in others], said):
                relation.drop()
                return self.distribute(table)
            frames.append(relation.frame)
            self.kept.append(relation.raw)
        if own:
            facts = self.facts([table])[table.name]
            frame, failing = columns.read(self.engine, table, own, facts)
            frames.append(frame)
            self.kept.append(frame)
            said.append(Said(failing))
        names = list(map(named.quote, typed_columns(table, self.checks(table))))
        whole = functools.reduce(DataFrame.unionAll, (f.select(*names) for f in frames))
        return self.filled(table, lambda: whole, said)

    def relation(self, table: Table, placed: list[tuple[Remote, int]]) -> Relation:
        """Files that executors read, each after so many records of the table."""
        task = functools.partial(reading.read, self.folder, self.facts([table]))
        kinds = typed_columns(table, self.checks(table))
        made = Relation(self.engine.spark, [p.source for p, _ in placed], task, kinds)
        made.offsets = [n for _, n in placed]
        return made

    def filled(self, table: Table, frame: Callable[[], DataFrame], said: list[Said]) -> Filled:
        """A table of which the readers of its parts have said what is wrong."""
        failing = sorted({i for one in said for i in one.failing})
        return Filled(table, frame, Loaded(self.checks(table), failing))

    def unlike(self, table: Table, held: list[Remote], said: list[Said]) -> bool:
        """Whether the proof of some part did not hold; from now on Python reads that."""
        wrong = False
        for part, one in zip(held, said, strict=True):
            if one.unlike:
                wrong = True
                at = self.parts[table.name].index(part)
                source = part.source._replace(staged=True)
                self.parts[table.name][at] = Remote(source, one.unlike, self.here)
        return wrong


def numbered(found: list[tuple], schema: pa.Schema) -> Iterator[pa.Table]:
    """The records of parts as tables, numbered over all of them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    before = 0
    for batches, told in found:
        for batch in batches:
            held = pa.table({n: batch.column(n) for n in schema.names}).cast(schema)
            yield held.set_column(0, schema.field(0), pc.add(held.column(0), before))
        before += told.records


def typed_columns(table: Table, checks: list[typed.Check]) -> dict[str, str]:
    """The columns of a table as it is loaded, with its masks."""
    kinds = {f.name: typed.SQL_TYPES[f.type] for f in table.fields}
    return {"_row": "BIGINT", **kinds, **dict.fromkeys(masked.masks(len(checks)), "BIGINT")}
