"""What a vehicle has to have for somebody, and what one lacks of it: one need for the search, the waiting list and the plan. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from fleet.kinds import Kind
from fleet.vehicle_sheet import EQUIPMENT, equipment_of
from mobility.errors import RuleBroken
from mobility.names import fold

NEED = "need"  # the code of what speaks against a vehicle that lacks some of it
AUTOMATIC, DOUBLE_CONTROLS, ADAPTED = "automatic", "double_controls", "adapted"
NEEDS = {AUTOMATIC: "boîte automatique", DOUBLE_CONTROLS: "doubles commandes", ADAPTED: "un aménagement", **EQUIPMENT}
_OF_GEARBOXES = frozenset({DOUBLE_CONTROLS, ADAPTED})


@dataclass(frozen=True, kw_only=True)
class Need:
    """Codes of NEEDS, and which adaptation, in words; it is said of the vehicle, never of the person."""

    codes: tuple[str, ...] = ()
    adaptation: str = ""

    @property
    def words(self) -> str:
        """All of it in words: "boîte automatique, siège enfant"."""
        return ", ".join(self.lacking((), ""))

    def lacking(self, has: Collection[str], adaptations: str) -> list[str]:
        """In words, what is missing of a vehicle that has these codes and adaptations."""
        found = [NEEDS[code] for code in self.codes if code not in has and not (code == ADAPTED and self.adaptation)]
        known = fold(adaptations).split()
        fits = all(any(word.startswith(asked) for word in known) for asked in fold(self.adaptation).split())
        return found if fits else [*found, f"aménagement « {self.adaptation} »"]


NO_NEED = Need()


def need_for(codes: Iterable[str], adaptation: str | None) -> Need:
    """A need, each thing once, in the order of the list."""
    asked = set(codes)
    return Need(codes=tuple(code for code in NEEDS if code in asked), adaptation=(adaptation or "").strip())


def check_need(need: Need, kind: Kind) -> None:
    """Nobody waits for what no vehicle of the kind can have. Raises RuleBroken."""
    known = {AUTOMATIC, *equipment_of(kind), *(_OF_GEARBOXES if kind.has_gearbox else ())}
    if foreign := [NEEDS[code] for code in need.codes if code not in known]:
        raise RuleBroken(f"Cela ne va pas avec {kind.a} : {', '.join(foreign)}.", field="needs")
    if need.adaptation and not kind.has_gearbox:
        raise RuleBroken(f"Aucun aménagement ne se note pour {kind.a}.", field="adaptation")
