"""The list of erased files, by their number: when, why, by whom, and to which day their books are kept."""

from functools import partial

from flask import url_for

from mobility.erasing import WHYS
from mobility.listing import Column, Filter, Listing
from mobility.lists import period_filters
from mobility.models import Beneficiary, Erasure
from mobility.queries.erasures import ErasureLine
from mobility.web.fields import Choice

ERASURES = Listing(
    name="dossiers-effaces",
    title="Dossiers effacés",
    columns=[
        Column(
            "number",
            "Numéro",
            lambda line: line.number,
            [Beneficiary.number],
            lambda line: url_for("erasure.show", beneficiary_id=line.row.beneficiary_id),
            short=True,
        ),
        Column("erased", "Effacé le", lambda line: line.row.erased_at, [Erasure.erased_at], short=True),
        Column("why", "Pourquoi", lambda line: WHYS[line.row.why], [Erasure.why]),
        Column("by", "Par", lambda line: line.by_name),
        Column("kept", "Comptes gardés jusqu’au", lambda line: line.row.kept_until, [Erasure.kept_until], short=True),
    ],
    filters=[
        Filter("why", "Pourquoi", partial(Choice, WHYS), lambda query, why: query.filter(Erasure.why == why), lambda: list(WHYS.items())),
        *period_filters(Erasure.erased_at, "Effacé depuis le"),
    ],
    sort="-erased",
    tie=Erasure.id,
    read=lambda row: ErasureLine(row=row[0], number=row[1], by_name=row[2]),
)
