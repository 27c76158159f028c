"""Modules that few requests need, loaded at their first use instead of at every start (docs/adr, "What few need is loaded later").

The checkers read the plain import, the interpreter takes the stand-in; a test holds that both name the same module:

    if TYPE_CHECKING:
        import openpyxl
    else:
        openpyxl = later("openpyxl")
"""

from importlib import import_module
from types import ModuleType
from typing import Any


class _Later(ModuleType):
    """Stands for a module: asked for a name, it loads the module, under Python's own lock, and answers from it."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self.__name__), name)


def later(name: str) -> ModuleType:
    """The module of this name, not loaded before something is asked of it."""
    return _Later(name)
