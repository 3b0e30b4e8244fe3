# Archives de projets.
fault-not-an-archive = Ce n’est pas l’archive d’un projet.
fault-not-json = Ce n’est pas du JSON.
fault-too-many-values = Il y a trop de valeurs.
fault-too-new = Ceci vient d’une version plus récente. Mettez d’abord celle-ci à jour.
fault-unexpected = Ceci n’a pas sa place ici.
fault-unknown-app-type = Il n’existe pas d’applications de ce genre ici. Laissé de côté.
fault-unknown-line = Rien de tel n’existe ici. Laissé de côté.

archive-export = Exporter
archive-export-lead = Tout ce projet en un fichier, brouillons compris : toutes les entrées dans toutes les langues, les redirections, les réglages, les fichiers, les chartes et les domaines. Ni personnes, ni secrets.
archive-export-now = Télécharger
archive-import = Nouveau projet à partir d’une archive
archive-import-lead = Le fichier d’un projet exporté d’ici ou d’ailleurs devient un projet à part entière.
archive-import-now = Créer le projet
archive-file = Archive
archive-file-hint = Un fichier de lignes, 1 Gio au plus. Ce qui ne va pas est indiqué avec sa ligne ; rien n’est alors créé.
archive-name-hint = Laissez vide pour le nom qui est dans l’archive.
archive-wrong = Cette archive ne peut pas être importée :
archive-line = Ligne { $number } :
archive-done = { $apps ->
    [one] Une application
   *[other] { $apps } applications
}, { $entries ->
    [one] une entrée
   *[other] { $entries } entrées
}, { $redirects ->
    [one] une redirection
   *[other] { $redirects } redirections
}, { $files ->
    [one] un fichier
   *[other] { $files } fichiers
}.
archive-open = Ouvrir le projet
archive-told = Ce qui n’était pas comme prévu
archive-told-lead = { $count ->
    [0] Rien n’a été laissé de côté. Ce qui n’est pas connu ici est conservé tel quel.
    [one] Une ligne a été laissée de côté. Le reste de ce qui n’est pas connu ici est conservé tel quel.
   *[other] { $count } lignes ont été laissées de côté. Le reste de ce qui n’est pas connu ici est conservé tel quel.
}
archive-more = Et { $count } de plus.
fault-incomplete-in-file = Le fichier n’est pas arrivé en entier. Envoyez-le de nouveau.
fault-incomplete-in-archive = L’archive n’est pas complète : il manque des lignes, peut-être parce que le fichier a été coupé.
fault-unknown-reference-in-archive = Aucune application ni aucun dossier de ce genre ne figure sur une ligne précédente.
fault-unknown-reference-in-notice = Ceci renvoie à des entrées ou à des fichiers qui ne sont pas dans l’archive.
fault-wrong-bytes = Les octets de ce fichier ne sont pas ceux qu’il indique. L’archive a été endommagée.
fault-duplicate-in-archive = Ceci figure deux fois.
