"""What erasing a person does to fleet's tables (mobility/erasing.py): a vehicle's life stays, without whom it was lent to."""

from sqlalchemy import null

from mobility.erasing import GONE, OF_ITS_ROW, Gone, Stripped

_VEHICLE = "La vie du véhicule et les comptes rendus : des codes, des dates et des kilomètres."


def _without(*names: str) -> dict[str, object]:
    return dict.fromkeys(names, null())


FATES = (
    Stripped(
        table="booking",
        why=_VEHICLE,
        empties={"eligibility": [], "waivers": []} | _without("pattern", "one_way_tenths"),
        keeps="number beneficiary_id vehicle_id account_id job_id action_id starts_at ends_at status version programme qpv "
        "weekdays hold_expires_at handed_over_at returned_at price_sentence cap_applies new_chain_reason cancel_reason "
        "cancelled_at photos_gone_on created_at created_by",
    ),
    Stripped(
        table="contract",
        why="Qu’un contrat numéroté a été signé, et quand ; son texte part.",
        empties={"terms": {}} | _without("signer_name", "signature"),
        keeps="number booking_id made_at signed_at signed_how",
    ),
    Stripped(
        table="condition_report",
        why=_VEHICLE,
        empties=_without("note", "signer_name", "signature", "adviser_signature", "device_refusal"),
        keeps="booking_id vehicle_id moment zones checks fuel at by signed_at signed_how unsigned_reason signed_on_device_at",
    ),
    Stripped(
        table="vehicle_mark",
        why=_VEHICLE,
        empties=_without("note"),
        keeps="vehicle_id report_id zone kind x y seen_at seen_by gone_at gone_by",
    ),
    Stripped(
        table="odometer_reading",
        why=_VEHICLE,
        empties=_without("explanation", "reason"),
        keeps="vehicle_id booking_id km read_at status source supersedes_id read_by",
    ),
    Stripped(
        table="point_etape",
        why=_VEHICLE,
        empties=_without("cap", "job_state", "next_step"),
        keeps="booking_id meeting_id planned_at held_at mode reading_id condition_id payment_id held_by",
    ),
    Gone(table="monthly_review"),
    Gone(table="granted_trip"),
    Gone(table="cap_decision"),
    Stripped(
        table="defect",
        why=_VEHICLE,
        empties=_without("words", "photo_id", "answer"),
        keeps="vehicle_id booking_id part state block_id told_at told_by judged_at judged_by",
    ),
    Stripped(
        table="rescue",
        why=_VEHICLE,
        empties={"told": GONE},
        keeps="vehicle_id booking_id way other_vehicle_id channel decided_at decided_by",
    ),
    Stripped(
        table="fine",
        why="Qu’un avis a été réglé dans les temps, pour ce véhicule.",
        empties={"notice_number": OF_ITS_ROW} | _without("place", "offence", "points", "amount_cents"),
        keeps="number vehicle_id booking_id beneficiary_id loan_id status route offence_at sent_on due_on hirer_on reminded_days told_at "
        "told_how named_on named_how refused_on refused_reason contested_on settled_at outcome created_at created_by",
    ),
    Stripped(
        table="accident",
        why="Qu’un accident de ce véhicule est clos ; ce qu’il a coûté.",
        empties={"place": GONE, "injured": False}
        | _without(
            *("account", "third_name", "third_plate", "third_insurer", "third_policy", "police_report", "claim_number", "expert"),
        ),
        keeps="number vehicle_id booking_id beneficiary_id status happened_at circumstances insurer policy excess_cents due_on declared_on "
        "expert_on liability_percent work_order_id outcome closed_at version created_at created_by",
    ),
    Stripped(
        table="outcome",
        why="Les comptes rendus : ce que la location a donné.",
        keeps="beneficiary_id booking_id recorded_on end_reason job_kind lasting_solution recorded_by",
    ),
    Stripped(
        table="microcredit",
        why="Les comptes rendus : un microcrédit, et ce qu’il est devenu.",
        empties={"seller": GONE, "vehicle": GONE, "lines": [], "content": null()} | _without("quote_id", "lender"),
        keeps="number beneficiary_id booking_id status principal_cents rate_millionths months price_cents agreed_at agreed_to sent_on "
        "answered_on refused_reason paid_on dropped_at created_at",
    ),
    Gone(table="mode_choice"),
    Stripped(
        table="past_rental",
        why="Les comptes rendus des années reprises.",
        empties={"import_key": OF_ITS_ROW, "number": GONE, "waivers": [], "licence_on": null()},
        keeps="beneficiary_id action_id job_id outcome_id programme taken_at",
    ),
    Stripped(
        table="waiting_request",
        why="Les comptes rendus : une demande, et si elle a été servie.",
        empties={"needs": []} | _without("adaptation", "work_from", "work_to"),
        keeps="beneficiary_id kind automatic_only first_on last_on site_id with_children status asked_at asked_by first_for first_at "
        "withdrawn_for version",
    ),
    Stripped(table="waiting_proposal", why="Ce qu’une demande a reçu.", keeps="request_id booking_id made_at"),
)
OTHERS = {"vehicle": "Un véhicule."}
