# Comment un formulaire arrive sur une page.

form-tab-embed = Intégrer
embed-link = Une page à lui
embed-link-lead = Envoyez cette adresse, mettez-la derrière un lien ou un code QR. Elle marche partout, sans script.
embed-named = Sous les noms de ce projet :
embed-ways = Sur une page à vous
embed-everywhere = Tout site peut afficher et envoyer ce formulaire.
embed-allowed = Ces sites peuvent afficher et envoyer ce formulaire : { $sites }.
embed-where = Protection, plus haut, dit lesquels.
embed-help = En savoir plus sur chaque façon
embed-way-link = Adresse
embed-way-script = Par notre script
embed-way-frame = Dans un cadre
embed-way-plain = Un formulaire à vous
embed-way-json = Depuis un programme
embed-says-script = Dessiné là où se trouve la ligne, comme s’il faisait partie de la page. Ce qui change ici change là-bas.
embed-says-frame = Dans un cadre aussi haut que son formulaire. Sans la seconde ligne, il a la hauteur que dit la première.
embed-says-plain = Pour une page sans aucun script. Vous écrivez les champs ; ce qui compte, c’est leur nom.
embed-says-json = Répond 201 quand c’est enregistré, 400 avec ce qui ne va pas dans chaque champ. Avec ?schema, l’adresse dit ce qu’il accepte.
