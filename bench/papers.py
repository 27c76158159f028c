"""How long a contract takes to typeset, the first time (fonts are read) and then."""

from itertools import count
from time import perf_counter

from fleet.documents.contract import contract_pdf
from tests.ports.make_papers import make_contract

ROUNDS = 50


def main() -> None:
    numbers = count(1)

    def one() -> float:
        contract = make_contract(number=f"C-{next(numbers)}")
        begun = perf_counter()
        contract_pdf(contract)
        return (perf_counter() - begun) * 1000

    first = one()
    then = sorted(one() for _ in range(ROUNDS))
    print(
        f"a contract as PDF/UA: the first {first:.0f} ms, then {then[ROUNDS // 2]:.1f} ms (median of {ROUNDS}, slowest {then[-1]:.1f} ms)"
    )


if __name__ == "__main__":
    main()
