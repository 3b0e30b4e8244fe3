content-field-categoryids = Catégories
content-field-categoryids-none = Il n’y a pas encore de catégorie.
content-field-parentid = Dans
content-field-parentid-none = Rien, au premier niveau
content-field-icon = Icône
content-field-icon-hint = Tel que votre site l’appelle, par exemple mail.
fault-no-content = Cela n’a pas de contenu.
fault-circle = Rien ne peut être dans soi-même.
fault-too-deep-in-parentid = Ce serait trop profond. Choisissez un niveau plus haut.
nested-any = Toutes les catégories
nested-counts = { $naming ->
    [0] Rien ne s’y trouve
    [one] Un contenu s’y trouve
   *[other] { $naming } contenus s’y trouvent
}, { $below ->
    [0] et rien n’est placé dessous. Rien d’autre ne change.
    [one] et une catégorie est placée dessous. Ils restent où ils sont.
   *[other] et { $below } catégories sont placées dessous. Ils restent où ils sont.
}
nested-trash-below = Mettre aussi à la corbeille ce qui est placé dessous
content-trashed-some = { $n ->
    [one] { $n } contenu est dans la corbeille.
   *[other] { $n } contenus sont dans la corbeille.
}
content-restored-some = { $n ->
    [one] { $n } contenu est de retour, tel qu’il était.
   *[other] { $n } contenus sont de retour, tels qu’ils étaient.
}
nested-how = Glisser, ou Alt avec les flèches
nested-grip = Déplacer { $name }, { $place } sur { $of }
nested-naming = { $n ->
    [0] aucune fiche
    [one] { $n } fiche
   *[other] { $n } fiches
}
nested-new-below = Nouvelle catégorie dedans
nested-up = Monter
nested-down = Descendre
nested-in = Placer dans celle du dessus
nested-out = Sortir
nested-moved = { $name } est { $place } sur { $of } au premier niveau.
nested-moved-below = { $name } est { $place } sur { $of } dans { $below }.
