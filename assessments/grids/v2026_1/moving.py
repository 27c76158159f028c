"""Grid 2026.1, first half: how somebody moves about today. Written to be read side by side with the person."""

from assessments.grid import Dimension, Item
from mobility.tongues import say

PRACTICE = Dimension(
    code="practice",
    label=say("Pratique actuelle et moyens"),
    weight=10,
    strength=say("Vous vous déplacez déjà par vous-même."),
    next_step=say("Chercher ensemble un premier moyen de vous déplacer."),
    items=(
        Item(
            code="current_trips",
            label=say("Je me déplace aujourd’hui"),
            levels=(
                say("Je sors très peu de chez moi."),
                say("Je vais à pied, près de chez moi."),
                say("Quelqu’un m’emmène quand il le peut."),
                say("Je me déplace par moi-même dans des lieux connus."),
                say("Je me déplace par moi-même, aussi dans des lieux nouveaux."),
            ),
        ),
        Item(
            code="vehicle_at_hand",
            label=say("J’ai un moyen de me déplacer"),
            levels=(
                say("Je n’ai rien, et personne ne peut me prêter de véhicule."),
                say("On me prête un vélo ou une voiture, rarement."),
                say("J’ai un véhicule, mais il faut le réparer ou l’assurer."),
                say("J’ai un véhicule qui roule, pas assez fiable pour tous les jours."),
                say("J’ai un véhicule fiable, ou un bus qui me mène au travail."),
            ),
        ),
        Item(
            code="reach",
            label=say("Je vais loin sans aide"),
            levels=(
                say("Je ne sors pas de mon quartier."),
                say("Je vais jusqu’au centre de ma commune."),
                say("Je vais dans les communes voisines."),
                say("Je vais dans tout le département."),
                say("Je vais partout où il le faut, même loin."),
            ),
        ),
    ),
)

LICENCES = Dimension(
    code="licences",
    label=say("Permis et droits"),
    weight=15,
    strength=say("Vous connaissez vos droits et votre situation de permis."),
    next_step=say("Faire le point sur le permis et demander vos tarifs réduits."),
    items=(
        Item(
            code="licence_held",
            label=say("J’ai un permis"),
            levels=(
                say("Je n’ai aucun permis et je n’ai rien commencé."),
                say("J’ai l’attestation de sécurité routière (ASSR ou ASR)."),
                say("J’ai le permis AM, ou je prépare le code."),
                say("J’ai le code, ou je prends des leçons de conduite."),
                say("J’ai le permis B, et il est valable."),
            ),
        ),
        Item(
            code="licence_path",
            label=say("Je sais comment obtenir ou garder mon permis"),
            levels=(
                say("Je ne sais pas par où commencer."),
                say("Je sais qu’il faut une auto-école, rien de plus."),
                say("Je connais les étapes et à peu près le prix."),
                say("J’ai un plan : une auto-école, une aide, une date."),
                say("J’ai mon permis et je sais combien de points il me reste."),
            ),
        ),
        Item(
            code="transport_rights",
            label=say("Je connais mes droits au transport"),
            levels=(
                say("Je ne savais pas qu’il existait des tarifs réduits."),
                say("J’en ai entendu parler, sans savoir à qui demander."),
                say("Je sais à quoi j’ai droit, la demande reste à faire."),
                say("Ma demande est faite, j’attends la réponse."),
                say("J’utilise déjà mes droits : carte, abonnement ou aide."),
            ),
        ),
    ),
)

