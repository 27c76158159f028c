"""A command's platform, and a domain's no as a sentence instead of a trace."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy import select

from mobility.db import db, platform_scope
from mobility.errors import DomainError, InputRefused
from mobility.models import Platform


@contextmanager
def on_platform(slug: str) -> Iterator[int]:
    """Inside the platform of this slug; what a rule refuses is said and ends the command with 1."""
    found = db.session.scalar(select(Platform.id).filter(Platform.slug == slug))
    db.session.close()
    if found is None:
        raise click.ClickException(f"Aucune plateforme « {slug} ». Ouvrez-la : flask --app wsgi platform create {slug} --name NOM")
    with platform_scope(found), in_words():
        yield found


@contextmanager
def in_words() -> Iterator[None]:
    """A DomainError as click says errors: its sentence, and one a field."""
    try:
        yield
    except InputRefused as refused:
        raise click.ClickException("\n".join([refused.sentence, *refused.messages.values()])) from None
    except DomainError as refused:
        raise click.ClickException(refused.sentence) from None
