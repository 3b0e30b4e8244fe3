visit-optional = (facultatif)
visit-send = Envoyer
visit-trap = Laissez ceci vide
visit-summary = { $n ->
    [one] Une réponse n’est pas encore juste
   *[other] { $n } réponses ne sont pas encore justes
}
visit-again-trap = Envoyez-le encore une fois, s’il vous plaît : un champ que personne ne voit a été rempli, peut-être par votre navigateur. Tout ce que vous avez écrit est encore là.
visit-again-fast = Envoyez-le encore une fois, s’il vous plaît : c’est arrivé plus vite que personne ne peut le remplir. Tout ce que vous avez écrit est encore là.
visit-again-old = Envoyez-le encore une fois, s’il vous plaît : la page était ouverte depuis longtemps. Tout ce que vous avez écrit est encore là.
visit-offline = L’envoi n’a pas abouti : il n’y a pas de connexion, ou personne ne répond. Tout ce que vous avez écrit est encore là ; envoyez-le de nouveau dans un instant.
visit-thanks = Merci. Votre envoi est bien arrivé.
visit-go-on = Continuer
visit-once-more = Remplir encore une fois
visit-closed = Ce formulaire ne prend rien en ce moment.
visit-already = Quelque chose a déjà été envoyé avec cette adresse e-mail ; une fois suffit.
visit-blocked = Ceci n’a pas pu être pris. Si vous êtes une personne, écrivez à qui tient ce site.
visit-limited = C’était trop en peu de temps. Attendez une minute, puis envoyez encore une fois.
visit-wrong-required = { $label } : une réponse est nécessaire
visit-wrong-consent-required = { $label } : votre accord est nécessaire
visit-wrong-too-short = { $label } : au moins { $bound } caractères
visit-wrong-too-long = { $label } : au plus { $bound } caractères
visit-wrong-pattern = { $label } : ceci n’a pas la forme demandée
visit-wrong-pattern-help = { $label } : { $bound }
visit-wrong-no-email = { $label } : une adresse e-mail, par exemple ann@example.org
visit-wrong-no-phone = { $label } : un numéro de téléphone, par exemple +41 44 123 45 67
visit-wrong-no-url = { $label } : une adresse qui commence par https://
visit-wrong-no-number = { $label } : un nombre
visit-wrong-too-small = { $label } : au moins { $bound }
visit-wrong-too-great = { $label } : au plus { $bound }
visit-wrong-step = { $label } : par pas de { $bound }
visit-wrong-no-day = { $label } : un jour, par exemple 2026-03-31
visit-wrong-no-time = { $label } : une heure, par exemple 14:30
visit-wrong-too-early = { $label } : pas avant { $bound }
visit-wrong-too-late = { $label } : pas après { $bound }
visit-wrong-not-offered = { $label } : un des choix
visit-wrong-wrong-type = { $label } : cette réponse ne peut pas être lue
visit-wrong-unknown-field = { $label } : personne ne l’a demandé
