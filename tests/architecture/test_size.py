"""Small files and short functions: a reader holds one thing at a time."""

import ast
from statistics import median

from tests.architecture import source

MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 45
MAX_VIEW_LINES = 30
VERBS = {"get", "post", "put", "patch", "delete", "route"}
MEDIAN_FUNCTION_LINES = 10


def test_no_file_is_longer_than_a_reader_bears() -> None:
    sizes = {source.name(path): len(path.read_bytes().splitlines()) for path in source.files(".py", ".html", ".css", ".js", ".typ")}
    assert sizes, "no source found: this test would pass on anything"
    long = {path: lines for path, lines in sizes.items() if lines > MAX_FILE_LINES}
    assert not long, f"cut by nouns, {MAX_FILE_LINES} lines at most: {long}"


def test_no_function_is_long() -> None:
    long = [
        f"{source.name(path)}:{function.lineno} {function.name} ({source.length(function)} lines)"
        for path in source.product_files()
        for function in source.functions(path)
        if source.length(function) > MAX_FUNCTION_LINES
    ]
    assert not long, f"name the parts, {MAX_FUNCTION_LINES} lines at most: {long}"


def test_a_view_parses_acts_and_answers() -> None:
    views = [
        (source.length(function), f"{source.name(path)}:{function.lineno} {function.name}")
        for path in source.product_files()
        for function in source.functions(path)
        if any(isinstance(d, ast.Call) and isinstance(d.func, ast.Attribute) and d.func.attr in VERBS for d in function.decorator_list)
    ]
    print(f"{len(views)} views, median {median(length for length, _ in views)} lines")
    long = [view for length, view in views if length > MAX_VIEW_LINES]
    assert views and not long, f"a rule goes to its noun, a write to an action, what a page gathers to a query: {long}"


def test_the_usual_function_is_under_ten_lines() -> None:
    lengths = [source.length(function) for path in source.product_files() for function in source.functions(path)]
    print(f"{len(lengths)} functions, median {median(lengths)} lines, longest {max(lengths)}")
    assert median(lengths) < MEDIAN_FUNCTION_LINES
