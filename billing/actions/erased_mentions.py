"""What of a person stands in the money of others: billing's part of an erasure (mobility/erasing.py)."""

from typing import Any

from sqlalchemy import Connection, delete, null, select, update

from mobility.db import Base
from mobility.erasing import Case


def erase_names_invoiced(connection: Connection, case: Case) -> None:
    """On invoices to those who pay a part of their days, their name gives way to their number: no sum, no day and no decision moves."""
    invoice, agreement, account = (Base.metadata.tables[name] for name in ("payer_invoice", "payer_agreement", "billing_account"))
    theirs = select(agreement.c.id, agreement.c.payer_id).join(
        account, (account.c.platform_id == agreement.c.platform_id) & (account.c.id == agreement.c.account_id)
    )
    theirs = theirs.where(account.c.platform_id == case.platform_id, account.c.beneficiary_id == case.beneficiary_id)
    agreements = {id_: payer_id for id_, payer_id in connection.execute(theirs)}
    asked = select(invoice.c.id, invoice.c.content).where(invoice.c.platform_id == case.platform_id)
    for id_, content in connection.execute(asked.where(invoice.c.payer_id.in_(set(agreements.values())))).all():
        lines = [_numbered(line, case.number) if line["agreement"] in agreements else line for line in content["lines"]]
        if lines != content["lines"]:
            connection.execute(update(invoice).where(invoice.c.id == id_).values(content=content | {"lines": lines}))


def lock_accounts(connection: Connection, case: Case) -> None:
    """Whoever is writing on one of their accounts is waited for: what comes of it is seen before the erasure is sealed."""
    account = Base.metadata.tables["billing_account"]
    theirs = (account.c.platform_id == case.platform_id) & (account.c.beneficiary_id == case.beneficiary_id)
    connection.execute(select(account.c.id).where(theirs).order_by(account.c.id).with_for_update())


def erase_words_of_the_bank(connection: Connection, case: Case) -> None:
    """What a bank said of their transfers gives way to our own reference, on the payment and on its receipt."""
    payment, receipt, account = (Base.metadata.tables[name] for name in ("payment", "receipt", "billing_account"))
    paid = select(payment.c.id, payment.c.reference).join(account, account.c.id == payment.c.account_id)
    paid = paid.where(account.c.platform_id == case.platform_id, account.c.beneficiary_id == case.beneficiary_id)
    worded = paid.where(payment.c.means == "transfer", payment.c.voucher.is_not(None))
    references = {id_: reference for id_, reference in connection.execute(worded)}
    issued = select(receipt.c.id, receipt.c.payment_id, receipt.c.content).where(receipt.c.platform_id == case.platform_id)
    for id_, payment_id, content in connection.execute(issued.where(receipt.c.payment_id.in_(references))).all():
        said = content | {"reference": references[payment_id]}
        connection.execute(update(receipt).where(receipt.c.id == id_).values(content=said))
    connection.execute(update(payment).where(payment.c.id.in_(references)).values(voucher=null()))


def _numbered(line: dict[str, Any], number: str) -> dict[str, Any]:
    return line | {"person": number}


def let_go_of_papers(connection: Connection, case: Case) -> None:
    """A hirer's invoice is a voucher of the platform's and stays, nobody's file any more; photos of their deposits are theirs, and go."""
    step, attachment = Base.metadata.tables["hire_step"], Base.metadata.tables["attachment"]
    vouchers = select(step.c.attachment_id).where(step.c.platform_id == case.platform_id, step.c.attachment_id.is_not(None))
    theirs = attachment.c.beneficiary_id == case.beneficiary_id
    mine = update(attachment).where(attachment.c.platform_id == case.platform_id, theirs)
    connection.execute(mine.where(attachment.c.id.in_(vouchers)).values(beneficiary_id=null()))
    photo, of_deposit, deposit, account = (
        Base.metadata.tables[name] for name in ("deposit_photo", "deposit_step", "deposit", "billing_account")
    )
    steps = (
        select(of_deposit.c.id).join(deposit, deposit.c.id == of_deposit.c.deposit_id).join(account, account.c.id == deposit.c.account_id)
    )
    steps = steps.where(account.c.platform_id == case.platform_id, account.c.beneficiary_id == case.beneficiary_id)
    shown = photo.c.step_id.in_(steps)
    ids = connection.scalars(select(photo.c.attachment_id).where(photo.c.platform_id == case.platform_id, shown)).all()
    connection.execute(delete(photo).where(photo.c.platform_id == case.platform_id, shown))
    connection.execute(update(attachment).where(attachment.c.id.in_(ids)).values(beneficiary_id=case.beneficiary_id))


MORE = (lock_accounts, erase_words_of_the_bank, erase_names_invoiced, let_go_of_papers)
