project-list-lead = Chacun contient le contenu, les applications et les langues d’un site ou d’un produit.
project-search = Nom d’un projet
project-empty = Aucun projet
project-empty-lead = Un projet contient des pages et des articles. Créez le premier, puis un compte de service avec une clé qui le lit.
project-name = Nom
project-languages = Langues
project-changed = Modifié
project-address = Son adresse
project-default = Langue par défaut
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
project-app-trash = Mettre à la corbeille
project-app-in-trash = Dans la corbeille
project-app-restore = Restaurer
project-app-restored = { $name } est de retour.
project-settings-lead = Le nom du projet, ses langues et ses applications.
project-address-hint = Unique dans l’organisation. Après un changement, les liens vers l’ancienne adresse ne mènent plus nulle part.
project-default-hint = Les textes simples sont dans cette langue, et elle remplace celles qui manquent.
project-further = Autres langues
project-further-hint = On peut écrire dans chacune. D’autres s’ajoutent à tout moment.
project-more-languages = Plus de langues
project-other-language = Une autre langue, par son code
project-others-by-tag = D’autres par leur code, comme pt-AO, sw-TZ
project-languages-hint = Une langue décochée est retirée : ses textes ne sont plus affichés ni modifiables. Ils restent enregistrés, et reviennent avec elle.
project-apps-first = Applications de départ
project-apps-first-hint = Les applications s’ajoutent, se renomment et se retirent à tout moment.
project-apps-lead = Chacune contient un type de contenu et a ses propres paramètres.
project-apps-none = Le projet n’a pas encore d’application. Ajoutez la première ci-dessous.
project-app-settings = Paramètres
project-app-saved = { $name } est enregistré.
project-app-address-hint = Unique dans le projet. Les scripts trouvent l’application par son identifiant, ou par cette adresse.
project-app-trash-lead = Avec tout ce qu’elle contient. Elle se restaure depuis les paramètres du projet.
project-app-trashed = { $name } est à la corbeille, avec tout son contenu.
project-app-in-trash-lead = Personne ne les trouve, ni leur contenu, avant leur restauration.
project-app-gone = depuis { $ago }
project-delete-lead = Son contenu et ses applications disparaissent aussitôt, et personne ne peut les faire revenir. Les clés limitées à ce projet ne servent plus à rien.
app-type-says-website = Des pages et des articles, dans chaque langue du projet.
app-type-says-forms = Des formulaires à remplir, et ce qui a été envoyé.
app-type-says-kb = Des articles par catégories, pour l’aide et les guides.
app-setting-pagedesign = L’allure des pages
app-setting-pagedesign-hint = En mots, pour les personnes et les agents qui écrivent des pages : ton, longueur, comment une page commence.
app-setting-notifyemail = Annoncer les nouveaux envois à
app-setting-notifyemail-hint = Une adresse e-mail. Laissée vide, personne n’est prévenu.
project-is-default = Par défaut
