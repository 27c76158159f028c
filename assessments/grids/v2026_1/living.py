"""Grid 2026.1, second half: what helps or hinders around the trip. Written to be read side by side with the person."""

from assessments.grid import Dimension, Item
from mobility.tongues import say

LANGUAGE = Dimension(
    code="language",
    label=say("Langue et lecture"),
    weight=10,
    strength=say("Vous vous faites comprendre et vous lisez ce qu’il faut pour la route."),
    next_step=say("Rejoindre un atelier de français avec des mots de la mobilité."),
    items=(
        Item(
            code="speaking",
            label=say("Je me fais comprendre en français"),
            levels=(
                say("J’ai besoin d’un interprète."),
                say("Je dis quelques mots."),
                say("Je me fais comprendre pour les choses simples."),
                say("Je tiens une conversation au téléphone."),
                say("J’explique une situation compliquée, une panne par exemple."),
            ),
        ),
        Item(
            code="reading",
            label=say("Je lis un panneau, un courrier"),
            levels=(
                say("Je ne lis pas le français."),
                say("Je reconnais des mots, le nom de mon arrêt par exemple."),
                say("Je lis un message court."),
                say("Je lis un courrier, en prenant mon temps."),
                say("Je lis un contrat et je pose mes questions."),
            ),
        ),
        Item(
            code="numbers",
            label=say("Je me sers de l’heure et des nombres"),
            levels=(
                say("Je ne lis pas l’heure."),
                say("Je lis l’heure, pas un tableau d’horaires."),
                say("Je lis un tableau d’horaires avec de l’aide."),
                say("Je calcule la durée d’un trajet."),
                say("Je calcule la durée d’un trajet et ce qu’il coûte."),
            ),
        ),
    ),
)

DIGITAL = Dimension(
    code="digital",
    label=say("Numérique"),
    weight=10,
    strength=say("Vous vous servez d’internet pour vos trajets et vos démarches."),
    next_step=say("Apprendre à chercher un trajet sur un téléphone, en atelier."),
    items=(
        Item(
            code="phone",
            label=say("J’ai un téléphone"),
            levels=(
                say("Je n’ai pas de téléphone."),
                say("J’ai un téléphone pour appeler, sans internet."),
                say("J’ai un téléphone avec internet, mais pas toujours de crédit."),
                say("J’ai internet sur mon téléphone et je m’en sers chaque jour."),
                say("J’ai aussi un ordinateur, ou je sais où en trouver un."),
            ),
        ),
        Item(
            code="trip_search",
            label=say("Je cherche un trajet sur internet"),
            levels=(
                say("Je ne l’ai jamais fait."),
                say("Quelqu’un le fait pour moi."),
                say("Je le fais avec de l’aide."),
                say("Je le fais pour les trajets que je connais."),
                say("Je le fais partout, avec les horaires du jour."),
            ),
        ),
        Item(
            code="online_steps",
            label=say("Je fais mes démarches en ligne"),
            levels=(
                say("Je n’ai pas d’adresse électronique."),
                say("J’ai une adresse électronique, mais je ne la regarde pas."),
                say("Je fais mes démarches avec quelqu’un."),
                say("Je fais les démarches simples sans aide."),
                say("Je fais tout en ligne, payer aussi."),
            ),
        ),
    ),
)

