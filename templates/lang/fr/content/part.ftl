content-none = Aucun
content-none-f = Aucune
content-chosen-now = { $name } (choix actuel)
content-yes = Oui
content-no = Non
content-field-layoutid = Mise en page
content-field-layoutid-none = Aucune en propre
content-field-layoutid-hint = Sans elle, c’est la mise en page par défaut du site, si ses paramètres en nomment une.
content-field-headerid = En-tête
content-field-headerid-none = Aucun en propre
content-field-headerid-hint = Sans lui, une page a celui de sa mise en page.
content-field-footerid = Pied de page
content-field-footerid-none = Aucun en propre
content-field-footerid-hint = Sans lui, une page a celui de sa mise en page.
content-field-description = Description
content-field-description-hint = Pour les personnes qui travaillent ici.
content-field-maxwidth = Largeur
content-field-maxwidth-xs = Très étroite
content-field-maxwidth-sm = Étroite
content-field-maxwidth-md = Moyenne
content-field-maxwidth-lg = Large
content-field-maxwidth-xl = Très large
content-field-includeclose = Avec un bouton qui la ferme
content-used-in = Utilisé dans
content-used-nowhere = Cela ne sert nulle part.
content-used-there = { $n ->
    [one] Cela sert à un endroit
   *[other] Cela sert à { $n } endroits
}
content-trash-ask = Mettre { $name } à la corbeille ?
content-trash-lead = Tout revient comme avant, avec ce qui y renvoie.
fault-unknown-reference = Cela n’existe pas ici, ou plus.
nav-parts = Autour des pages
content-used-as-default = la mise en page par défaut
