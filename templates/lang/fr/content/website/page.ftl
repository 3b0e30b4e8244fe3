website-page-many = Pages
website-page-one = Page
website-page-new = Nouvelle page
website-page-lead = Ce qui ne bouge pas : l’accueil, le contact, les conditions.
website-page-all = Toutes
website-page-write = Écrire une page
website-page-first = Créer votre première page
website-page-drafts = { $n ->
    [one] { $n } page est un brouillon
   *[other] { $n } pages sont des brouillons
}
website-page-lacking = { $n ->
    [one] { $n } page sans { $language }
   *[other] { $n } pages sans { $language }
}
website-page-published = { $n ->
    [one] { $n } publiée
   *[other] { $n } publiées
}
