"""What the documents and the docstrings point at is there: a rule's source can be looked up, a link can be followed."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.architecture import source

SOURCE = re.compile(r"\b(?P<page>domain|architecture|promises|vocabulary)\.md(?: §(?P<section>[\d.]*\d)| \"(?P<heading>[^\"]+)\")?")
PICTURE = "docs/screenshots/desk.png"  # made by `dev.py screenshot` from the demo, not by hand
ELSEWHERE = re.compile(r"\bissues? (?:#?\d|steps? \d)|\b(?P<page>[\w-]+\.md)\b", re.I)  # a tracker's numbers; pages, ours or not
LINK = re.compile(r"\]\((?!\w+:)(?P<target>[^)#]+)")  # addresses elsewhere left out


def sections() -> set[str]:
    """The numbers one can cite of docs/domain.md: "10" for a chapter, "10.3" for a numbered point in it."""
    found, chapter = set(), ""
    for line in (source.ROOT / "docs/domain.md").read_text(encoding="utf-8").splitlines():
        if heading := re.match(r"## (\d+)\.", line):
            chapter = heading[1]
            found.add(chapter)
        elif point := re.match(r"(\d+)\. ", line):
            found.add(f"{chapter}.{point[1]}")
    return found


def citations() -> Iterator[tuple[str, re.Match[str]]]:
    for path in source.files(".py", ".html", ".css", ".js", ".typ", ".toml"):
        if path != Path(__file__):
            yield from ((source.name(path), match) for match in SOURCE.finditer(path.read_text(encoding="utf-8")))


def is_found(match: re.Match[str]) -> bool:
    page = source.ROOT / "docs" / f"{match['page']}.md"
    if not page.exists():
        return False
    if match["section"]:
        return match["section"] in sections()
    return not match["heading"] or bool(
        re.search(rf"^#.*{re.escape(match['heading'])}|\*\*{re.escape(match['heading'])}", page.read_text(encoding="utf-8"), re.M)
    )


def test_every_source_of_a_rule_can_be_looked_up() -> None:
    cited = list(citations())
    assert cited
    lost = sorted({f"{file}: {match[0]}" for file, match in cited if not is_found(match)})
    assert not lost, f"no such page, section or heading in docs/: {lost}"


def test_nothing_cites_what_a_clone_lacks() -> None:
    """Whoever reads the code has the repository and nothing else: a reason stands in words, or in a page of it."""
    pages = {path.name for path in source.files(".md")}
    lost = sorted(
        f"{source.name(path)}: {match[0]}"
        for path in source.files(".py", ".html", ".css", ".js", ".typ", ".toml", ".md")
        if path != Path(__file__)
        for match in ELSEWHERE.finditer(path.read_text(encoding="utf-8"))
        if match["page"] not in pages
    )
    assert not lost, f"say the reason in words, or cite a page of docs/: {lost}"


def test_every_link_between_documents_leads_somewhere() -> None:
    links = [(path, match["target"]) for path in source.files(".md") for match in LINK.finditer(path.read_text(encoding="utf-8"))]
    assert links
    dead = [f"{source.name(path)} → {target}" for path, target in links if target != PICTURE and not (path.parent / target).exists()]
    assert not dead, f"links to nothing: {dead}"


def test_each_novelty_is_told_once() -> None:
    """Two branches that both bring a line, one of them rewritten meanwhile, leave both of it behind."""
    heads = Counter(line[:60] for line in (source.ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines() if line.startswith("- "))
    assert heads
    twice = [head for head, times in heads.items() if times > 1]
    assert not twice, f"keep the line that is true today: {twice}"


def test_decisions_are_numbered_without_hole_or_twin() -> None:
    papers = sorted((source.ROOT / "docs" / "adr").glob("*.md"))
    assert [paper.name[:4] for paper in papers] == [f"{number:04d}" for number in range(1, len(papers) + 1)]
    assert [paper.name for paper in papers if not paper.read_text(encoding="utf-8").startswith(f"# {paper.name[:4]}. ")] == []
