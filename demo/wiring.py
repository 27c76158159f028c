"""Hangs the demonstration on the application: its command."""

from flask import Flask
from flask_smorest import Api

from demo.command import demo


def register(app: Flask, api: Api) -> None:
    """Everything the demonstration brings."""
    app.cli.add_command(demo)
