"""The association's tax regime, printed on every note and receipt (domain.md §9 "Cash"): a dated setting of the platform."""

TAX_SENTENCES = {
    "exempt": "Association exonérée de TVA (article 261, 7-1° du code général des impôts).",
    "franchise": "TVA non applicable (article 293 B du code général des impôts).",
    "liable": "Montants toutes taxes comprises.",
}
