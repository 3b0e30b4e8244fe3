website-post-many = Articles
website-post-one = Article
website-post-new = Nouvel article
website-post-lead = Ce qui se suit : actualités, articles. Un article commence en brouillon.
website-post-all = Tous
website-post-write = Écrire un article
website-post-first = Créer votre premier article
website-post-drafts = { $n ->
    [one] { $n } article est un brouillon
   *[other] { $n } articles sont des brouillons
}
website-post-lacking = { $n ->
    [one] { $n } article sans { $language }
   *[other] { $n } articles sans { $language }
}
website-post-published = { $n ->
    [one] { $n } publié
   *[other] { $n } publiés
}
