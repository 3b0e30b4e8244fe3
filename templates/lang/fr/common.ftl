# Les mots que toutes les pages partagent.
email = E-mail
password = Mot de passe
password-new = Nouveau mot de passe
password-hint = Au moins 10 caractères. Quelques mots sans rapport conviennent bien.
organization = Organisation
slug-hint = Minuscules, chiffres et tirets. Laissé vide, il est tiré du nom.

date = { $day } { $month } { $year }
date-time = { $day } { $month } { $year } à { $time }
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre
month-short-1 = janv.
month-short-2 = févr.
month-short-3 = mars
month-short-4 = avr.
month-short-5 = mai
month-short-6 = juin
month-short-7 = juil.
month-short-8 = août
month-short-9 = sept.
month-short-10 = oct.
month-short-11 = nov.
month-short-12 = déc.

ago-now = à l’instant
ago-minutes = { $n ->
    [one] il y a 1 minute
   *[other] il y a { $n } minutes
}
ago-hours = { $n ->
    [one] il y a 1 heure
   *[other] il y a { $n } heures
}
ago-days = { $n ->
    [one] hier
   *[other] il y a { $n } jours
}
ago-years = { $n ->
    [one] il y a un an
   *[other] il y a { $n } ans
}
until-now = dans un instant
until-minutes = { $n ->
    [one] dans 1 minute
   *[other] dans { $n } minutes
}
until-hours = { $n ->
    [one] dans 1 heure
   *[other] dans { $n } heures
}
until-days = { $n ->
    [one] dans 1 jour
   *[other] dans { $n } jours
}
until-years = { $n ->
    [one] dans un an
   *[other] dans { $n } ans
}

form-faults = { $n } points sont à corriger
form-fault-of = { $field } : { $fault }
fault-other-locale = Écrivez ceci dans la langue demandée.
fault-live-required = Les lecteurs le verraient aussitôt. Dites que c’est voulu.
fault-ambiguous = Plusieurs choses y répondent. Dites plus précisément laquelle.
fault-resumed = Rien n’a encore été modifié. Relisez, puis envoyez.
fault-required = Ce champ est nécessaire.
fault-required-in-email = Une adresse e-mail, par exemple ada@example.com.
fault-required-in-name = Donnez-lui un nom.
fault-taken = Déjà pris. Choisissez-en un autre.
fault-too-long = C’est trop long.
fault-personal = Il contient votre nom ou votre adresse e-mail, que l’on essaie en premier. Choisissez un autre mot de passe.
fault-too-short = C’est trop court.
fault-wrong = Cet e-mail et ce mot de passe ne vont pas ensemble.
fault-too-old = Ce formulaire est trop ancien. Relisez-le, puis envoyez-le.
fault-stale = Une autre personne a modifié ceci depuis que vous l’avez ouvert. Ce que vous avez saisi est ci-dessous ; l’enregistrer maintenant remplace sa version.
fault-incomplete = Tout n’est pas arrivé. Renvoyez le formulaire.
fault-not-a-person = Seule une personne peut être propriétaire d’une organisation.
fault-not-allowed = Cela ne peut pas être donné ici.
fault-out-of-range = Ce nombre est trop petit ou trop grand.
fault-out-of-range-in-projects = Choisissez de 1 à 100 projets.
fault-out-of-range-in-expiresindays = De 1 à 3 650 jours.
fault-out-of-range-in-policy-maxkeydays = De 1 à 3 650 jours. Laissez vide pour aucune limite.
fault-repeated = Cela a été envoyé deux fois.
fault-revoked = Cette clé a déjà été révoquée ou remplacée.
fault-too-many = Il y en a trop.
fault-unknown = Ceci est inconnu ici.
fault-not-seen = Le propriétaire de la clé ne voit pas l’un des projets. Ajoutez-le d’abord à ce projet, ou retirez le projet.
fault-unknown-in-projects = L’un des projets n’existe plus. Choisissez à nouveau.
fault-unknown-field = Ce champ n’existe pas.
fault-unknown-locale = Ce n’est pas une langue du projet.
fault-unknown-locale-in-locale = Le projet n’a plus cette langue. Rien n’a été enregistré. Copiez votre texte, puis choisissez une autre langue ci-dessus.
fault-unsortable = La liste ne peut pas être triée ainsi.
fault-wrong-type = Ceci n’est pas du bon type.
fault-loop = Cela ramènerait là où l’on commence.
fault-other-entry = Ceci appartient à un autre contenu.
error-text-rule = Rien n’a été modifié. Aucun rôle ne lève cette règle.
fault-malformed-in-email = Une adresse comme ada@example.com.
fault-malformed-in-settings-notifyemail = Une adresse comme ada@example.com.
fault-malformed-in-website = Une adresse qui commence par https://.
fault-taken-in-email = Déjà membre ou déjà invité. Une invitation ouverte peut être renvoyée.
fault-taken-in-userid = Un rôle lui est déjà donné ici. Il se modifie dans la liste.

