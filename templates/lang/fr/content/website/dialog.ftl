website-dialog-many = Fenêtres
website-dialog-one = Fenêtre
website-dialog-new = Nouvelle fenêtre
website-dialog-lead = Ce qui s’ouvre par-dessus une page quand on suit un lien vers elle.
website-dialog-all = Toutes
