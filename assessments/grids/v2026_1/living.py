"""Grid 2026.1, second half: what helps or hinders around the trip. Written to be read side by side with the person."""

from assessments.grid import Dimension, Item

LANGUAGE = Dimension(
    code="language",
    label="Langue et lecture",
    weight=10,
    strength="Vous vous faites comprendre et vous lisez ce qu’il faut pour la route.",
    next_step="Rejoindre un atelier de français avec des mots de la mobilité.",
    items=(
        Item(
            code="speaking",
            label="Je me fais comprendre en français",
            levels=(
                "J’ai besoin d’un interprète.",
                "Je dis quelques mots.",
                "Je me fais comprendre pour les choses simples.",
                "Je tiens une conversation au téléphone.",
                "J’explique une situation compliquée, une panne par exemple.",
            ),
        ),
        Item(
            code="reading",
            label="Je lis un panneau, un courrier",
            levels=(
                "Je ne lis pas le français.",
                "Je reconnais des mots, le nom de mon arrêt par exemple.",
                "Je lis un message court.",
                "Je lis un courrier, en prenant mon temps.",
                "Je lis un contrat et je pose mes questions.",
            ),
        ),
        Item(
            code="numbers",
            label="Je me sers de l’heure et des nombres",
            levels=(
                "Je ne lis pas l’heure.",
                "Je lis l’heure, pas un tableau d’horaires.",
                "Je lis un tableau d’horaires avec de l’aide.",
                "Je calcule la durée d’un trajet.",
                "Je calcule la durée d’un trajet et ce qu’il coûte.",
            ),
        ),
    ),
)

DIGITAL = Dimension(
    code="digital",
    label="Numérique",
    weight=10,
    strength="Vous vous servez d’internet pour vos trajets et vos démarches.",
    next_step="Apprendre à chercher un trajet sur un téléphone, en atelier.",
    items=(
        Item(
            code="phone",
            label="J’ai un téléphone",
            levels=(
                "Je n’ai pas de téléphone.",
                "J’ai un téléphone pour appeler, sans internet.",
                "J’ai un téléphone avec internet, mais pas toujours de crédit.",
                "J’ai internet sur mon téléphone et je m’en sers chaque jour.",
                "J’ai aussi un ordinateur, ou je sais où en trouver un.",
            ),
        ),
        Item(
            code="trip_search",
            label="Je cherche un trajet sur internet",
            levels=(
                "Je ne l’ai jamais fait.",
                "Quelqu’un le fait pour moi.",
                "Je le fais avec de l’aide.",
                "Je le fais pour les trajets que je connais.",
                "Je le fais partout, avec les horaires du jour.",
            ),
        ),
        Item(
            code="online_steps",
            label="Je fais mes démarches en ligne",
            levels=(
                "Je n’ai pas d’adresse électronique.",
                "J’ai une adresse électronique, mais je ne la regarde pas.",
                "Je fais mes démarches avec quelqu’un.",
                "Je fais les démarches simples sans aide.",
                "Je fais tout en ligne, payer aussi.",
            ),
        ),
    ),
)

BUDGET = Dimension(
    code="budget",
    label="Budget et papiers",
    weight=10,
    strength="Vous tenez votre budget et vos papiers.",
    next_step="Calculer ensemble le coût de vos trajets et réunir vos papiers.",
    items=(
        Item(
            code="trip_costs",
            label="Je sais ce que coûtent mes trajets",
            levels=(
                "Je n’en ai aucune idée.",
                "Je le découvre quand il faut payer.",
                "J’en ai une idée, à peu près.",
                "Je note ce que je dépense et je compare.",
                "Je le prévois dans mon budget du mois.",
            ),
        ),
        Item(
            code="paying",
            label="Je peux payer pour me déplacer",
            levels=(
                "Je ne peux rien payer en ce moment.",
                "Je peux payer quelques euros, certains mois.",
                "Je peux payer un petit montant chaque semaine.",
                "Je peux payer un loyer et le carburant.",
                "Je peux aussi mettre de côté pour un véhicule à moi.",
            ),
        ),
        Item(
            code="papers",
            label="Mes papiers sont en ordre",
            levels=(
                "Je n’ai pas de pièce d’identité valable.",
                "Ma demande de pièce d’identité est en cours.",
                "J’ai ma pièce d’identité, il me manque les autres papiers.",
                "Il me manque un seul papier.",
                "Tous mes papiers sont valables et je sais où ils sont.",
            ),
        ),
    ),
)

CONFIDENCE = Dimension(
    code="confidence",
    label="Confiance et habitudes",
    weight=0,
    items=(
        Item(
            code="confidence_outside",
            label="J’ai confiance pour me déplacer",
            levels=(
                "Sortir de mon quartier m’angoisse.",
                "J’y vais si quelqu’un m’accompagne tout du long.",
                "J’y vais si j’ai déjà fait le trajet avec quelqu’un.",
                "J’y vais, avec un peu d’appréhension.",
                "J’y vais sans y penser.",
            ),
        ),
        Item(
            code="unexpected",
            label="Je réagis quand le bus ne passe pas",
            levels=(
                "Je rentre chez moi.",
                "J’appelle quelqu’un, qui décide pour moi.",
                "J’attends, sans toujours prévenir.",
                "Je préviens et je demande conseil.",
                "Je préviens et je trouve une autre solution.",
            ),
        ),
        Item(
            code="punctuality",
            label="J’arrive à l’heure",
            levels=(
                "J’ai perdu l’habitude des horaires.",
                "J’arrive souvent en retard.",
                "J’arrive à l’heure si on me le rappelle.",
                "J’arrive presque toujours à l’heure.",
                "J’arrive à l’heure, même très tôt le matin.",
            ),
        ),
    ),
)

CONSTRAINTS = Dimension(
    code="constraints",
    label="Contraintes de la vie",
    weight=15,
    strength="Votre organisation vous laisse libre d’aller travailler.",
    next_step="Chercher une garde, un horaire ou un trajet qui tienne toute la semaine.",
    items=(
        Item(
            code="caring",
            label="Je peux faire garder mes enfants ou un proche",
            levels=(
                "Je n’ai aucune solution de garde.",
                "J’ai une solution certains jours.",
                "J’ai une solution, loin de chez moi ou du travail.",
                "J’ai une solution proche, sauf tôt le matin ou tard le soir.",
                "J’ai une solution à toute heure, ou personne à faire garder.",
            ),
        ),
        Item(
            code="shifts",
            label="Je peux travailler tôt, tard ou la nuit",
            levels=(
                "Je ne peux me déplacer qu’en pleine journée.",
                "Je peux partir tôt ou rentrer tard, exceptionnellement.",
                "Je peux partir tôt mais pas rentrer tard, ou l’inverse.",
                "Je peux partir tôt et rentrer tard, si je le sais avant.",
                "Je peux travailler à toute heure, la nuit aussi.",
            ),
        ),
        Item(
            code="distance",
            label="Le travail que je vise est accessible",
            levels=(
                "Il est à plus d’une heure, sans bus ni train.",
                "Il est à plus d’une heure, en bus ou en train.",
                "Il est à moins d’une heure, sans bus ni train.",
                "Il est à moins d’une heure, en bus ou en train.",
                "Il est à moins de vingt minutes.",
            ),
        ),
    ),
)
