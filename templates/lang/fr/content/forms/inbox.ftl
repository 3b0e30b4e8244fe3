# Ce que les visiteurs ont envoyé à un formulaire.

form-tab-submissions = Envois
form-edit = Modifier le formulaire
form-sent-to = Envois de { $name }
form-sent-lead = { $n ->
    [0] Rien n’est non lu.
    [one] 1 n’est pas lu.
   *[other] { $n } ne sont pas lus.
}
form-sent-new = { $n } non lus
form-sent-none = Rien n’a encore été envoyé
form-sent-none-lead = Ce que les visiteurs envoient est ici, le plus récent d’abord.
form-sent-search = Mots des réponses
form-sent-state = État
form-sent-all = Tous
form-sent-unread = Non lus
form-sent-spam = Indésirables
form-sent-period = Période
form-sent-any-time = Toutes les dates
form-sent-days = { $n } derniers jours
form-sent-from = De
form-sent-text = Réponses
form-sent-at = Reçu
form-sent-somebody = Quelqu’un
form-is-unread = non lu
form-is-spam = Indésirable
form-has-note = Avec une note
form-mark-read = Marquer comme lu
form-mark-unread = Marquer comme non lu
form-mark-spam = Marquer comme indésirable
form-sent-delete = Supprimer
form-sent-delete-dots = Supprimer…
form-sent-delete-title = Supprimer ce que { $name } a envoyé ?
form-sent-delete-lead = Ce sera supprimé pour de bon, avec sa note. C’est sans retour.
form-sent-delete-several = Ce qui est choisi sera supprimé pour de bon, avec ses notes et ses fichiers. C’est sans retour.
form-sent-deleted = { $n ->
    [one] 1 envoi est supprimé.
   *[other] { $n } envois sont supprimés.
}
form-sent-marked = { $n ->
    [one] 1 envoi est marqué.
   *[other] { $n } envois sont marqués.
}
form-sent-actions = Actions pour cet envoi
form-sent-agreed = Accepté : { $words }
form-sent-how = Comment il est arrivé
form-sent-language = Langue
form-sent-page = Envoyé depuis
form-sent-address = Adresse réseau
form-sent-browser = Navigateur
form-sent-expires = Disparaît de lui-même
form-sent-list = Retour à la liste
form-sent-others = Autres
form-sent-newer = Plus récent
form-sent-older = Plus ancien
form-note = Note
form-note-hint = Pour les personnes qui travaillent ici. Qui l’a envoyé ne la voit jamais.
form-note-keep = Garder la note
form-note-kept = La note est gardée.
form-blocked = Refusé
form-blocked-days = pendant les 30 derniers jours
form-blocked-hint = C’est compté et non enregistré.
form-blocked-honeypot = Un champ que seuls les programmes remplissent
form-blocked-too-fast = Rempli plus vite que quiconque n’écrit
form-blocked-origin = Depuis un site qui ne peut pas l’envoyer
form-blocked-captcha-missing = Sans le travail que font les navigateurs
form-blocked-captcha-wrong = Avec un travail fait pour autre chose, ou pas fait
does-mark-submissions = Marquer ou supprimer des envois
does-mark-submission = Marquer l’envoi
does-note-submission = Garder la note
form-mails = E-mails
form-mail-notice = À qui s’occupe des formulaires
form-mail-confirmation = Confirmation au visiteur
form-mail-state-queued = En attente
form-mail-state-sent = Envoyé
form-mail-state-failed = Échoué
form-mail-state-cancelled = Pas envoyé
form-mail-next = prochain essai { $at }
form-mail-resend = Renvoyer
form-mail-resent = L’e-mail est de nouveau en route.
fault-no-mail = Aucun e-mail ne part d’ici : qui gère cette instance n’a pas nommé de serveur de courrier.
does-resend-submission-email = Renvoyer l’e-mail
form-export = Exporter
form-export-xlsx = Tableur (XLSX)
form-export-csv = CSV, avec des virgules
form-export-semicolon = CSV, avec des points-virgules
form-export-jsonl = Lignes de JSON
does-export-submissions = Exporter les envois
form-sender = Tout ce qu’une adresse a envoyé
form-sender-dots = Tout de cette adresse…
form-sender-lead = Dans tous les formulaires de ce projet, aussi ceux de la corbeille. Ce qui est effacé l’est pour de bon, avec les e-mails à ce sujet et ce que les webhooks ont appris.
form-sender-email = Adresse e-mail
form-sender-found = { $n ->
    [0] Rien n’a été trouvé.
    [one] 1 envoi a été trouvé.
   *[other] { $n } envois ont été trouvés.
}
form-sender-find = Chercher
form-sender-other = Une autre adresse
form-sender-export = Exporter en JSON
form-sender-erase = Tout effacer
form-sender-erase-title = Effacer tout ce que { $email } a envoyé ?
does-export-sender = Emporter ce qu’une adresse a envoyé
