"""A link is built once for what it depends on, and anew for anything else."""

from flask import url_for

from mobility.web.addresses import stand_in
from tests.house import House


def test_a_link_remembered_is_the_link_asked_for(house: House) -> None:
    def here(root: str, slug: str) -> list[str]:
        with house.app.test_request_context("/", environ_overrides={"SCRIPT_NAME": root}):
            stand_in(slug)
            values = {"slug": slug}
            asked = [url_for("files.show", beneficiary_id=1, **values), url_for("files.show", beneficiary_id=1, x=1, **values)]
            asked += [url_for("files.show", beneficiary_id=1, x=True, **values), url_for("files.show", beneficiary_id="1", **values)]
            return [*asked, url_for("files.show", beneficiary_id=1, _anchor="papers", **values)]

    page = "/p/{}/people/1"
    for root, slug in (("", "ici"), ("/sous", "ici"), ("", "autre"), ("", "ici")):
        path = root + page.format(slug)
        assert here(root, slug) == [path, f"{path}?x=1", f"{path}?x=True", path, f"{path}#papers"]
