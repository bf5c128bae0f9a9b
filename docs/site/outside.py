"""Pages of the site that lie outside of docs/, and links that lead there."""

from __future__ import annotations

import re
from pathlib import Path

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parents[2]
PAGES = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
}
LINK = re.compile(r"(\]\()(?!https?:|#|mailto:)([^)\s#]+)(#[^)\s]*)?(\))")
REPOSITORY = "https://github.com/hudna-data/hudna/blob/main/"


def on_files(files: Files, config: dict) -> Files:
    """Add the pages of the repository's top folder, with links as seen from docs/."""
    for file, name in PAGES.items():
        text = (ROOT / file).read_text("utf-8")
        made = LINK.sub(lambda m: m[1] + led(m[2], ROOT, config) + (m[3] or "") + m[4], text)
        files.append(File.generated(config, name, content=made))
    return files


def on_page_markdown(markdown: str, page: object, config: dict, files: Files) -> str:
    """Let the links of a page in docs/ that lead out of it lead to the repository."""
    if page.file.generated_by is not None:
        return markdown
    docs = Path(config["docs_dir"])
    return LINK.sub(lambda m: m[1] + led(m[2], docs, config) + (m[3] or "") + m[4], markdown)


def led(link: str, base: Path, config: dict) -> str:
    """Where a link of a page in a folder leads on the site; what does not exist stays as it is."""
    target = (base / link).resolve()
    docs = Path(config["docs_dir"]).resolve()
    if target.is_relative_to(docs):
        return str(target.relative_to(docs)) if target.is_file() else REPOSITORY + "docs/" + link
    if not target.exists():
        return link
    inside = target.relative_to(ROOT).as_posix()
    return PAGES.get(inside, REPOSITORY + inside)
