"""A CAMT.053 statement (ISO 20022), in any of its versions; a document that declares a type or an entity is refused unread. Pure."""

from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from billing.bank_statements import LONGEST_LABEL, Credit, Statement, read_cents, read_on, tidy
from mobility.errors import RuleBroken

MOST_DEPTH = 40
EUROS = "EUR"
_TORN = "Ce fichier XML ne se lit pas : exportez de nouveau le relevé, au format CAMT.053."
_ODD = "Ce fichier XML n’est pas un relevé CAMT.053. Demandez à votre banque l’export « CAMT.053 », ou envoyez un CSV."
_ARMED = "Ce fichier XML déclare des entités, ce qu’aucun relevé ne fait : il n’est pas ouvert."


def read_camt(raw: bytes, *, today: date) -> Statement:
    """The booked credits of a statement, one a transaction where the bank itemises them. Raises RuleBroken; nothing is then taken."""
    root = _parse(raw)
    statements = [part for part in root.iter() if part.tag == "Stmt"]
    if not statements:
        raise RuleBroken(_ODD)
    ibans = {_text(statement, "Acct/Id/IBAN").replace(" ", "").upper() for statement in statements}
    if len(ibans) > 1:
        raise RuleBroken("Ce fichier mêle les relevés de plusieurs comptes : envoyez-les un par un.")
    credits: list[Credit] = []
    debits = 0
    try:
        for entry in (entry for statement in statements for entry in statement.findall("Ntry") if _is_booked(entry)):
            if _text(entry, "CdtDbtInd") == "CRDT":
                credits += _credits(entry, today)
            else:
                debits += 1
    except ValueError as wrong:
        raise RuleBroken(f"Dans ce relevé, {wrong}. Rien n’en est pris.") from None
    return Statement(iban=min(ibans)[:34], credits=tuple(credits), debits=debits)


def _is_booked(entry: Element) -> bool:
    return (_text(entry, "Sts/Cd") or _text(entry, "Sts") or "BOOK") == "BOOK"


def _credits(entry: Element, today: date) -> Iterator[Credit]:
    """One credit an itemised transaction when their euros sum to the entry's, else the entry as a whole."""
    on, total = read_on(_text(entry, "BookgDt/Dt") or _text(entry, "BookgDt/DtTm"), today=today), _cents(entry.find("Amt"))
    parts = [part for part in entry.findall("NtryDtls/TxDtls") if (_text(part, "CdtDbtInd") or "CRDT") == "CRDT"]
    amounts = [_part_cents(part) for part in parts]
    if len(parts) > 1 and None not in amounts and sum(cents or 0 for cents in amounts) == total:
        for part, cents in zip(parts, amounts, strict=True):
            yield _credit(entry, part, on, cents or 0)
    else:
        yield _credit(entry, parts[0] if len(parts) == 1 else entry, on, total)


def _credit(entry: Element, part: Element, on: date, cents: int) -> Credit:
    said = [*_texts(part, "RmtInf/Ustrd"), *_texts(part, "RmtInf/Strd/CdtrRefInf/Ref"), _text(part, "Refs/EndToEndId")]
    said += [_text(part, "AddtlTxInf"), _text(entry, "AddtlNtryInf")]
    label = tidy(" ".join(dict.fromkeys(words for words in said if words and words != "NOTPROVIDED")), LONGEST_LABEL)
    payer = _text(part, "RltdPties/Dbtr/Nm") or _text(part, "RltdPties/Dbtr/Pty/Nm")
    reference = _text(part, "Refs/AcctSvcrRef") or _text(entry, "AcctSvcrRef")
    return Credit(on=on, cents=cents, label=label or "sans libellé", payer=tidy(payer), reference=tidy(reference))


def _part_cents(part: Element) -> int | None:
    amount = part.find("Amt") if part.find("Amt") is not None else part.find("AmtDtls/TxAmt/Amt")
    return _cents(amount) if amount is not None and amount.get("Ccy") == EUROS else None


def _cents(amount: Element | None) -> int:
    if amount is None or not amount.text:
        raise ValueError("le montant d’une écriture manque")
    if (currency := amount.get("Ccy", "")) != EUROS:
        raise ValueError(f"une écriture est en « {currency[:10]} », et seuls les euros sont rapprochés")
    whole, _, rest = amount.text.strip().partition(".")
    cents = read_cents(f"{whole},{rest.rstrip('0')[:3] or '0'}")
    if cents <= 0:
        raise ValueError("le montant d’un crédit n’est pas au-dessus de zéro")
    return cents


def _text(inside: Element, path: str) -> str:
    return (inside.findtext(path) or "").strip()


def _texts(inside: Element, path: str) -> list[str]:
    return [(found.text or "").strip() for found in inside.findall(path)]


def _parse(raw: bytes) -> Element:
    """The tree without its namespaces. The parser is told to refuse a document type, so no entity is ever defined, let alone unfolded."""
    tree, depth = TreeBuilder(), 0
    parser = expat.ParserCreate(namespace_separator="}")

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_DEPTH:
            raise RuleBroken(_ODD)
        tree.start(tag.rpartition("}")[2], attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        tree.end(tag.rpartition("}")[2])

    def refuse(*declared: object) -> None:
        raise RuleBroken(_ARMED)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, tree.data
    parser.StartDoctypeDeclHandler, parser.EntityDeclHandler = refuse, refuse
    parser.buffer_text = True
    try:
        parser.Parse(raw, True)
    except (expat.ExpatError, LookupError, ValueError):
        raise RuleBroken(_TORN) from None
    return tree.close()
