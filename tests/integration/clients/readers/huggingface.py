"""Hugging Face `datasets`, from files on disk, offline."""

import os

from tests.integration.clients.given import (
    Client,
    Column,
    Given,
    Seen,
    arrow_kind,
    installed,
)


def files(given: Given, kind: str, path) -> Seen:
    """Each table as a data set of its own."""
    os.environ |= {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1"}
    import datasets

    datasets.disable_progress_bars()
    datasets.logging.set_verbosity_error()

    def read(name: str) -> dict[str, Column]:
        held = datasets.load_dataset(kind, data_files=str(path(name)), split="train",
                                     cache_dir=str(given.scratch / "datasets"))  # fmt: skip
        return {n: Column(arrow_kind(f.dtype), list(held[n])) for n, f in held.features.items()}

    return given.each(read)


CLIENTS = [
    Client("Hugging Face datasets", "CSV: `load_dataset(\"csv\", …)`", installed("datasets"),
           lambda g: files(g, "csv", g.csv)),
    Client("Hugging Face datasets", "Parquet: `load_dataset(\"parquet\", …)`",
           installed("datasets"),
           lambda g: files(g, "parquet", lambda n: g.export("parquet") / f"{n}.parquet")),
]  # fmt: skip
