several-all = Tout choisir sur cette page
several-one = Choisir { $name }
several-chosen = # dans le choix
several-published = { $n ->
    [one] { $n } contenu est publié.
   *[other] { $n } contenus sont publiés.
}
several-unpublished = { $n ->
    [one] { $n } contenu est de nouveau un brouillon.
   *[other] { $n } contenus sont de nouveau des brouillons.
}
several-restored = { $n ->
    [one] { $n } contenu est revenu, tel quel.
   *[other] { $n } contenus sont revenus, tels quels.
}
several-erased = { $n ->
    [one] { $n } contenu a disparu pour de bon.
   *[other] { $n } contenus ont disparu pour de bon.
}
several-refused = { $n ->
    [one] { $n } ne l’a pas été :
   *[other] { $n } ne l’ont pas été :
}
several-erase = Supprimer définitivement…
several-erase-lead = Ce qui est choisi est supprimé avec ses versions. C’est irréversible.
fault-none-chosen = Choisissez-en au moins un d’abord.
fault-denied = Vous n’avez pas le droit de faire cela.
fault-changed-meanwhile = Quelqu’un l’a modifié entre-temps. Regardez-le, puis choisissez-le de nouveau.
fault-busy = Le serveur n’a pas pu s’en charger. Réessayez.
fault-in-use = Il sert ailleurs. Sa propre page montre où, avant qu’il n’aille à la corbeille.
