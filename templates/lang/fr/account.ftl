account-lead = Une identité pour un script, un service ou un agent. Elle appartient à l’organisation, ne se connecte jamais, et reste quand la personne qui l’a créée s’en va.
account-new = Nouveau compte de service
account-create = Créer le compte de service
account-made = Le compte de service est là. Créez maintenant sa première clé.
account-search = Nom
account-empty = Aucun compte de service
account-empty-lead = Créez-en un par script ou service, puis donnez-lui une clé.
account-role = Rôle
account-since = Création
account-disabled = Désactivé
account-edit = Modifier
account-keys = Clés
account-no-keys = Aucune clé ici.
account-out = Le retirer du service
account-out-lead = Le désactiver arrête aussitôt ses clés et tous les jetons qui en sont issus. Vous pourrez le réactiver. Le supprimer révoque ses clés pour de bon.
account-enable = Réactiver
account-disable = Désactiver
account-disable-dots = Désactiver…
account-disable-of = Désactiver { $name } ?
account-disable-lead = Vous pourrez le réactiver.
account-disabled-said = Il est désactivé. Ses clés ne font plus rien.
account-enabled-said = Il est réactivé. Ses clés fonctionnent à nouveau.
account-delete = Supprimer
account-delete-dots = Supprimer…
account-delete-of = Supprimer { $name } ?
account-delete-lead = Ses clés sont révoquées. C’est définitif.
account-deleted = Le compte de service est supprimé.
account-stops = { $n ->
    [0] Aucune clé ne s’arrête.
    [one] { $n } clé s’arrête aussitôt, avec tous les jetons qui en sont issus.
   *[other] { $n } clés s’arrêtent aussitôt, avec tous les jetons qui en sont issus.
}
account-name-hint = Le script, le service ou l’agent auquel il est destiné.
account-purpose = Usage
account-purpose-hint = Ce qu’il fait, et à qui demander avant de le changer.
role-says-admin = Gère projets, membres, clés
role-says-editor = Lit et écrit le contenu
role-says-viewer = Lit le contenu
role-says-collaborator = Seulement les projets où il est ajouté
