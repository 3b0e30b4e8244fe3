project-list-lead = Chacun contient le contenu, les applications et les langues d’un site ou d’un produit.
project-search = Nom d’un projet
project-empty = Aucun projet
project-empty-lead = Un projet contient des pages et des articles. Créez le premier, puis un compte de service avec une clé qui le lit.
project-name = Nom
project-languages = Langues
project-changed = Modifié
