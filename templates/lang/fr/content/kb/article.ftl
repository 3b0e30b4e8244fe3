kb-article-many = Fiches
kb-article-one = Fiche
kb-article-new = Nouvelle fiche
kb-article-lead = Des réponses pour les lecteurs, par catégories. Une fiche commence en brouillon.
kb-article-all = Toutes
kb-article-write = Écrire une fiche
kb-article-first = Créer votre première fiche
kb-article-drafts = { $n ->
    [one] { $n } fiche est un brouillon
   *[other] { $n } fiches sont des brouillons
}
kb-article-lacking = { $n ->
    [one] { $n } fiche sans { $language }
   *[other] { $n } fiches sans { $language }
}
kb-article-published = { $n ->
    [one] { $n } publiée
   *[other] { $n } publiées
}
