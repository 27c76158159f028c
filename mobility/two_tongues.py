"""What is sent to a person: in French, and below it the same in the tongue they asked for. Pure (docs/adr/0030).

`read` is that tongue's catalogue, None without one; what is plain French, not said, has no other tongue and is sent as it is.
"""

from collections.abc import Sequence
from textwrap import shorten

from mobility.sms import TEXT_MAX
from mobility.tongues import Catalogue, Spoken, into

LONGEST_SUBJECT = 200
_RULE = "———"


def mail_body(paragraphs: Sequence[str], read: Catalogue | None) -> str:
    """A mail's paragraphs; in the other tongue too where every one of them is said."""
    french = "\n\n".join(paragraphs) + "\n"
    if read is None or not all(isinstance(one, Spoken) for one in paragraphs):
        return french
    theirs = "\n\n".join(into(read, one) for one in paragraphs)
    return f"{french}\n{_RULE}\n\n{theirs}\n"


def subject_line(subject: str, read: Catalogue | None) -> str:
    """A mail's subject, in both."""
    theirs = into(read, subject)
    both = f"{subject} / {theirs}"
    return subject if theirs == subject or len(both) > LONGEST_SUBJECT else both


def text_body(platform_name: str, sentence: str, read: Catalogue | None) -> str:
    """A text message: both where they fit in one of the length we send; else the tongue asked for alone, which its reader reads."""
    french = shorten(f"{platform_name} : {sentence}", TEXT_MAX, placeholder=" …")
    if read is None or not isinstance(sentence, Spoken):
        return french
    theirs = shorten(into(read, sentence), TEXT_MAX - len(platform_name) - 3, placeholder=" …")
    both = f"{french}\n\n{theirs}"
    return both if len(both) <= TEXT_MAX and not french.endswith("…") else f"{platform_name} : {theirs}"
