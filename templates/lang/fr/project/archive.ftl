# Archives de projets.
fault-not-an-archive = Ce n’est pas l’archive d’un projet.
fault-not-json = Ce n’est pas du JSON.
fault-too-many-values = Il y a trop de valeurs.
fault-too-new = Ceci vient d’une version plus récente. Mettez d’abord celle-ci à jour.
fault-unexpected = Ceci n’a pas sa place ici.
fault-unknown-app-type = Il n’existe pas d’applications de ce genre ici. Laissé de côté.
fault-unknown-line = Rien de tel n’existe ici. Laissé de côté.
