weekday-1 = lundi
weekday-2 = mardi
weekday-3 = mercredi
weekday-4 = jeudi
weekday-5 = vendredi
weekday-6 = samedi
weekday-7 = dimanche
date-weekday = { $weekday } { $day } { $month }
date-short = { $day } { $month }
dashboard-needs = { $n ->
    [0] Nous sommes le { $date }. Rien ne vous attend.
    [one] Nous sommes le { $date }. Une chose vous attend ; le reste tourne.
   *[other] Nous sommes le { $date }. { $n } choses vous attendent ; le reste tourne.
}
dashboard-attention = À traiter
dashboard-calm-reader = Rien ne vous attend.
dashboard-calm = Rien ne vous attend. Les brouillons, les clés qui expirent bientôt, les invitations en attente et les connexions échouées s’affichent ici.
dashboard-key-ends = La clé { $name } expire { $when }
dashboard-key-used = Dernier usage par { $owner } : { $ago }.
dashboard-key-unused = Elle appartient à { $owner } et n’a pas encore servi.
dashboard-regenerate = Régénérer…
dashboard-more-keys = { $n ->
    [one] { $n } autre clé expire d’ici une semaine
   *[other] { $n } autres clés expirent d’ici une semaine
}
dashboard-drafts-where = Dans { $app }. Seuls vous et votre équipe voyez les brouillons.
dashboard-lacking-where = Dans { $app }. Les lecteurs y voient la langue par défaut.
dashboard-translate = Traduire
dashboard-invitations = { $n ->
    [one] { $n } invitation est en attente
   *[other] { $n } invitations sont en attente
}
dashboard-invitations-lead = Une invitation expire d’elle-même au bout d’une semaine.
dashboard-failed = { $n ->
    [one] { $n } connexion échouée en 24 heures
   *[other] { $n } connexions échouées en 24 heures
}
dashboard-failed-of = { $name } ({ $n })
dashboard-look = Voir
dashboard-review = Relire
dashboard-start = Commencer
dashboard-make-key = Créer une clé
dashboard-invite = Inviter quelqu’un
dashboard-find = Tout retrouver
dashboard-drafts = { $n ->
    [one] { $n } brouillon
   *[other] { $n } brouillons
}
dashboard-scheduled = { $n ->
    [one] 1 programmé
   *[other] { $n } programmés
}
dashboard-keys = Clés API en service
dashboard-keys-ending = { $n ->
    [one] { $n } expire bientôt
   *[other] { $n } expirent bientôt
}
dashboard-apps = Applications
dashboard-languages = Langues
dashboard-first-steps = Premiers pas
dashboard-step-content-lead = D’abord un brouillon ; une fois en ligne, l’API distribue ce contenu.
dashboard-step-app-lead = Il contient ce que les lecteurs viennent lire : pages et articles, ou fiches.
dashboard-step-app = Ajouter un site web ou une base de connaissances
dashboard-step-account = Créer un compte de service
dashboard-step-account-lead = Une identité pour le script qui lit ou écrit.
dashboard-step-key = Lui donner une clé
dashboard-step-key-lead = Elle est montrée une fois et s’échange contre un jeton de courte durée.
dashboard-activity-all = Toute l’activité
dashboard-activity-none = Il ne s’est encore rien passé ici.
traffic = Trafic
traffic-span = Période
traffic-24h = 24 heures
traffic-30d = 30 jours
traffic-requests = requêtes à l’API
traffic-exchanges = échanges de jetons
traffic-answered = Servies
traffic-refused = Refusées
traffic-failed = En échec
traffic-refused-or-failed = Refusées ou en échec
traffic-given = Jeton remis
traffic-requests-title-24h = Requêtes à l’API par heure, ces 24 dernières heures
traffic-requests-title-30d = Requêtes à l’API par jour, du { $from } au { $to }
traffic-exchanges-title-24h = Échanges de jetons par heure, ces 24 dernières heures
traffic-exchanges-title-30d = Échanges de jetons par jour, du { $from } au { $to }
traffic-desc = { $total } en tout, dont { $low } refusés. Maximum { $when } : { $n }.
traffic-desc-none = Aucun sur cette période.
traffic-none-calls = Aucun appel dans cette période. Le premier se voit ici en moins d’une minute.
traffic-none-exchanges = Aucun échange dans cette période. Le premier se voit ici en moins d’une minute.
traffic-none-requests = Aucune requête dans cette période. La première se voit ici en moins d’une minute.
traffic-bar = { $when } : { $n }, dont { $low } refusés
traffic-today = Aujourd’hui
traffic-now = Maintenant
traffic-when = Quand
traffic-table = Afficher en tableau
traffic-note = Un échange compte pour chaque projet que la clé atteint. Les chiffres ont une minute de retard au plus.
traffic-busiest = Clés les plus actives
traffic-busiest-none = Aucune clé n’a rien demandé ici sur cette période.
traffic-all-keys = Toutes les clés
traffic-calls = appels
traffic-calls-title-24h = Appels par heure, les dernières 24 heures
traffic-calls-title-30d = Appels par jour, du { $from } au { $to }
dashboard-step-done = Fait :
