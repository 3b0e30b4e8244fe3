# La médiathèque d’un projet, un fichier, et ce qui est dit des envois.
files = Fichiers
file-lead = Images, enregistrements et documents du projet, { $kept } en tout.
file-lead-room = Images, enregistrements et documents du projet, { $kept } sur { $room } en tout.
file-trash = Corbeille des fichiers
file-search = Nom, titre ou texte de remplacement
file-type = Type
file-every-type = Tous les types
file-type-image = Images
file-type-sound = Sons
file-type-film = Films
file-type-text = Textes
file-type-document = Documents
file-state = État
file-any-state = Tous les états
file-only-public = Publics
file-only-private = Privés
file-only-undescribed = Sans texte de remplacement
file-only-unused = Utilisés nulle part
file-order-newest = Les plus récents
file-order-changed = Derniers modifiés
file-order-name = Par nom
file-order-size = Les plus lourds
file-view = Vue
file-as-grid = Grille
file-as-list = Liste
file-folders = Dossiers
file-folders-all = Les { $n } dossiers
file-folder = Dossier
file-folder-empty = Vide
file-folder-new = Nouveau dossier
file-folder-make = Créer le dossier
file-folder-name = Nom
file-folder-into = Dans { $name }.
file-folder-in = Se trouve dans
file-folder-edit = Renommer ou déplacer…
file-folder-of = Dossier { $name }
file-folder-edit-lead = Ce qu’il contient le suit. Les adresses des fichiers restent les mêmes.
file-folder-actions = Actions pour ce dossier
file-folder-made = { $name } est créé.
file-folder-changed = { $name } est modifié.
file-folder-trashed = { $n ->
    [0] { $name } est dans la corbeille.
    [one] { $name } est dans la corbeille, avec un fichier.
   *[other] { $name } est dans la corbeille, avec { $n } fichiers.
}
file-folder-restored = Le dossier est de retour, avec ce qui l’avait suivi.
file-count = { $n ->
    [one] { $n } fichier
   *[other] { $n } fichiers
}
file-folder-count = { $n ->
    [one] { $n } dossier
   *[other] { $n } dossiers
}
file-root = Aucun dossier
file-none = Aucun fichier pour l’instant
file-none-here = Ce dossier est vide
file-none-lead = Envoyez ici des images, des enregistrements et des documents. L’adresse d’un fichier reste la même quand il est déplacé ou renommé.
file-guide = À propos des fichiers
file-choose = Choisir des fichiers
file-drop = ou les déposer ici, { $size } chacun au plus
file-chosen = choisis
file-chosen-actions = Que faire des fichiers choisis
file-chosen-more = Autres actions pour les fichiers choisis
file-clear = Ne rien choisir
file-move = Déplacer
file-move-to = Déplacer vers
file-make-public = Rendre publics
file-make-private = Rendre privés
file-several-moved = { $n ->
    [one] Un fichier est déplacé.
   *[other] { $n } fichiers sont déplacés.
}
file-several-public = { $n ->
    [one] Tout le monde peut désormais voir ce fichier.
   *[other] Tout le monde peut désormais voir ces { $n } fichiers.
}
file-several-private = { $n ->
    [one] Seuls les membres et les clés voient désormais ce fichier.
   *[other] Seuls les membres et les clés voient désormais ces { $n } fichiers.
}
file-several-trashed = { $n ->
    [one] Un fichier est dans la corbeille.
   *[other] { $n } fichiers sont dans la corbeille.
}
file-several-restored = { $n ->
    [one] Un fichier est de retour.
   *[other] { $n } fichiers sont de retour.
}
file-name = Nom
file-size = Taille
file-seen-by = Vu par
file-public = Public
file-public-hint = Tous ceux qui ont son adresse, les moteurs de recherche aussi.
file-private = Privé
file-private-hint = Les membres et les clés de ce projet. Les liens pour d’autres finissent après une heure.
file-may-tell = Il peut dire où, quand et par qui il a été fait : ce que des programmes écrivent dans ce type de fichier y reste.
file-undescribed = Sans texte de remplacement
file-upload = Envoyer des fichiers
file-upload-into = Dans { $name }.
file-upload-now = Envoyer
file-upload-public = Tout le monde peut les voir
file-upload-public-hint = Sinon, seuls les membres et les clés de ce projet les voient. Cela peut être changé plus tard.
file-yours = Fichiers
file-yours-one = Fichier
file-most = { $size } chacun au plus.
file-uploading = Envois
file-uploaded = { $n ->
    [one] Un fichier est là.
   *[other] { $n } fichiers sont là.
}
file-too-large = C’est trop lourd : { $size } au plus.
file-far = # sur #
file-waits = En attente
file-is-there = Est là
file-not-there = L’envoi n’a pas abouti. Essayez encore une fois.
file-stopped = Annulé
file-cancel = Annuler { $name }
file-cancel-all = Tout annuler
file-take-off = Retirer { $name } de la liste
file-all-done = Tous les envois sont terminés.
file-changed = Modifié { $ago }
file-download = Télécharger
file-replace = Remplacer
file-replace-dots = Remplacer…
file-replace-of = Remplacer { $name }
file-replace-lead = Son adresse et tout ce qui l’utilise restent ; le nouveau contenu y est montré aussitôt.
file-replaced = { $name } a son nouveau contenu.
file-versions = Contenu précédent
file-versions-of = Ce qu’il y avait dans { $name }
file-versions-lead = À chaque remplacement du fichier, son ancien contenu a été gardé. Tout reste un certain temps, puis de moins en moins. Cela compte dans ce que garde le projet, et seuls les membres et les clés le voient.
file-versions-none = Il n’y avait rien d’autre
file-versions-none-lead = Dès que son contenu est remplacé, ce qu’il y avait est ici.
file-versions-show = { $n ->
    [one] Un contenu précédent
   *[other] { $n } contenus précédents
}
file-version = Contenu
file-version-number = Contenu { $n }
file-version-since = Y était depuis
file-version-restore = Remettre
file-version-back = { $name } a de nouveau son ancien contenu.
file-saved = { $name } est enregistré.
file-restored = Le fichier est de retour.
file-erased = C’est supprimé pour de bon.
file-about = À propos de ce fichier
file-in-words = En mots
file-alt = Texte de remplacement
file-alt-hint = Ce que devrait savoir quelqu’un qui ne la voit pas. L’endroit qui l’utilise peut le dire autrement.
file-caption = Légende
file-title = Titre
file-description = Description
file-description-hint = Pour qui le cherche. Les lecteurs ne la voient pas.
file-address = Adresse
file-address-hint = Elle reste quand le fichier est renommé, déplacé ou remplacé.
file-address-copy = Copier l’adresse
file-link = Lien pour d’autres
file-link-make = Créer un lien pour une heure
file-link-until = Quiconque l’a voit le fichier jusqu’au { $at }.
file-facts = Faits
file-kind = Sorte
file-pixels = Pixels
file-uploaded-at = Envoyé
file-fingerprint = Empreinte
file-preview = Aperçu
file-preview-of = L’image { $name }
file-crop-square = Carré
file-crop-wide = Large
file-crop-tall = Haut
file-focal = Point d’intérêt
file-focal-left = Gauche
file-focal-top = Haut
file-focal-from-left = Pourcentage depuis la gauche
file-focal-from-top = Pourcentage depuis le haut
file-focal-hint = Cliquez sur l’image, ou saisissez-le. Chaque recadrage garde ce point en vue.
file-used-in = { $n ->
    [0] Utilisé nulle part
    [one] Utilisé à { $n } endroit
   *[other] Utilisé à { $n } endroits
}
file-used-nowhere = Aucune entrée n’y renvoie.
file-places = Endroits
file-trash-lead = Les fichiers et dossiers supprimés restent ici { $days } jours. Ils reviennent avec leurs adresses.
file-trash-lead-forever = Les fichiers et dossiers supprimés restent ici. Ils reviennent avec leurs adresses.
file-trash-none-lead = Les fichiers et dossiers que quelqu’un supprime se trouvent ici.
file-trash-empty-lead = { $n ->
    [one] Une chose est supprimée pour de bon. Personne ne la récupère.
   *[other] { $n } choses sont supprimées pour de bon. Personne ne les récupère.
}
file-trash-stays = Il y reste { $days } jours, et revient tel qu’il était.
file-trash-stays-forever = Il y reste, et revient tel qu’il était.
file-trash-used = { $n ->
    [one] L’endroit qui l’utilise est vide entre-temps.
   *[other] Les { $n } endroits qui l’utilisent sont vides entre-temps.
}
does-upload = Envoyer des fichiers
does-trash-file = Mettre un fichier à la corbeille
does-trash-folder = Mettre un dossier à la corbeille
field-filename = Nom
field-folderid = Dossier
field-parentid = Dossier
field-file = Fichier
field-files = Fichiers
field-alttext = Texte de remplacement
field-caption = Légende
field-focalpoint-x = Point d’intérêt
field-focalpoint-y = Point d’intérêt
fault-required-in-files = Choisissez un fichier.
fault-required-in-filename = Donnez-lui un nom.
fault-not-a-number = Il faut un nombre.
fault-out-of-range-in-focalpoint-x = De 0 à 100.
fault-out-of-range-in-focalpoint-y = De 0 à 100.
fault-unknown-reference-in-folderid = Ce dossier n’est plus là.
fault-unknown-reference-in-parentid = Ce dossier n’est plus là.
file-pick = Choisir un fichier
file-pick-dots = Choisir…
file-pick-none = Rien ne correspond.
file-sends = Envoi de { $name }…
content-private-files = { $n ->
    [one] Un fichier utilisé ici est privé : les lecteurs ne le voient pas.
   *[other] { $n } fichiers utilisés ici sont privés : les lecteurs ne les voient pas.
}
content-private-files-open = { $n ->
    [one] Le rendre public
   *[other] Les rendre publics
}
content-files-opened = { $n ->
    [one] Tout le monde peut désormais voir son fichier.
   *[other] Tout le monde peut désormais voir ses { $n } fichiers.
}
does-open-files = Rendre publics les fichiers d’une entrée
file-clear-list = Vider la liste
file-variants = Images plus petites
file-variant = Image
file-variant-thumbnail = Vignette
file-variant-small = Petite
file-variant-medium = Moyenne
file-variant-large = Grande
file-variant-copy = Copier l’adresse de { $name }
file-variants-coming = Elles sont en cours de création. Rechargez la page dans un instant.
file-variants-failed-too-large = Elle a trop de pixels ou d’octets pour qu’on en fasse de plus petites. Elle est montrée telle quelle.
file-variants-failed-unreadable = Elle est abîmée, ou écrite d’une façon qui n’est pas lue ici. On n’en fait pas de plus petites.
file-variants-failed-gave-up = Le serveur s’est arrêté plus d’une fois pendant leur création, elles ne sont donc plus essayées.
