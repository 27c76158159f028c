"""A file is named after what it holds."""

from tests.architecture import source

VAGUE = {"utils", "util", "helpers", "helper", "common", "services", "service", "manager", "managers", "misc"}


def test_no_vague_name() -> None:
    names = {
        source.name(path): VAGUE.intersection([path.stem, *path.parent.parts])
        for path in source.files(".py", ".html", ".css", ".js", ".typ")
    }
    vague = {path: sorted(words) for path, words in names.items() if words}
    assert not vague, f"say what the file is about: {vague}"
