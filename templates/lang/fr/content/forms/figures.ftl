# Les chiffres d’un formulaire.

figures = Statistiques
figures-of = Statistiques de { $name }
figures-lead = Ce qui est arrivé, et ce que l’on a laissé vide. Qui regarde seulement n’est pas compté.
figures-days = Envois de chaque jour
figures-sent = envois
figures-none = Rien n’a été envoyé ces jours-là.
figures-bar = { $when } : { $n ->
    [one] 1 envoi
   *[other] { $n } envois
}
figures-optional = Ce qui peut rester vide, et combien de fois c’est rempli
figures-of-newest = { $n ->
    [one] du dernier
   *[other] des { $n } derniers
}
figures-share = { $n } %
