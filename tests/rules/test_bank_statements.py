"""A bank's file: amounts to the cent, whatever its dress; twins told apart; a trap refused unread."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.bank_statements import Credit, check_count, marks_of, read_cents, read_csv, read_on
from billing.camt import read_camt
from mobility.errors import RuleBroken

TODAY = date(2026, 3, 31)


def camt(*entries: str, iban: str = "FR7610107001011234567890129", ccy: str = "EUR") -> bytes:
    """A statement of the namespace that banks send."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>'
        f"<Acct><Id><IBAN>{iban}</IBAN></Id><Ccy>{ccy}</Ccy></Acct>{''.join(entries)}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def entry(cents: int, said: str, *, on: str = "2026-03-02", kind: str = "CRDT", ccy: str = "EUR", more: str = "") -> str:
    """A booked entry with one transaction."""
    amount = f"{cents // 100}.{cents % 100:02d}"
    return (
        f'<Ntry><Amt Ccy="{ccy}">{amount}</Amt><CdtDbtInd>{kind}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{on}</Dt></BookgDt>'
        f"<NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>Camille Essai</Nm></Pty></Dbtr></RltdPties><RmtInf><Ustrd>{said}</Ustrd></RmtInf>"
        f"</TxDtls>{more}</NtryDtls></Ntry>"
    )


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("17,50", 1750),
        ("17.5", 1750),
        ("+1 234,56", 123456),
        ("1\u202f234,56 €", 123456),
        ("1.234,56", 123456),
        ("1,234.56", 123456),
        ("-12,00", -1200),
        ("−12", -1200),
        ("12 EUR", 1200),
        ("0,05", 5),
    ],
)
def test_an_amount_is_read_in_whatever_dress(text: str, cents: int) -> None:
    assert read_cents(text) == cents


@pytest.mark.parametrize("text", ["1e3", "1.234", "12,345", "1000000000000", "12 USD", "", "douze", "1,2,3", "٣,٥٠", "--1", "1_000", "NaN"])
def test_an_amount_in_doubt_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="montant"):
        read_cents(text)


@given(st.integers(-(10**10), 10**10))
def test_every_cent_written_is_read_back(cents: int) -> None:
    sign, whole, rest = "-" if cents < 0 else "", abs(cents) // 100, abs(cents) % 100
    for written in (f"{sign}{whole},{rest:02d}", f"{sign}{whole}.{rest:02d}", f"{sign}{whole:,},{rest:02d}".replace(",", " ", 0)):
        if written.count(",") < 2:
            assert read_cents(written) == cents
    assert read_cents(f"{sign}{f'{whole:,}'.replace(',', ' ')},{rest:02d} €") == cents


@pytest.mark.parametrize(("text", "on"), [("02/03/2026", date(2026, 3, 2)), ("2026-03-02", date(2026, 3, 2)), ("2/3/26", date(2026, 3, 2))])
def test_a_day_is_read(text: str, on: date) -> None:
    assert read_on(text, today=TODAY) == on


@pytest.mark.parametrize("text", ["31/02/2026", "01/04/2026", "mars", "", "01/01/1999"])
def test_a_day_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_on(text, today=TODAY)


@pytest.mark.parametrize(
    "raw",
    [
        "Date;Libellé;Montant\n02/03/2026;VIR Éa;35,00\n03/03/2026;EDF;-40,00\n".encode("cp1252"),
        b"\xef\xbb\xbf"
        + "Compte;1234\n\nDate opération;Libellé opération;Débit;Crédit\n02/03/2026;VIR Éa;;35,00\n03/03/2026;EDF;40,00;\n".encode(),
        'date,libellé,montant,devise\n2026-03-02,"VIR Éa","35.00",EUR\n2026-03-03,EDF,-40.00,EUR\n'.encode(),
    ],
    ids=["semicolons-windows", "titles-two-columns", "commas"],
)
def test_a_csv_is_read_by_the_names_of_its_columns(raw: bytes) -> None:
    read = read_csv("r.csv", raw, today=TODAY)
    assert read.credits == (Credit(on=date(2026, 3, 2), cents=3500, label="VIR Éa"),) and read.debits == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("02/03/2026;VIR;1e3;EUR", "Ligne 2 : « 1e3 »"),
        ("02/03/2026;VIR;12,00;USD", "la monnaie est « USD »"),
        ("99/03/2026;VIR;12,00;EUR", "n’existe pas"),
        ("02/03/2026;VIR;;EUR", "le montant manque"),
        ("02/03/2026;VIR;1000000000000;EUR", "trop grand"),
    ],
)
def test_a_csv_with_one_bad_line_is_refused_whole(line: str, said: str) -> None:
    with pytest.raises(RuleBroken, match=said):
        read_csv("r.csv", f"Date;Libellé;Montant;Devise\n{line}\n".encode(), today=TODAY)


OURS, THEIRS = "FR7630006000011234567890189", "DE89370400440532013000"
TABLE = "Date;Libellé;Montant{0}\n02/03/2026;VIR {1};35,00{2}\n02/03/2026;VIR B;35,00{2}\n"


