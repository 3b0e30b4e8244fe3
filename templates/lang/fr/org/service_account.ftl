account-lead = Une identité pour un script, un service ou un agent. Elle appartient à l’organisation, ne se connecte jamais, et reste quand la personne qui l’a créée s’en va.
account-new = Nouveau compte de service
account-create = Créer le compte de service
account-made = Le compte de service est là. Créez maintenant sa première clé.
account-empty = Aucun compte de service
account-empty-lead = Créez-en un par script ou service, puis donnez-lui une clé.
account-role = Rôle
account-since = Création
account-disabled = Désactivé
account-edit = Modifier
account-keys = Clés
account-keys-count = { $n ->
    [0] aucune clé
    [one] 1 clé
   *[other] { $n } clés
}
account-no-keys = Aucune clé ici.
account-out = Le retirer du service
account-out-lead = Le désactiver arrête aussitôt ses clés et tous les jetons qui en sont issus. Vous pourrez le réactiver. Le supprimer révoque ses clés pour de bon.
account-enable = Réactiver
account-disable = Désactiver
account-disable-dots = Désactiver…
account-disable-of = Désactiver { $name } ?
account-disable-lead = Vous pourrez le réactiver.
account-disabled-said = Il est désactivé. Ses clés ne font plus rien.
account-enabled-said = Il est réactivé. Ses clés fonctionnent à nouveau.
account-delete = Supprimer le compte
account-delete-dots = Supprimer…
account-delete-of = Supprimer { $name } ?
account-delete-lead = Ses clés sont révoquées. C’est définitif.
account-deleted = Le compte de service est supprimé.
account-stops = { $n ->
    [0] Aucune clé ne s’arrête.
    [one] { $n } clé s’arrête aussitôt, avec tous les jetons qui en sont issus.
   *[other] { $n } clés s’arrêtent aussitôt, avec tous les jetons qui en sont issus.
}
account-name-hint = Le script, le service ou l’agent auquel il est destiné.
account-purpose = Usage, facultatif
account-purpose-hint = Ce qu’il fait, et à qui demander avant de le changer.
role-says-admin = Gère projets, membres, clés
role-says-editor = Lit et écrit le contenu
role-says-viewer = Lit le contenu
role-says-collaborator = Seulement les projets où il est ajouté
account-search = Nom ou usage
account-any-role = Tout rôle
account-segment-all = Tous
account-segment-active = Actifs
account-segment-disabled = Désactivés
account-keys-used = Clés en service
account-key-ends = expire { $in }
account-none = Aucun
account-no-keys-used = Aucune
account-active = Actif
account-all-projects = Tous
account-some-projects = { $n } sur { $all }
account-never-used = Jamais utilisé
account-used-from = { $ago } depuis { $ip }
account-made-by = { $day } par { $name }
account-create-key = Créer une clé…
account-edit-dots = Modifier…
account-how = Du compte à la première requête
account-guide = Lire le guide
account-how-1 = Créer un compte
account-how-1-lead = Donnez-lui le rôle le plus bas qui suffit. Vous pourrez le relever.
account-how-2 = Créer une clé
account-how-2-lead = Choisissez combien de temps elle vit et ce qu’elle peut toucher. Rangez-la là où le script tourne.
account-how-3 = L’échanger contre un jeton
account-how-3-lead = { $n ->
    [one] répond par un jeton valable 1 minute.
   *[other] répond par un jeton valable { $n } minutes.
}
account-limited = Un collaborateur ne voit que les projets et les applications où il a été ajouté.
account-unlimited = Son rôle, { $role }, compte dans chaque projet. Un rôle dans un projet peut y ajouter des droits, jamais en retirer.
account-nowhere = Il ne voit encore aucun projet. Ajoutez-le à un projet.
account-place = Où
account-place-role = Rôle là
account-role-in = Rôle dans { $name }
account-app-in = Application de { $name }
account-take-out = Retirer
account-add-to = L’ajouter à
account-choose-project = Choisissez un projet
account-add = Ajouter
account-more-projects = { $n ->
    [one] 1 autre projet n’est pas dans cette liste ; ajoutez le compte sur sa page Membres.
   *[other] { $n } autres projets ne sont pas dans cette liste ; ajoutez le compte sur leurs pages Membres.
}
account-placed = Il est maintenant dans le projet.
account-taken-out = Il n’est plus dans le projet. Ses clés ne l’atteignent plus.
account-where = Projets où il est ajouté
account-not-there = Pas ajouté
account-where-hint = Un collaborateur ne voit rien d’autre.
account-where-more = D’autres projets se choisissent sur sa page.
role-lower-admin = admin
role-lower-editor = rédacteur
role-lower-viewer = lecteur
account-edit-of = Modifier { $name }
