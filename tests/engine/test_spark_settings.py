"""Settings of Spark that follow from what is to be read; Spark itself is not needed."""

from __future__ import annotations

import pytest

from hudna.engine.spark import settings


@pytest.mark.parametrize(
    ("held", "cores", "pieces"),
    [(10**7, 2, 2), (10**7, 64, 64), (10**9, 2, 29), (10**11, 64, 2980), (10**12, 400, 29802)],
)
def test_a_shuffle_is_cut_by_the_bytes_and_by_the_cores_of_the_cluster(held, cores, pieces):
    assert settings.pieces(held, cores) == pieces
