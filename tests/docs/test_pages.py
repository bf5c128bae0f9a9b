"""The pages for each kind of reader do what they say, from the first block to the last."""

from __future__ import annotations

import pytest

from tests.docs import blocks

PAGES = ("asking", "adding", "keeping")


@pytest.mark.parametrize("name", PAGES)
def test_every_block_of_a_page_runs(name, tmp_path):
    page = blocks.ROOT / "docs" / f"{name}.md"
    held = [b for b in blocks.blocks(page) if b.language != "r"]
    assert len(held) >= 3
    env = blocks.workplace(tmp_path)
    for block in held:
        done = blocks.run(block, tmp_path, env)
        assert done.returncode == 0, f"{page.name}:\n{block.text}\n{done.stdout}{done.stderr}"
        assert block.language != "sh" or "has no rows" not in done.stderr, block.text


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_no_command_that_is_not_run(name):
    text = (blocks.ROOT / "docs" / f"{name}.md").read_text("utf-8")
    bare = [b for b in blocks.FENCE.finditer(text) if not b["info"].strip()]
    assert not [b["text"] for b in bare if b["text"].startswith(("hudna ", "make ", "pip "))]
