key-org-lead = Toutes les clés de cette organisation, des personnes et des comptes de service. Une clé agit au nom de son propriétaire, jamais avec plus de droits.
key-own-lead = Une clé agit en votre nom, jamais avec plus de droits que vous. Pour un script qui doit vous survivre, prenez un compte de service.
key-create = Créer une clé
key-create-for = Créer une clé pour { $owner }
key-sent-already = La clé existe déjà. Elle n’est montrée qu’une fois ; si elle est perdue, régénérez-la.
key-shown-next = Elle est montrée une seule fois, à l’étape suivante.
key-choose = À qui sera la clé ?
key-choose-lead = Une clé appartient à un compte de service. Choisissez celui qui s’en servira, ou créez-en un.
key-name = Nom
key-name-hint = Où servira-t-elle ? Une clé par endroit permet d’en révoquer une seule.
key-key = Clé
key-owner = Propriétaire
key-access = Accès
key-used = Dernier usage
key-expires = Expiration
key-ended-expired = Expirée
key-ended-revoked = Révoquée
key-status = État
key-actions = Actions
key-made = Créée le { $day } par { $name }
key-projects = { $n ->
    [one] { $n } projet
   *[other] { $n } projets
}
key-all-projects = Tous les projets
key-used-from = { $at } depuis { $ip }
key-never-used = Jamais utilisée
key-state-active = Active
key-state-soon = Expire bientôt
key-state-expired = Expirée
key-state-revoked = Révoquée
key-why = le { $day } par { $name }
key-because = { "\u00A0" }: { $reason }
key-segment-active = Actives
key-segment-expiring = Expirent
key-segment-expired = Expirées
key-segment-revoked = Révoquées
key-segment-all = Toutes
key-any-owner = Tout propriétaire
key-people = Personnes
key-any-access = Tout accès
key-empty = Aucune clé
key-empty-lead = Une clé donne à un script, un service ou un agent l’accès au contenu de cette organisation. Créez la première.
key-empty-lead-own = Une clé personnelle laisse un script ou un agent agir en votre nom. Créez la première.
key-help = Comment fonctionnent les clés
key-regenerate = Régénérer
key-regenerate-end = Régénérer, arrêter l’ancienne
key-regenerate-dots = Régénérer…
key-regenerate-of = Régénérer { $name } ?
key-regenerate-lead = Une nouvelle clé prend sa place, avec le même propriétaire, le même accès et les mêmes projets. Elle est montrée une seule fois, à l’étape suivante.
key-rename = Modifier le nom
key-rename-dots = Modifier le nom…
key-rename-of = Le nom de { $name }
key-renamed = La clé a son nouveau nom.
key-revoke = Révoquer
key-revoke-dots = Révoquer…
key-revoke-of = Révoquer { $name } ?
key-revoke-lead = Elle s’arrête aussitôt, avec tous les jetons qui en sont issus. C’est définitif.
key-revoked-said = { $name } est révoquée.
key-reason = Raison
key-reason-hint = Facultative. Elle reste avec la clé et dans l’activité.
key-last-used = Dernier usage { $ago }, depuis { $ip }. Ce qui s’en sert là s’arrête.
key-used-last = Dernier usage { $ago }, depuis { $ip }.
key-not-used-yet = Rien ne s’en est encore servi.
key-life = Expire après
key-days-7 = 7 jours
key-days-30 = 30 jours
key-days-90 = 90 jours
key-days-max = { $n ->
    [one] 1 jour
   *[other] { $n } jours
}
key-days-365 = 1 an
key-on-date = À une date
key-same = Comme avant
key-until = La date
key-reminded = Un rappel vous prévient avant.
key-policy = { $n ->
    [one] L’organisation permet au plus 1 jour.
   *[other] L’organisation permet au plus { $n } jours.
}
key-grace = L’ancienne clé s’arrête
key-grace-none = Aussitôt
key-grace-1h = Après 1 heure
key-grace-24h = Après 1 jour
key-grace-7d = Après 1 semaine
key-grace-hint = Le temps de mettre la nouvelle en place ; sans lui, ce qui se sert de l’ancienne s’arrête aussitôt. Elle ne vit jamais plus longtemps que prévu.
key-all-later = Tous les projets, aussi les suivants
key-only-these = Seulement ceux-ci
key-role-limits-editor = { $owner } est rédacteur : l’accès complet ne donne rien de plus que l’écriture tant que son rôle n’est pas relevé.
key-role-limits-viewer = { $owner } est lecteur : l’écriture et l’accès complet ne donnent rien de plus que la lecture tant que son rôle n’est pas relevé.
key-role-limits-collaborator = { $owner } est collaborateur : il n’atteint que les projets où il a été ajouté.
access-read = Lecture
access-write = Écriture
access-full = Complet
access-says-read = Voir contenu, formulaires et fichiers
access-says-write = Modifier aussi contenu, fichiers et formulaires
access-says-full = Tout ce que peut le propriétaire
key-copy-now = Copiez la clé maintenant
key-only-time = C’est la seule fois où elle est montrée. Stele en garde une empreinte, jamais la clé elle-même.
key-copy = Copier la clé
key-try = Essayer
key-stored = Je l’ai rangée en lieu sûr
copy = Copier
copied = Copié
copy-by-keyboard = Sélectionné. Copiez au clavier.
done = Terminé
fault-malformed-date = Choisissez une date.
fault-policy = La règle de l’organisation ne permet pas cette durée.
fault-in-the-past = C’est du passé. Choisissez une date ultérieure.
key-search = Nom, propriétaire, 4 derniers signes
key-search-own = Nom ou quatre derniers caractères
key-one-account = Un compte de service
key-one-person = Une personne
key-state-ending = Expire { $in }
key-replaced-by = remplacée par …⁠{ $key }
key-replaces = Remplace …⁠{ $key }
key-owner-deleted = le compte de service a été supprimé
key-owner-removed = le membre a été retiré
key-ending = { $n ->
    [one] 1 clé expire sous 7 jours.
   *[other] { $n } clés expirent sous 7 jours.
}
key-ending-do = Régénérez
key-ending-more = { $n ->
    [one] 1 autre
   *[other] { $n } autres
}
key-ending-before = { $n ->
    [one] avant que son script ne s’arrête.
   *[other] avant que leurs scripts ne s’arrêtent.
}
key-ends-on = Elle expire le { $day }.
key-ends-never = Elle fonctionne jusqu’à sa révocation.
key-ends-that-day = Elle fonctionne jusqu’à la fin de ce jour.
key-no-personal = Votre organisation ne permet pas les clés personnelles. La clé d’un compte de service rend le même service à un script ; demandez-en une à un admin.
key-snippet-curl = avec la clé dans STELE_KEY : un jeton pour elle, puis une première requête avec ce jeton
fault-required-in-projects = Choisissez tous les projets, ou seulement ceux qui sont cochés.
key-acts-read = Lit au nom de { $name }.
key-acts-write = Lit et écrit les contenus au nom de { $name }.
key-acts-full = Fait tout ce que { $name } peut faire.
key-about = À propos de cette clé
key-of-account = Compte de service
key-of-person = Personne
key-created = Créée
key-by = par { $name }
key-from = depuis { $ip }
key-reminders = Le propriétaire est prévenu 30, 7 et 1 jours avant.
key-chain = Avant et après
key-successor = Successeur
key-no-successor = Pas de successeur
key-no-successor-lead = Une régénération en crée un. Cette clé s’arrête alors, aussitôt ou au plus tard 7 jours après.
key-predecessor = Prédécesseur
key-since = Cette clé, depuis le { $day }
key-calls = Appels
key-calls-note = Les comptes sont gardés un mois et datent au plus d’une minute. Un échange contre un jeton n’est pas un appel.
key-refusals = Refusés, par raison
key-refused-calls = Appels
key-refused-last = Dernier
key-refused-token-expired = Avec un jeton expiré
key-refused-token-revoked = Avec un jeton révoqué
key-refused-key-expired = Après l’expiration de la clé
key-refused-key-revoked = Après la révocation de la clé
key-refused-key-not-exchanged = Avec la clé elle-même au lieu d’un jeton
key-refused-owner-inactive = Pendant que le propriétaire était désactivé ou n’était pas membre
key-refused-address-not-allowed = Depuis une adresse hors de ses réseaux
key-refused-access-too-narrow = Plus que l’accès de la clé ne permet
key-refused-role-too-low = Plus que le rôle du propriétaire ne permet
key-refused-invalid = Ce qui a été envoyé est erroné
key-refused-not-found = Introuvable, ou invisible pour le propriétaire
key-refused-conflict = Contraire à ce qui est enregistré, comme une adresse prise
key-refused-cursor-expired = Un curseur de changements que l’on ne connaît plus
key-refused-stale = Modifié entre-temps par quelqu’un d’autre
key-refused-too-large = Trop grand
key-refused-rate-limited = Plus que sa limite par minute
key-use = L’utiliser
key-use-lead = La clé elle-même n’est pas conservée. Reprenez-la là où vous l’avez gardée et mettez-la dans STELE_KEY.
key-use-project = Projet dont les identifiants sont affichés
key-use-one-project = Projet
key-in-script = Dans un script
key-for-agent = Pour un agent
agent-connect = Connecter un agent
agent-claude = Dans un terminal. Claude Code lit la clé dans STELE_KEY à chaque démarrage.
agent-codex = Dans un terminal. Codex lit la clé dans STELE_KEY à chaque démarrage.
agent-vscode = Comme { $file } dans le dossier de votre travail. VS Code demande la clé une fois, et la garde.
agent-cursor = Comme { $file } dans le dossier de votre travail. Cursor lit la clé dans STELE_KEY.
agent-other = Là où votre client garde ses serveurs, souvent dans .mcp.json. La plupart y mettent la clé de STELE_KEY à sa place.
key-snippet-fetch = avec la clé dans STELE_KEY ; Node 18 ou plus récent, sans paquet
key-replaced-by-revoked = remplacée par …⁠{ $key }, qui est révoquée
key-orphaned = ne fonctionne que jusqu’au { $until } : celle qui la remplace est révoquée. Créez une nouvelle clé avant.
key-orphaned-here = Elle ne fonctionne que jusqu’au { $until } : celle qui la remplace est révoquée, et rien ne prend sa place. Créez une nouvelle clé avant.
key-orphans = La clé d’avant, …⁠{ $key }, fonctionne jusqu’au { $until } ; ensuite, rien ne prend sa place.
key-nowhere = n’atteint rien
key-nowhere-lead = Son propriétaire est un collaborateur sans projet.
key-nowhere-here = { $name } a le rôle de collaborateur et n’a été ajouté à aucun projet : cette clé n’atteint rien.
key-restrict-dots = Restreindre…
key-restrict-of = Restreindre { $name }
key-restrict-lead = Cela vaut dès la prochaine requête, aussi pour les jetons déjà émis.
key-restrict-further = La restreindre davantage
key-restrictions = Restrictions
key-no-restrictions = De partout, aussi souvent que l’instance le permet
key-networks = Seulement depuis ces adresses
key-networks-hint = Facultatif. Des adresses et des réseaux tels que 192.0.2.0/24 ou 2001:db8::/32, 32 au plus.
key-submissions = Envois de formulaires
key-submissions-default = Selon son accès : avec un accès complet, elle les lit
key-submissions-on = Elle les lit
key-submissions-off = Elle ne les lit pas
key-per-minute = Requêtes par minute
key-per-minute-hint = Facultatif. Les échanges contre un jeton comptent aussi.
key-you-come-from = Vous venez de { $ip }.
key-restricted = { $name } est restreinte.
key-unrestricted = { $name } n’est plus restreinte.
key-from-network = Depuis { $network }
key-from-networks = { $n ->
    [one] Depuis 1 réseau
   *[other] Depuis { $n } réseaux
}
key-at-most-short = Au plus { $n } par minute
key-at-most = { $n ->
    [one] Au plus 1 requête par minute
   *[other] Au plus { $n } requêtes par minute
}
field-networks = { key-networks }
field-requestsperminute = { key-per-minute }
fault-malformed-in-networks = L’un d’eux n’est ni une adresse ni un réseau tel que 192.0.2.0/24.
fault-out-of-range-in-networks = Indiquez au plus 32 adresses et réseaux.
fault-out-of-range-in-requestsperminute = Indiquez un nombre entier de 1 à 1 000 000, ou rien.
