# Les blocs et leurs erreurs.

fault-always-live = Un contenu de ce type est toujours en ligne.
fault-conflict = Indiquez l’un ou l’autre, pas les deux.
fault-duplicate = Ceci s’y trouve deux fois.
fault-misplaced-block = Un bloc de ce type ne peut pas être placé ici.
fault-not-found = Ceci n’existe plus.
fault-past = Choisissez un moment à venir.
fault-read-only = Ceci ne peut pas être modifié.
fault-too-deep = Ceci est imbriqué trop profondément.
fault-too-large = Ce contenu est trop long. Répartissez-le en plusieurs.
fault-unknown-block = Les blocs de ce type ne sont pas connus ici.
fault-unknown-kind = Ce type de contenu n’existe pas.
fault-malformed-in-data-file = Une adresse qui commence par https://, un chemin comme /images/mer.jpg, ou file: suivi de l’identifiant d’un fichier.
fault-malformed-in-data-url = Une adresse qui commence par https://, un chemin comme /images/mer.jpg, ou file: suivi de l’identifiant d’un fichier.
fault-malformed-in-data-poster = Une adresse qui commence par https://, un chemin comme /images/mer.jpg, ou file: suivi de l’identifiant d’un fichier.
fault-malformed-in-data-captions = Une adresse qui commence par https://, un chemin comme /images/mer.jpg, ou file: suivi de l’identifiant d’un fichier.
fault-malformed-in-data-items = Une adresse qui commence par https://, un chemin comme /images/mer.jpg, ou file: suivi de l’identifiant d’un fichier.
fault-malformed-in-data-link = Une adresse qui commence par https://, un chemin comme /livres, #partie, mailto:, tel:, ou entry:, dialog: ou file: suivi d’un identifiant.
