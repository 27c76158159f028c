"""Grid 2026.1, first half: how somebody moves about today. Written to be read side by side with the person."""

from assessments.grid import Dimension, Item

PRACTICE = Dimension(
    code="practice",
    label="Pratique actuelle et moyens",
    weight=10,
    strength="Vous vous déplacez déjà par vous-même.",
    next_step="Chercher ensemble un premier moyen de vous déplacer.",
    items=(
        Item(
            code="current_trips",
            label="Je me déplace aujourd’hui",
            levels=(
                "Je sors très peu de chez moi.",
                "Je vais à pied, près de chez moi.",
                "Quelqu’un m’emmène quand il le peut.",
                "Je me déplace par moi-même dans des lieux connus.",
                "Je me déplace par moi-même, aussi dans des lieux nouveaux.",
            ),
        ),
        Item(
            code="vehicle_at_hand",
            label="J’ai un moyen de me déplacer",
            levels=(
                "Je n’ai rien, et personne ne peut me prêter de véhicule.",
                "On me prête un vélo ou une voiture, rarement.",
                "J’ai un véhicule, mais il faut le réparer ou l’assurer.",
                "J’ai un véhicule qui roule, pas assez fiable pour tous les jours.",
                "J’ai un véhicule fiable, ou un bus qui me mène au travail.",
            ),
        ),
        Item(
            code="reach",
            label="Je vais loin sans aide",
            levels=(
                "Je ne sors pas de mon quartier.",
                "Je vais jusqu’au centre de ma commune.",
                "Je vais dans les communes voisines.",
                "Je vais dans tout le département.",
                "Je vais partout où il le faut, même loin.",
            ),
        ),
    ),
)

LICENCES = Dimension(
    code="licences",
    label="Permis et droits",
    weight=15,
    strength="Vous connaissez vos droits et votre situation de permis.",
    next_step="Faire le point sur le permis et demander vos tarifs réduits.",
    items=(
        Item(
            code="licence_held",
            label="J’ai un permis",
            levels=(
                "Je n’ai aucun permis et je n’ai rien commencé.",
                "J’ai l’attestation de sécurité routière (ASSR ou ASR).",
                "J’ai le permis AM, ou je prépare le code.",
                "J’ai le code, ou je prends des leçons de conduite.",
                "J’ai le permis B, et il est valable.",
            ),
        ),
        Item(
            code="licence_path",
            label="Je sais comment obtenir ou garder mon permis",
            levels=(
                "Je ne sais pas par où commencer.",
                "Je sais qu’il faut une auto-école, rien de plus.",
                "Je connais les étapes et à peu près le prix.",
                "J’ai un plan : une auto-école, une aide, une date.",
                "J’ai mon permis et je sais combien de points il me reste.",
            ),
        ),
        Item(
            code="transport_rights",
            label="Je connais mes droits au transport",
            levels=(
                "Je ne savais pas qu’il existait des tarifs réduits.",
                "J’en ai entendu parler, sans savoir à qui demander.",
                "Je sais à quoi j’ai droit, la demande reste à faire.",
                "Ma demande est faite, j’attends la réponse.",
                "J’utilise déjà mes droits : carte, abonnement ou aide.",
            ),
        ),
    ),
)

ORIENTATION = Dimension(
    code="orientation",
    label="Orientation et transports en commun",
    weight=15,
    strength="Vous savez préparer un trajet et trouver votre chemin.",
    next_step="Faire un premier trajet en bus ensemble, plan en main.",
    items=(
        Item(
            code="bus_map",
            label="Je lis un plan de bus",
            levels=(
                "Je n’en ai jamais lu.",
                "Je m’y perds, même avec de l’aide.",
                "J’y arrive si quelqu’un me montre.",
                "J’y arrive pour les lignes que je connais.",
                "J’y arrive dans n’importe quelle ville.",
            ),
        ),
        Item(
            code="connections",
            label="Je prends le bus ou le train",
            levels=(
                "Je n’ai jamais pris le bus ni le train.",
                "Je prends une seule ligne, avec quelqu’un.",
                "Je prends une seule ligne, sans aide.",
                "Je fais une correspondance que je connais.",
                "Je prépare un trajet nouveau, avec des correspondances.",
            ),
        ),
        Item(
            code="new_address",
            label="Je trouve une adresse que je ne connais pas",
            levels=(
                "Je n’y vais pas sans quelqu’un.",
                "Je demande plusieurs fois et j’arrive souvent en retard.",
                "J’y arrive si on m’a expliqué le chemin avant.",
                "J’y arrive avec un plan ou mon téléphone.",
                "J’y arrive sans difficulté, et je peux expliquer le chemin.",
            ),
        ),
    ),
)

ROAD = Dimension(
    code="road",
    label="Deux-roues et route",
    weight=15,
    strength="Vous êtes à l’aise sur la route.",
    next_step="Reprendre le vélo ou la conduite avec un moniteur, à votre rythme.",
    items=(
        Item(
            code="cycling",
            label="Je roule à vélo",
            levels=(
                "Je ne sais pas faire de vélo.",
                "J’en ai fait dans mon enfance, je n’ose plus.",
                "Je roule sur un chemin, loin des voitures.",
                "Je roule en ville, dans des rues calmes.",
                "Je roule dans la circulation, de jour comme de nuit.",
            ),
        ),
        Item(
            code="road_rules",
            label="Je connais le code de la route",
            levels=(
                "Je ne connais pas les panneaux.",
                "Je reconnais les panneaux les plus courants.",
                "Je connais les priorités, avec des hésitations.",
                "Je connais les règles et je les applique.",
                "Je les applique et je prévois ce que feront les autres.",
            ),
        ),
        Item(
            code="recent_driving",
            label="Je conduis une voiture",
            levels=(
                "Je n’ai jamais conduit.",
                "J’ai conduit quelques fois, avec quelqu’un à côté.",
                "J’ai conduit, mais pas depuis plus d’un an.",
                "Je conduis de temps en temps, sur des trajets connus.",
                "Je conduis souvent, aussi la nuit ou sur une voie rapide.",
            ),
        ),
    ),
)

PSYCHOMOTOR = Dimension(
    code="psychomotor",
    label="Gestes et perception",
    weight=0,
    items=(
        Item(
            code="senses",
            label="Je vois et j’entends bien sur la route",
            levels=(
                "J’ai du mal, et je n’en ai encore parlé à personne.",
                "J’ai du mal, un rendez-vous est pris.",
                "C’est corrigé en partie.",
                "C’est bien corrigé, avec des lunettes ou un appareil.",
                "Je n’ai pas de difficulté.",
            ),
        ),
        Item(
            code="gestures",
            label="Mes gestes suivent",
            levels=(
                "Certains gestes demandent un matériel adapté.",
                "Je me fatigue très vite.",
                "Je tiens un court trajet.",
                "Je tiens un trajet d’une demi-heure.",
                "Je n’ai pas de gêne.",
            ),
        ),
        Item(
            code="attention",
            label="Je garde mon attention",
            levels=(
                "Je perds vite le fil, et cela m’inquiète.",
                "Je tiens une dizaine de minutes.",
                "Je tiens si tout est calme autour de moi.",
                "Je tiens longtemps, avec des pauses.",
                "Je tiens même quand il y a beaucoup de circulation.",
            ),
        ),
    ),
)