ORIENTATION = Dimension(
    code="orientation",
    label=say("Orientation et transports en commun"),
    weight=15,
    strength=say("Vous savez préparer un trajet et trouver votre chemin."),
    next_step=say("Faire un premier trajet en bus ensemble, plan en main."),
    items=(
        Item(
            code="bus_map",
            label=say("Je lis un plan de bus"),
            levels=(
                say("Je n’en ai jamais lu."),
                say("Je m’y perds, même avec de l’aide."),
                say("J’y arrive si quelqu’un me montre."),
                say("J’y arrive pour les lignes que je connais."),
                say("J’y arrive dans n’importe quelle ville."),
            ),
        ),
        Item(
            code="connections",
            label=say("Je prends le bus ou le train"),
            levels=(
                say("Je n’ai jamais pris le bus ni le train."),
                say("Je prends une seule ligne, avec quelqu’un."),
                say("Je prends une seule ligne, sans aide."),
                say("Je fais une correspondance que je connais."),
                say("Je prépare un trajet nouveau, avec des correspondances."),
            ),
        ),
        Item(
            code="new_address",
            label=say("Je trouve une adresse que je ne connais pas"),
            levels=(
                say("Je n’y vais pas sans quelqu’un."),
                say("Je demande plusieurs fois et j’arrive souvent en retard."),
                say("J’y arrive si on m’a expliqué le chemin avant."),
                say("J’y arrive avec un plan ou mon téléphone."),
                say("J’y arrive sans difficulté, et je peux expliquer le chemin."),
            ),
        ),
    ),
)

ROAD = Dimension(
    code="road",
    label=say("Deux-roues et route"),
    weight=15,
    strength=say("Vous êtes à l’aise sur la route."),
    next_step=say("Reprendre le vélo ou la conduite avec un moniteur, à votre rythme."),
    items=(
        Item(
            code="cycling",
            label=say("Je roule à vélo"),
            levels=(
                say("Je ne sais pas faire de vélo."),
                say("J’en ai fait dans mon enfance, je n’ose plus."),
                say("Je roule sur un chemin, loin des voitures."),
                say("Je roule en ville, dans des rues calmes."),
                say("Je roule dans la circulation, de jour comme de nuit."),
            ),
        ),
        Item(
            code="road_rules",
            label=say("Je connais le code de la route"),
            levels=(
                say("Je ne connais pas les panneaux."),
                say("Je reconnais les panneaux les plus courants."),
                say("Je connais les priorités, avec des hésitations."),
                say("Je connais les règles et je les applique."),
                say("Je les applique et je prévois ce que feront les autres."),
            ),
        ),
        Item(
            code="recent_driving",
            label=say("Je conduis une voiture"),
            levels=(
                say("Je n’ai jamais conduit."),
                say("J’ai conduit quelques fois, avec quelqu’un à côté."),
                say("J’ai conduit, mais pas depuis plus d’un an."),
                say("Je conduis de temps en temps, sur des trajets connus."),
                say("Je conduis souvent, aussi la nuit ou sur une voie rapide."),
            ),
        ),
    ),
)

PSYCHOMOTOR = Dimension(
    code="psychomotor",
    label=say("Gestes et perception"),
    weight=0,
    items=(
        Item(
            code="senses",
            label=say("Je vois et j’entends bien sur la route"),
            levels=(
                say("J’ai du mal, et je n’en ai encore parlé à personne."),
                say("J’ai du mal, un rendez-vous est pris."),
                say("C’est corrigé en partie."),
                say("C’est bien corrigé, avec des lunettes ou un appareil."),
                say("Je n’ai pas de difficulté."),
            ),
        ),
        Item(
            code="gestures",
            label=say("Mes gestes suivent"),
            levels=(
                say("Certains gestes demandent un matériel adapté."),
                say("Je me fatigue très vite."),
                say("Je tiens un court trajet."),
                say("Je tiens un trajet d’une demi-heure."),
                say("Je n’ai pas de gêne."),
            ),
        ),
        Item(
            code="attention",
            label=say("Je garde mon attention"),
            levels=(
                say("Je perds vite le fil, et cela m’inquiète."),
                say("Je tiens une dizaine de minutes."),
                say("Je tiens si tout est calme autour de moi."),
                say("Je tiens longtemps, avec des pauses."),
                say("Je tiens même quand il y a beaucoup de circulation."),
            ),
        ),
    ),
)
