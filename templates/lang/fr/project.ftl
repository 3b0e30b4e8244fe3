project-list-lead = Chacun contient le contenu, les applications et les langues d’un site ou d’un produit.
project-search = Nom d’un projet
project-empty = Aucun projet
project-empty-lead = Un projet contient des pages et des articles. Créez le premier, puis un compte de service avec une clé qui le lit.
project-name = Nom
project-languages = Langues
project-changed = Modifié
project-address = Son adresse
project-default = Langue par défaut
project-further = Autres langues
project-all-languages = Toutes les langues
project-tag-hint = Un code comme en ou fr-CA.
project-further-hint = Des codes, séparés par des virgules.
project-with-website = Commencer avec un site web pour des pages et des articles
project-create = Créer le projet
project-first-steps = Premiers pas
project-step-content = Écrire
project-step-content-lead = Créez une page ou un article.
project-step-account = Créer un compte de service
project-step-account-lead = Une identité pour le script qui lit ou écrit.
project-step-key = Lui donner une clé
project-step-key-lead = Elle est montrée une fois et échangée contre un jeton court.
project-content = Contenu
project-no-apps = Aucune application ne contient encore de contenu.
project-kind = Type
project-count = Nombre
project-drafts = Brouillons
project-apps = Applications
project-app-type = Type
project-app-name = Nom de l’application
project-app-add = Ajouter
project-app-added = { $name } est ajoutée.
app-type-website = Site web
app-type-forms = Formulaires
app-type-kb = Base de connaissances
project-delete = Supprimer le projet
project-delete-lead = Tout son contenu et ses applications disparaissent aussitôt ; les clés limitées à ce projet ne font plus rien.
project-deleted = Le projet est supprimé.
project-attention = À traiter
project-attention-pages = { $n ->
    [one] 1 page est en brouillon
   *[other] { $n } pages sont en brouillon
}
project-attention-posts = { $n ->
    [one] 1 article est en brouillon
   *[other] { $n } articles sont en brouillon
}
project-attention-keys = { $n ->
    [one] 1 clé expire dans la semaine
   *[other] { $n } clés expirent dans la semaine
}
project-attention-invitations = { $n ->
    [one] 1 invitation est en attente
   *[other] { $n } invitations sont en attente
}
project-app-name-of = Nom de { $name }
project-app-renamed = { $name } a son nouveau nom.
project-app-trash = Mettre à la corbeille
project-app-trashed = { $name } est dans la corbeille, avec tout son contenu.
project-app-in-trash = Dans la corbeille
project-app-restore = Restaurer
project-app-restored = { $name } est de retour.
