"""Hangs assessments on the application: its pages, its API, its slots, its settings, its guards."""

from flask import Flask
from flask_smorest import Api

from assessments import models  # noqa: F401 — the tables must be known before the first mapping


def register(app: Flask, api: Api) -> None:
    """Everything assessments brings."""
