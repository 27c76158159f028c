"""The ground's tables: types and constraints, no rule."""

from mobility.models.accounts import Account, AccountSession, ApiToken, Grant, Link, LoginAttempt
from mobility.models.attachments import Attachment
from mobility.models.contact_notes import ContactNote
from mobility.models.corrections import CorrectionRequest
from mobility.models.drafts import LiaisonDraft
from mobility.models.erasures import Erasure
from mobility.models.liaison_papers import LiaisonPaper
from mobility.models.merges import FileMerge
from mobility.models.paths import Action, Job, LiaisonForm, Meeting
from mobility.models.people import Beneficiary, Distinction, Document, Structure
from mobility.models.platforms import Counter, Platform, Setting, Site
from mobility.models.records import AuditEntry, FileLook, ImportDoubt, ImportRun, Message, Outbox, SentForm
from mobility.models.retention import RetentionNotice
from mobility.models.workshops import GroupWorkshop, WorkshopSeat

__all__ = [
    "Account",
    "AccountSession",
    "Action",
    "ApiToken",
    "Attachment",
    "AuditEntry",
    "Beneficiary",
    "ContactNote",
    "CorrectionRequest",
    "Counter",
    "Distinction",
    "Document",
    "Erasure",
    "FileLook",
    "FileMerge",
    "Grant",
    "GroupWorkshop",
    "ImportDoubt",
    "ImportRun",
    "Job",
    "LiaisonDraft",
    "LiaisonForm",
    "LiaisonPaper",
    "Link",
    "LoginAttempt",
    "Meeting",
    "Message",
    "Outbox",
    "Platform",
    "RetentionNotice",
    "SentForm",
    "Setting",
    "Site",
    "Structure",
    "WorkshopSeat",
]
