"""Style, scripts and icons, made once at start, kept in memory, named by their content and cached by browsers for ever.

Memory rather than files for WhiteNoise: what is made at start would lie in a temporary folder, swept under a server that runs for weeks.
"""

import gzip
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, has_request_context, request
from markupsafe import Markup, escape
from werkzeug.wrappers import Request, Response

STATIC = Path(__file__).parents[2] / "static"
STYLES = ("tokens", "base", "layout", "forms", "parts", "gathered", "assessments", "print")  # the cascade's order
SHEETS = ("board", "looks")  # of a few pages, which name them themselves
ICONS = tuple((STATIC / "icons.txt").read_text("utf-8").split())  # add a name there to use an icon of the set


@dataclass(frozen=True, kw_only=True)
class Asset:
    """One file as sent: its path holds a hash of its content, `packed` is the same body under gzip."""

    path: str
    media_type: str
    body: bytes
    packed: bytes


class AssetServer:
    """WSGI layer that answers for the assets before sessions and databases are touched; every other path goes through."""

    def __init__(self, inner: WSGIApplication, assets: dict[str, Asset]) -> None:
        self.inner = inner
        self.by_path = {asset.path: asset for asset in assets.values()}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        asset = self.by_path.get(environ["PATH_INFO"])
        if asset is None or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.inner(environ, start_response)
        return _response(asset, Request(environ))(environ, start_response)


def register(app: Flask) -> None:
    """Serve the assets and give templates `asset("app.css")`, `icon_href("bicycle")` and `drawn("bicycle")`."""
    assets = build()

    def asset(name: str) -> str:
        root = request.script_root if has_request_context() else ""
        return root + assets[name].path

    def icon_href(name: str) -> str:
        if name not in ICONS:
            raise LookupError(f"the icon {name!r} is not in static/icons.txt")
        return f"{asset('icons.svg')}#{name}"

    def drawn(name: str) -> Markup:
        return Markup(f'<svg class="icon" aria-hidden="true"><use href="{escape(icon_href(name))}"/></svg>')

    app.jinja_env.globals.update(asset=asset, icon_href=icon_href, drawn=drawn)
    app.wsgi_app = AssetServer(app.wsgi_app, assets)  # type: ignore[method-assign]


@cache
def build() -> dict[str, Asset]:
    """Every asset by the name templates use: app.css, icons.svg, each sheet of a few pages, each script and each picture of static/."""
    css = "".join((STATIC / "css" / f"{name}.css").read_text("utf-8") for name in STYLES)
    made = [_asset("app.css", minify_css(css).encode()), _asset("icons.svg", sprite(ICONS).encode())]
    sheets = [_asset(f"{name}.css", minify_css((STATIC / "css" / f"{name}.css").read_text("utf-8")).encode()) for name in SHEETS]
    found = [_asset(path.name, path.read_bytes()) for path in sorted([*STATIC.glob("js/*.js"), *STATIC.glob("img/*.svg")])]
    return {_plain_name(asset): asset for asset in [*made, *sheets, *found]}


def minify_css(text: str) -> str:
    """The sheet without comments, idle spaces and idle zeros; the spaces around + and - in calc() stay."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ?([{};,>]) ?", r"\1", text)
    text = re.sub(r"(?<![\w.#%-])0(?=\.\d)", "", text)
    return re.sub(r"(?<=[\w)-]): ", ":", text).replace(";}", "}").strip()


def sprite(names: tuple[str, ...]) -> str:
    """An SVG of the named symbols, cut from the icon set that the bootstrap-flask package carries. Raises KeyError on an unknown name."""
    whole = files("flask_bootstrap").joinpath("static/bootstrap5/icons/bootstrap-icons.svg").read_text("utf-8")
    symbols = dict(re.findall(r'<symbol class="[^"]*" viewBox="0 0 16 16" id="([^"]+)">(.*?)</symbol>', whole))
    drawn = "".join(f'<symbol viewBox="0 0 16 16" id="{name}">{symbols[name]}</symbol>' for name in names)
    return f'<svg xmlns="http://www.w3.org/2000/svg">{drawn}</svg>'


_MEDIA_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}


def _asset(name: str, body: bytes) -> Asset:
    stem, extension = name.rsplit(".", 1)
    digest = hashlib.sha256(body).hexdigest()[:12]
    path = f"/static/{stem}.{digest}.{extension}"
    return Asset(path=path, media_type=_MEDIA_TYPES[extension], body=body, packed=gzip.compress(body, mtime=0))


def _plain_name(asset: Asset) -> str:
    stem, _digest, extension = asset.path.removeprefix("/static/").rsplit(".", 2)
    return f"{stem}.{extension}"


def _response(asset: Asset, asked: Request) -> Response:
    packs = asked.accept_encodings["gzip"] > 0
    response = Response(asset.packed if packs else asset.body, content_type=asset.media_type)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.vary.add("Accept-Encoding")
    if packs:
        response.content_encoding = "gzip"
    response.add_etag()
    return response.make_conditional(asked)
