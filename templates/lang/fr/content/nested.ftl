content-field-categoryids = Catégories
content-field-categoryids-none = Il n’y a pas encore de catégorie.
content-field-parentid = Dans
content-field-parentid-none = Rien, au premier niveau
content-field-icon = Icône
content-field-icon-hint = Tel que votre site l’appelle, par exemple mail.
fault-circle = Rien ne peut être dans soi-même.
fault-too-deep-in-parentid = Ce serait trop profond. Choisissez un niveau plus haut.