@pytest.mark.parametrize(
    ("text", "iban"),
    [
        (f"Relevé du compte {OURS}\n" + TABLE.format("", "", ""), OURS),
        (f"Titulaire;Association;IBAN;FR76 3000 6000 0112 3456 7890 189;BIC;AGRIFRPP\n{TABLE.format('', '', '')}", OURS),
        (f"IBAN : {THEIRS.lower()}\n\n" + TABLE.format("", "", ""), THEIRS),
        (TABLE.format(";Numéro de compte", "", f";{OURS}"), OURS),
        (f"Compte {OURS[:-1]}8\n" + TABLE.format("", "", ""), ""),  # a slip: no account
        (TABLE.format("", THEIRS, ""), ""),  # whoever paid is not whose statement it is
        (TABLE.format(";Compte contrepartie", "", f";{THEIRS}"), ""),
    ],
)
def test_a_csv_names_its_account_above_its_columns_or_in_its_own(text: str, iban: str) -> None:
    assert read_csv("r.csv", text.encode(), today=TODAY).iban == iban


def test_a_csv_of_two_accounts_is_refused() -> None:
    with pytest.raises(RuleBroken, match="plusieurs comptes"):
        read_csv("r.csv", f"{OURS}\n{THEIRS}\n{TABLE.format('', '', '')}".encode(), today=TODAY)


def test_another_kind_of_table_is_no_statement() -> None:
    with pytest.raises(RuleBroken, match="colonnes"):
        read_csv("parc.csv", "Nom;Type;Pôle\nVélo 3;vélo;Port\n".encode(), today=TODAY)
    with pytest.raises(RuleBroken, match="aucun crédit"):
        check_count(())


def test_a_camt_tells_its_credits() -> None:
    part = '<TxDtls><Amt Ccy="EUR">{}</Amt><RmtInf><Ustrd>{}</Ustrd></RmtInf></TxDtls>'
    batch = (
        '<Ntry><Amt Ccy="EUR">30.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-03-02</Dt></BookgDt>'
        f"<NtryDtls>{part.format('10.00', 'un')}{part.format('20.00', 'deux')}</NtryDtls></Ntry>"
    )
    pending = entry(500, "à venir").replace("BOOK", "PDNG")
    read = read_camt(camt(entry(1750, "PE-000001-9M"), entry(900, "EDF", kind="DBIT"), pending, batch), today=TODAY)
    assert [(each.cents, each.label, each.payer) for each in read.credits] == [
        (1750, "PE-000001-9M", "Camille Essai"),
        (1000, "un", ""),
        (2000, "deux", ""),
    ]
    assert (read.debits, read.iban) == (1, "FR7610107001011234567890129")


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><Document>&b;</Document>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document><Stmt>&x;</Stmt></Document>'


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (BOMB, "déclare des entités"),
        (BOMB.decode().encode("utf-16"), "déclare des entités"),
        (OUTSIDE, "déclare des entités"),
        (b"<Document><Stmt>", "ne se lit pas"),
        (b"<Document>\x00</Document>", "ne se lit pas"),
        (b'<?xml version="1.0" encoding="x-odd"?><a/>', "ne se lit pas"),
        (b"<html><body/></html>", "n’est pas un relevé"),
        (b"<a>" * 5000 + b"</a>" * 5000, "n’est pas un relevé"),
        (camt(entry(1200, "x", ccy="USD")), "USD"),
        (camt(entry(0, "x")), "au-dessus de zéro"),
        (camt(entry(10**14, "x")), "trop grand"),
        (camt(entry(1200, "x", on="2026-04-30")), "pas encore passé"),
        (camt(entry(1200, "x").replace(">12.00<", ">12.005<")), "montant en euros"),
        (
            camt(entry(1200, "x")).replace(b"</BkToCstmrStmt>", b"<Stmt><Acct><Id><IBAN>DE1</IBAN></Id></Acct></Stmt></BkToCstmrStmt>"),
            "plusieurs",
        ),
    ],
)
def test_a_camt_that_cannot_be_trusted_is_refused_whole(raw: bytes, said: str) -> None:
    with pytest.raises(RuleBroken, match=said):
        read_camt(raw, today=TODAY)


CREDITS = st.builds(
    Credit, on=st.dates(date(2026, 3, 1), date(2026, 3, 3)), cents=st.integers(1, 3), label=st.sampled_from(["VIR A", "VIR B"])
)


@given(st.lists(CREDITS, max_size=12), st.data())
def test_files_of_whole_days_that_overlap_tell_each_credit_once(credits: list[Credit], data: st.DataObject) -> None:
    everything = sorted(credits, key=lambda each: each.on)
    cut = data.draw(st.dates(date(2026, 3, 1), date(2026, 3, 3)))
    first = [each for each in everything if each.on <= cut]
    second = [each for each in everything if each.on >= cut]
    assert len(set(marks_of(everything))) == len(everything)
    assert set(marks_of(first)) | set(marks_of(second)) == set(marks_of(everything))
