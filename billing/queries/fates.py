"""What erasing a person does to billing's tables (mobility/erasing.py): the books stay as the law asks, under the number alone."""

from sqlalchemy import null

from mobility.erasing import GONE, Gone, Stripped

_BOOKS = "Pièce comptable : dix ans, sous le numéro seul."
_OF_BOOKS = "Ce qu’une pièce comptable suppose pour se lire : dates, sommes, codes et liens."


def _without(*names: str) -> dict[str, object]:
    return dict.fromkeys(names, null())


FATES = (
    Stripped(
        table="billing_account",
        why=_OF_BOOKS,
        keeps="beneficiary_id party reference label names programme kind tariff_version_id qpv first_on last_on rise_told_on terms "
        "out_of_service started_at ended_at opened_at closed_at",
    ),
    Stripped(table="charge", why=_BOOKS, keeps="account_id key kind first_on last_on cents sentence days posted_at entry_number"),
    Stripped(
        table="payment",
        why=_BOOKS,
        empties=_without("bank", "drawn_by", "session_reference", "checkout_url", "failure"),
        keeps="account_id deposit_id purpose means cents currency status key reference voucher charge_reference checkout_opened_at "
        "refunded_cents created_at settled_at taken_by entry_number",
    ),
    Stripped(
        table="payment_refund",
        why=_BOOKS,
        empties={"reason": GONE, "failure": null()},
        keeps="payment_id cents key status refund_reference asked_at asked_by settled_at entry_number",
    ),
    Stripped(table="receipt", why=_BOOKS, keeps="number payment_id issued_at cents content"),
    Stripped(
        table="gateway_event",
        why="Qu’un avis du prestataire est venu : le même, reçu deux fois, n’est compté qu’une.",
        empties={"content": {}, "reason": null(), "handled_note": null()},
        keeps="event_id kind payment_id cents currency outcome received_at handled_at handled_by",
    ),
    Stripped(
        table="gateway_difference",
        why=_OF_BOOKS,
        empties={"sentence": GONE, "note": null()},
        keeps="kind subject payment_id charge_reference cents first_seen_at last_seen_at mended_at mended_by mended_how",
    ),
    Stripped(
        table="gateway_move",
        why=_BOOKS,
        keeps="reference kind cents fee_cents at charge_reference payment_id is_elsewhere entry_number fee_entry read_at",
    ),
    Stripped(
        table="card_dispute",
        why=_BOOKS,
        keeps="reference payment_id cents status opened_at reply_by closed_at decided decided_at decided_by decided_entry",
    ),
    Stripped(
        table="bank_line",
        why=_BOOKS,
        empties={"label": GONE, "payer": GONE, "reference": GONE, "reason": null()},
        keeps="iban mark on cents sent_at sent_by state payment_id invoice_step_id done_at done_by",
    ),
    Stripped(
        table="deposit",
        why=_BOOKS,
        keeps="account_id kind status due_cents held_cents plan deferred_reason reduced_reason release_on expires_on",
    ),
    Stripped(
        table="deposit_step",
        why=_BOOKS,
        empties=_without("reason", "reference", "issuer"),
        keeps="deposit_id number act cents means dated_on why cost_cents owing_id at by entry_number",
    ),
    Stripped(table="carried_deposit", why=_OF_BOOKS, keeps="account_id deposit_id"),
    Stripped(
        table="banked_cheque",
        why=_BOOKS,
        empties=_without("returned_reason"),
        keeps="banking_id account_id entry_number cents returned_at returned_by returned_entry",
    ),
    Stripped(
        table="fuel_receipt",
        why=_BOOKS,
        keeps="account_id spent_on cents covered_cents centilitres paid seen_at seen_by entry_number withdrawn_at withdrawn_by "
        "withdrawn_reason withdrawal_entry",
    ),
    Stripped(
        table="payer_agreement",
        why=_BOOKS,
        keeps="payer_id account_id from_on to_on percent day_cents most_day_cents most_month_cents most_days most_cents reference told_on "
        "recorded_at recorded_by",
    ),
    Stripped(
        table="arrears_plan",
        why=_OF_BOOKS,
        empties=_without("ended_reason"),
        keeps="account_id cents parts paid_cents agreed_at agreed_by ended_at ended_by",
    ),
    Gone(table="chase_pause"),
    Stripped(
        table="loss_step",
        why=_BOOKS,
        empties=_without("reference"),
        keeps="number account_id act cents reason decided_on parts at by entry_number undoes_number",
    ),
    Gone(table="payment_reminder"),
    Gone(table="reminder_hold"),
    Stripped(
        table="saved_card",
        why="Qu’une carte a garanti la caution, et quand elle a été oubliée.",
        empties=_without("session_reference", "page_url", "holder_reference", "card_reference", "brand", "last4", "expires_on"),
        keeps="deposit_id status key most_cents asked_at asked_by agreed_at page_opened_at saved_at forgotten_at",
    ),
    Stripped(
        table="card_hold",
        why="Qu’une somme a été réservée, et quand elle a été rendue.",
        empties=_without("session_reference", "page_url", "brand", "last4"),
        keeps="deposit_id status key reference cents asked_at asked_by agreed_at page_opened_at charge_reference held_at capture_before "
        "step_id payment_id ended_at",
    ),
    Stripped(table="card_call", why=_OF_BOOKS, keeps="step_id payment_id card_id status asked_at answered_at"),
    Stripped(
        table="card_mandate",
        why="Qu’un accord a permis ces paiements, depuis quand et jusqu’à quand.",
        empties=_without("words"),
        keeps="beneficiary_id card_id most_cents agreed_at agreed_by ended_at ended_by ended_reason",
    ),
    Stripped(
        table="auto_payment",
        why=_OF_BOOKS,
        keeps="beneficiary_id mandate_id account_id week_on cents status reason told_at told_by told_outbox_id next_on ended_at "
        "seen_at seen_by",
    ),
    Stripped(table="auto_try", why=_OF_BOOKS, keeps="auto_payment_id number payment_id status refusal asked_at answered_at"),
    Stripped(
        table="hire_order",
        why=_BOOKS,
        empties=_without("conditions"),
        keeps="number account_id hirer_id first_on last_on unit unit_cents names_person contract_number contract_on cancelled_at "
        "ordered_at ordered_by",
    ),
    Stripped(
        table="hire_step",
        why=_BOOKS,
        empties=_without("reason"),
        keeps="hire_id about_id act cents on reference payer_id content attachment_id entry_number at by",
    ),
    Gone(table="tier_proof"),
    Gone(table="budget"),
    Stripped(
        table="ledger_line",
        why=_BOOKS,
        keeps="entry_number position ledger_code subject_number account_id debit_cents credit_cents",
    ),
    Stripped(table="journal_entry", why=_BOOKS, keeps="number on at journal label reference reverses previous_hash hash"),
)
OTHERS = {"payer": "Un organisme."}
