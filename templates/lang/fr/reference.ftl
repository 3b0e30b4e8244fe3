docs = Référence de l’API
docs-lead = Chaque appel de cette instance, avec ce qu’il prend et ce qu’il répond. Première visite ?
docs-search = Appel, champ ou chemin
docs-all = Tous les appels
docs-console = Retour à la console
docs-try = Essayer des appels
docs-try-may = Pour 15 minutes, au nom de { $name } :
docs-try-read = Lire
docs-try-write = Lire et écrire
docs-try-nobody = Une fois connecté, les appels portent un jeton à vous.
docs-try-unscripted = Essayer des appels demande JavaScript. Lire la référence, non.
docs-openapi = La même en OpenAPI 3.1
docs-markdown = Cette page en Markdown
docs-found = { $n ->
    [one] Un appel trouvé
   *[other] { $n } appels trouvés
}
docs-calls = { $n ->
    [one] Un appel
   *[other] { $n } appels
}
docs-with = Exemples pour
docs-begin = Tous commencent par
docs-security = S’authentifier avec
docs-security-token = un jeton d’accès
docs-security-client = l’id du client et une clé d’API
docs-security-nobody = rien
docs-answers = Répond
docs-answer = Réponse
docs-id = Nom dans les clients
docs-repeat = Répétable avec
docs-query = Dans la requête
docs-head = Dans l’en-tête
docs-body = Corps
docs-reply = { $n ->
    [one] Réponse, un champ
   *[other] Réponse, { $n } champs
}
docs-statuses = Statuts
docs-required = Requis
docs-inside = { $n ->
    [one] Un champ
   *[other] { $n } champs
}