field-access = Accès
field-address = Adresse postale
field-apptype = Type d’application
field-brandcolor = Couleur
field-days = Jours
field-defaultlocale = Langue par défaut
field-description = Description
field-disabled = Désactivé
field-email = { email }
field-enabledlocales = Langues
field-expiry = Expiration
field-expiresat = Expiration
field-expiresindays = Expiration
field-grace = Délai de grâce
field-logourl = Logo
field-name = Nom
field-organization = Organisation
field-password = { password }
field-policy-keyexpiryrequired = Expiration obligatoire
field-policy-maxkeydays = Durée maximale d’une clé
field-policy-personalkeysallowed = Clés personnelles
field-projects = Projets
field-role = Rôle
field-slug = Adresse
field-timezone = Fuseau horaire
field-typed = Nom
field-until = Date
field-website = Site web

error-title-400 = Illisible
error-text-400 = L’adresse ou le formulaire est mal formé.
error-title-401 = Connectez-vous d’abord
error-text-401 = Cette page est réservée aux personnes connectées.
error-title-403 = Vous n’en avez pas le droit
error-text-403 = Rien n’a été changé. Demandez à un admin de l’organisation un rôle qui le permet.
error-title-404 = Il n’y a rien ici
error-text-404 = La page n’existe pas, ou vous ne pouvez pas la voir.
error-title-405 = Impossible ici
error-text-405 = Cette adresse n’accepte pas ce que le navigateur a envoyé.
error-title-409 = Quelqu’un a été plus rapide
error-text-409 = Cela entre en conflit avec ce qui est enregistré. Rien n’a été changé.
error-title-412 = Quelqu’un l’a changé entre-temps
error-text-412 = Rien n’a été changé. Rouvrez la page pour voir où cela en est.
error-title-413 = Trop volumineux
error-text-413 = L’envoi dépasse la limite. Rien n’a été enregistré.
error-title-429 = Trop d’essais
error-text-429 = Attendez un peu, puis réessayez. Chaque échec allonge l’attente.
error-title-500 = Quelque chose a cassé
error-text-500 = Rien n’a été écrit à moitié. Le journal du serveur en dit plus.
error-title-503 = Pas pour le moment
error-text-503 = Le serveur ne peut pas s’en charger à l’instant. Rien n’a été changé ; réessayez bientôt.
fault-control-character = Il contient un caractère de contrôle. Retirez-le.
error-needs = Il faut : { $what }
error-link = Un tel lien ne sert qu’une fois et pour un temps limité. Demandez-en un nouveau.
error-moved = Le fichier de la base de données a été déplacé, remplacé ou supprimé pendant que le serveur tourne. L’opérateur doit le remettre en place, ou redémarrer le serveur.
error-occupied = D’autres fichiers sont en cours d’envoi. Renvoyez le vôtre dans un instant.
error-home = Aller à l’accueil
error-to = Vers { $name }
error-request = Requête { $id }

skip = Aller au contenu
nav-main = Navigation principale
nav-open = Ouvrir la navigation
nav-crumbs = Fil d’Ariane
nav-notifications = { $n ->
    [0] Notifications
    [one] Notifications, 1 nouvelle
   *[other] Notifications, { $n } nouvelles
}
nav-account = Compte
nav-choose = Choisir une organisation
nav-own-keys = Clés API personnelles
nav-help = Aide
nav-dashboard = Tableau de bord
nav-profile = Profil
nav-password = Mot de passe
nav-sessions = Sessions
nav-inbox = Notifications
sign-out = Se déconnecter
theme-to-light = Thème clair
theme-to-dark = Thème sombre
theme-to-system = Thème du système
organizations = Organisations
org-new = Nouvelle organisation
projects = Projets
projects-all = Les { $n } projets
project-new = Nouveau projet
settings = Paramètres
nav-project-settings = Paramètres du projet
nav-org-settings = Organisation
members = Membres
invitations = Invitations
service-accounts = Comptes de service
api-keys = Clés API
policies = Règles
activity = Activité
profile = Profil
role-owner = Propriétaire
role-admin = Admin
role-editor = Rédacteur
role-viewer = Lecteur
role-collaborator = Collaborateur
jump = Aller à…
jump-hint = Clé, personne, page, réglage, action…
jump-new = Nouveau, nouvelle, créer, ajouter
jump-move = Déplacer
jump-open = Ouvrir
jump-close = Fermer
jump-found = Résultats : #
pager-shown = { $total ->
    [0] Rien
    [one] Un seul résultat
   *[other] { $from } à { $to } sur { $total } { $noun }
}
pager-pages = Pages de la liste
pager-page = Page { $page } sur { $pages }
pager-earlier = Précédent
pager-next = Suivant
list-nothing = Rien ne correspond.
list-events = événements
list-results = résultats
list-things = éléments
filters = Filtres
list-clear = Effacer les filtres
show = Afficher
save = Enregistrer
saved = Enregistré.
cancel = Annuler
keep-it = Garder
close = Fermer
never = Jamais
command-line = La ligne de commande
command-line-by = la ligne de commande
actions-for = Actions pour { $name }
list-and = et
open = Ouvrir
search-title = Recherche
id-copy = Copier l’identifiant : { $name }
id-title = Identifiant
id-lead = Les scripts et l’API s’en servent pour le désigner.