BUDGET = Dimension(
    code="budget",
    label=say("Budget et papiers"),
    weight=10,
    strength=say("Vous tenez votre budget et vos papiers."),
    next_step=say("Calculer ensemble le coût de vos trajets et réunir vos papiers."),
    items=(
        Item(
            code="trip_costs",
            label=say("Je sais ce que coûtent mes trajets"),
            levels=(
                say("Je n’en ai aucune idée."),
                say("Je le découvre quand il faut payer."),
                say("J’en ai une idée, à peu près."),
                say("Je note ce que je dépense et je compare."),
                say("Je le prévois dans mon budget du mois."),
            ),
        ),
        Item(
            code="paying",
            label=say("Je peux payer pour me déplacer"),
            levels=(
                say("Je ne peux rien payer en ce moment."),
                say("Je peux payer quelques euros, certains mois."),
                say("Je peux payer un petit montant chaque semaine."),
                say("Je peux payer un loyer et le carburant."),
                say("Je peux aussi mettre de côté pour un véhicule à moi."),
            ),
        ),
        Item(
            code="papers",
            label=say("Mes papiers sont en ordre"),
            levels=(
                say("Je n’ai pas de pièce d’identité valable."),
                say("Ma demande de pièce d’identité est en cours."),
                say("J’ai ma pièce d’identité, il me manque les autres papiers."),
                say("Il me manque un seul papier."),
                say("Tous mes papiers sont valables et je sais où ils sont."),
            ),
        ),
    ),
)

CONFIDENCE = Dimension(
    code="confidence",
    label=say("Confiance et habitudes"),
    weight=0,
    items=(
        Item(
            code="confidence_outside",
            label=say("J’ai confiance pour me déplacer"),
            levels=(
                say("Sortir de mon quartier m’angoisse."),
                say("J’y vais si quelqu’un m’accompagne tout du long."),
                say("J’y vais si j’ai déjà fait le trajet avec quelqu’un."),
                say("J’y vais, avec un peu d’appréhension."),
                say("J’y vais sans y penser."),
            ),
        ),
        Item(
            code="unexpected",
            label=say("Je réagis quand le bus ne passe pas"),
            levels=(
                say("Je rentre chez moi."),
                say("J’appelle quelqu’un, qui décide pour moi."),
                say("J’attends, sans toujours prévenir."),
                say("Je préviens et je demande conseil."),
                say("Je préviens et je trouve une autre solution."),
            ),
        ),
        Item(
            code="punctuality",
            label=say("J’arrive à l’heure"),
            levels=(
                say("J’ai perdu l’habitude des horaires."),
                say("J’arrive souvent en retard."),
                say("J’arrive à l’heure si on me le rappelle."),
                say("J’arrive presque toujours à l’heure."),
                say("J’arrive à l’heure, même très tôt le matin."),
            ),
        ),
    ),
)

CONSTRAINTS = Dimension(
    code="constraints",
    label=say("Contraintes de la vie"),
    weight=15,
    strength=say("Votre organisation vous laisse libre d’aller travailler."),
    next_step=say("Chercher une garde, un horaire ou un trajet qui tienne toute la semaine."),
    items=(
        Item(
            code="caring",
            label=say("Je peux faire garder mes enfants ou un proche"),
            levels=(
                say("Je n’ai aucune solution de garde."),
                say("J’ai une solution certains jours."),
                say("J’ai une solution, loin de chez moi ou du travail."),
                say("J’ai une solution proche, sauf tôt le matin ou tard le soir."),
                say("J’ai une solution à toute heure, ou personne à faire garder."),
            ),
        ),
        Item(
            code="shifts",
            label=say("Je peux travailler tôt, tard ou la nuit"),
            levels=(
                say("Je ne peux me déplacer qu’en pleine journée."),
                say("Je peux partir tôt ou rentrer tard, exceptionnellement."),
                say("Je peux partir tôt mais pas rentrer tard, ou l’inverse."),
                say("Je peux partir tôt et rentrer tard, si je le sais avant."),
                say("Je peux travailler à toute heure, la nuit aussi."),
            ),
        ),
        Item(
            code="distance",
            label=say("Le travail que je vise est accessible"),
            levels=(
                say("Il est à plus d’une heure, sans bus ni train."),
                say("Il est à plus d’une heure, en bus ou en train."),
                say("Il est à moins d’une heure, sans bus ni train."),
                say("Il est à moins d’une heure, en bus ou en train."),
                say("Il est à moins de vingt minutes."),
            ),
        ),
    ),
)
