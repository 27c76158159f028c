"""Where a page stands, as mails and papers say it: written by hand, for jobs and the command line make them too, outside any request."""

from flask import current_app


def page_address(slug: str, path: str) -> str:
    """A page of a platform under the address that people type, never the host that was asked; `path` as it goes on after the platform."""
    return f"{current_app.extensions['settings'].public_url}/p/{slug}/{path}"


def api_address(slug: str, path: str) -> str:
    """The same of the API."""
    return f"{current_app.extensions['settings'].public_url}/api/v1/p/{slug}/{path}"
