"""What erasing a person does to the ground's tables (mobility/erasing.py)."""

from sqlalchemy import null

from mobility.erasing import FIRST_NAME, GONE, LAST_NAME, OF_THE_DAY, OF_THE_PERSON, Gone, Stripped

FIGURES = "Les comptes rendus des années passées : des codes, des dates et des liens."

FATES = (
    Stripped(
        table="beneficiary",
        why="Le numéro, sous lequel les livres et les comptes rendus tiennent encore.",
        empties={
            "first_name": FIRST_NAME,
            "last_name": LAST_NAME,
            "search_key": "",
            "identity_key": OF_THE_PERSON,
            "contact_by": "phone",
        }
        | dict.fromkeys(
            ("birth_on", "phone", "email", "address", "postcode", "commune", "lat", "lon", "without_bank_declared_on", "tongue"), null()
        ),
        keeps="number sex created_at last_contact_at erased_at merged_into_id",
    ),
    Stripped(
        table="liaison_form",
        why=FIGURES,
        empties=dict.fromkeys(
            (
                *("prescriber_name", "prescriber_email", "referent_name", "referent_email", "referent_phone", "wish", "licence_declared"),
                *("rsa_declared", "rsa_seen", "qpv_declared", "situations", "phone_given", "email_given", "contact_given"),
                *("import_key", "draft_key"),
                *("consent_on", "referent_consent_on", "licence_on"),
            ),
            null(),
        ),
        keeps="number beneficiary_id structure_id prescriber_account_id received_on motive status met_on decided_at decided_by reason "
        "other_offer sent_at closed_on late_told_on expired_on imported_on withdrawn_at referent_withdrawn_at",
    ),
    Stripped(
        table="job",
        why=FIGURES,
        empties=dict.fromkeys(("employer", "place", "hours", "one_way_tenths"), null()),
        keeps="beneficiary_id liaison_form_id kind starts_on ends_on weekdays",
    ),
    Stripped(
        table="action",
        why=FIGURES,
        empties={"import_key": null(), "charter_on": null()},
        keeps="beneficiary_id liaison_form_id kind started_on ended_on",
    ),
    Stripped(
        table="meeting",
        why=FIGURES,
        empties={"reminder_channel": None},
        keeps="beneficiary_id site_id kind starts_at adviser_id planned_at held_at came_late missed_at cancelled_at "
        "reminded_at reminder_outbox_id told_at told_by",
    ),
    Gone(table="document"),
    Stripped(
        table="workshop_seat",
        why=FIGURES,
        keeps="group_workshop_id beneficiary_id board alight charter_on state asked_at told_by answered_at reminded_at "
        "mark marked_at action_id",
    ),
    Gone(table="contact_note"),
    Gone(table="correction_request"),
    Gone(table="retention_notice"),
    Gone(table="liaison_paper"),
    Gone(table="attachment"),
    Stripped(
        table="message",
        why="Qu’un message est parti, et quand ; ni à qui, ni ce qu’il disait.",
        empties={"recipient": GONE, "subject": GONE, "body": GONE},
        keeps="outbox_id channel beneficiary_id created_at sent_at",
    ),
    Stripped(
        table="file_look",
        why="Qui du personnel a ouvert le dossier : la trace ne se réécrit pas.",
        keeps="beneficiary_id account_id at page",
    ),
    Stripped(
        table="audit_entry",
        why="Qui a fait quoi, sans aucune valeur : la trace ne se réécrit pas.",
        keeps="at account_id role verb table_name row_id subject_number changes",
    ),
    Gone(table="grant"),
    Gone(table="account_session"),
    Gone(table="api_token"),
    Stripped(
        table="link",
        why="Qu’un lien a été envoyé ; il n’ouvre plus rien.",
        empties={"email": null(), "expires_at": OF_THE_DAY},
        keeps="token_hash purpose account_id subject_id created_at used_at",
    ),
    Stripped(
        table="account",
        why="Des actes y renvoient par son numéro ; il n’ouvre plus rien.",
        empties={"name": "Compte effacé", "must_change": False, "disabled_at": OF_THE_DAY}
        | dict.fromkeys(
            ("email", "identifier", "phone", "password_hash", "code_until_at", "address_proven_at", "totp_secret", "totp_last_step"), null()
        ),
        keeps="created_at",
    ),
    Stripped(
        table="erasure",
        why="L’effacement lui-même, et jusqu’à quand la loi fait garder le reste.",
        keeps="beneficiary_id why erased_at erased_by kept_until sealed_at",
    ),
    Stripped(
        table="file_merge",
        why="Que deux dossiers n’en font qu’un, par leurs numéros.",
        empties={"before": {}, "made": {}},
        keeps="beneficiary_id merged_id merged_at merged_by moved last_ids undone_at undone_by",
    ),
)
OTHERS = {
    "structure": "Une structure : elle ne dit rien de la personne.",
    "site": "Un lieu de la plateforme.",
    "group_workshop": "Un atelier : son calendrier est celui de tout un groupe.",
}
