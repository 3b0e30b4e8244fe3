versions = Versions
versions-of = Versions de { $name }
versions-kept = { $n } conservées
version-n = Version { $n }
version-beside = Version { $n } comparée à la version { $other }
version-changes = { $n ->
    [one] 1 différence
   *[other] { $n } différences
}
version-against = Comparer à la
version-first = Version { $n }, la première conservée
version-same = Rien de ce qui est conservé d’un contenu n’a changé.
version-same-publish = Il a été publié. Les textes et les blocs sont restés tels quels.
version-same-unpublish = Il est repassé en brouillon. Les textes et les blocs sont restés tels quels.
version-before = avant
version-since = dans cette version
version-was = [avant]
version-new = [nouveau]
version-fields = Champs
version-content = Contenu
version-level-section = Section
version-level-column = Colonne
version-level-block = Bloc
version-became-added = Ajouté
version-became-removed = Supprimé
version-became-moved = Déplacé
version-became-changed = Modifié
version-source-create = Créé
version-source-edit = Modifié
version-source-publish = Publié
version-source-unpublish = Repassé en brouillon
version-source-revert = Rétabli
version-source-import = Importé
version-restore = Rétablir la version { $n }
version-restore-ask = Si vous rétablissez la version { $n }
version-restore-lead = Les textes et les blocs reviennent dans toutes les langues. L’adresse, le statut et les dates restent tels quels. Cela devient une version de plus : on peut donc revenir en arrière.
version-restored = La version { $n } est rétablie.
version-missing = { $n ->
    [one] Un élément vers lequel elle mène a disparu.
   *[other] { $n } éléments vers lesquels elle mène ont disparu.
}
trash = Corbeille
trash-lead = Ce qui est supprimé reste ici { $days } jours. Tout revient tel quel, avec son adresse et ses versions.
trash-lead-forever = Ce qui est supprimé reste ici. Tout revient tel quel, avec son adresse et ses versions.
trash-search = Nom
trash-kind = Type
trash-every-kind = Tous les types
trash-none = La corbeille est vide
trash-none-lead = Les pages, les articles et tout ce qui est supprimé se retrouvent ici.
trash-deleted = Supprimé
trash-by = par { $name }
trash-goes = Disparaît le
trash-never = jamais
trash-erase = Supprimer définitivement
trash-erased = { $name } a disparu pour de bon.
trash-empty = Vider la corbeille
trash-empty-ask = Vider la corbeille ?
trash-empty-lead = { $n ->
    [one] Un contenu est supprimé définitivement, avec ses versions. C’est irréversible.
   *[other] { $n } contenus sont supprimés définitivement, avec leurs versions. C’est irréversible.
}
trash-erase-all = Supprimer définitivement
trash-emptied = La corbeille est vide.
trash-emptied-some = Une partie de la corbeille a disparu. Videz-la de nouveau pour le reste.
redirects = Redirections
redirects-lead = Où mènent les chemins qu’aucun contenu n’a. Quand une adresse change, l’ancienne mène d’elle-même à la nouvelle.
redirect-search = Chemin
redirect-from = De
redirect-to = Vers
redirect-status = Genre
redirect-says-308 = Définitive (308)
redirect-is-308 = Définitive
redirect-says-307 = Provisoire (307)
redirect-is-307 = Provisoire
redirect-says-302 = Provisoire, un envoi peut devenir une lecture (302)
redirect-is-302 = Provisoire
redirect-says-301 = Définitive, un envoi peut devenir une lecture (301)
redirect-is-301 = Définitive
redirect-source-auto = après un changement d’adresse
redirect-source-manual = à la main
redirect-new = Nouvelle redirection
redirect-create = Créer la redirection
redirect-made = { $from } mène à { $to }.
redirect-end = Supprimer la redirection
redirect-ended = { $from } ne mène plus nulle part.
redirect-none = Aucune redirection
redirect-none-lead = La première vient d’elle-même quand une adresse change ; ou créez-en une ici.
field-frompath = De
field-frompath-hint = Un chemin de ce site, comme /ancien.
field-topath = Vers
field-topath-hint = Un chemin, ou une adresse ailleurs.
fault-taken-in-frompath = Un contenu ou une autre redirection a déjà ce chemin.
fault-malformed-in-frompath = Un chemin comme /ancien, sans point d’interrogation ni #.
fault-malformed-in-topath = Un chemin comme /nouveau, ou une adresse qui commence par https://.
version-look = Comparer
version-look-at = Comparer la version { $n }
version-back = Restaurer…
version-back-to = Restaurer… la version { $n }
versions-all = { $n ->
    [one] La seule version
   *[other] Les { $n } versions
}
version-restored-behind = Ce que vous n’aviez pas enregistré est encore dans l’éditeur : abandonnez-le pour voir la version.
