policy-lead = Des règles pour les clés créées à partir de maintenant. Les clés existantes restent telles quelles.
policy-days = Durée maximale d’une clé
policy-days-unit = jours
policy-days-hint = Laissez vide pour ne pas limiter.
policy-required = Chaque clé doit expirer
policy-personal = Les personnes peuvent avoir des clés personnelles
policy-touches-lead = Elles continuent jusqu’à ce qu’elles expirent, ou jusqu’à ce que quelqu’un les révoque.
policy-save-anyway = Enregistrer quand même
fault-days-range = Un nombre de jours de 1 à 3 650, ou rien.
policy-touches = { $n ->
    [one] { $n } clé existante ne serait plus permise.
   *[other] { $n } clés existantes ne seraient plus permises.
}
policy-more = et { $n } de plus
policy-ends = expire le { $day }
policy-endless = n’expire jamais
