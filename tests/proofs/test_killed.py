"""Nothing acknowledged is lost and nothing is taken twice, whenever a server's process is killed."""

import json
import os
import random
import signal
import time
from collections import Counter
from threading import Event, Thread

import pytest
from sqlalchemy import func, select

from billing.models import Payment, Receipt
from billing.queries import verify_books
from mobility.db import db
from mobility.rights import Role
from tests.house import House
from tests.money import make_rental
from tests.serving import Address, served

CENTS = 100
DESKS, KILLS = 6, 40


class Desk:
    """Somebody who takes one payment after the other, and asks again under the same key until each is answered."""

    def __init__(self, house: House, address: Address, number: int) -> None:
        self.address, self.path = address, house.api(f"accounts/{make_rental(house, reference=f'booking:{number}')}/payments")
        self.number, self.token, self.body = number, house.bearer(Role.ADVISER), json.dumps({"means": "cheque", "cents": CENTS}).encode()
        self.keys: list[str] = []
        self.answers: Counter[str] = Counter()

    def work(self, over: Event) -> None:
        """Until it is over; the last payment is still answered."""
        while not over.is_set():
            self.keys.append(f"desk-{self.number}-{len(self.keys)}")
            while self._ask(self.keys[-1]) != "201":
                time.sleep(0.01)

    def _ask(self, key: str) -> str:
        try:
            said = str(self.address.ask("POST", self.path, self.token | {"Idempotency-Key": key}, self.body))
        except OSError:
            said = "no answer"
        self.answers[said] += 1
        return said


def kill_workers(address: Address, times: int, *, drawn: random.Random) -> int:
    """Kill one worker at a time as it works, without a word; how many were killed."""
    killed = 0
    while killed < times:
        time.sleep(drawn.uniform(0.05, 0.35))
        if there := address.workers():
            os.kill(drawn.choice(there), signal.SIGKILL)
            killed += 1
    return killed


@pytest.mark.proof
def test_workers_killed_while_payments_come(house: House) -> None:
    with served(house) as address:
        crew, over = [Desk(house, address, number) for number in range(DESKS)], Event()
        threads = [Thread(target=desk.work, args=(over,), daemon=True) for desk in crew]
        for thread in threads:
            thread.start()
        killed = kill_workers(address, KILLS, drawn=random.Random(KILLS))
        over.set()
        for thread in threads:
            thread.join(timeout=60)
    sent, answers = sum(len(desk.keys) for desk in crew), sum((desk.answers for desk in crew), Counter[str]())
    with house.reading():
        payments = db.session.scalar(select(func.count(Payment.id)).filter(Payment.status == "settled"))
        numbers = list(db.session.scalars(select(Receipt.number).order_by(Receipt.number)))
        broken = verify_books()
    said = f"{payments} kept, receipts 1…{len(numbers)}, books {broken or 'whole'}"
    print(f"{killed} workers killed, {sent} payments sent: {dict(answers)}; {said}")
    assert answers["no answer"] > 0, "nobody was there when a worker was killed"
    assert set(answers) <= {"201", "no answer", "503"}
    assert payments == sent == answers["201"]
    assert numbers == list(range(1, sent + 1)) and broken is None
