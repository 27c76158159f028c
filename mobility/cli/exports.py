"""`flask --app wsgi export …`: what a platform gives to others, each floor its own."""

from flask.cli import AppGroup

group = AppGroup("export", help="Files that a platform hands over.")
