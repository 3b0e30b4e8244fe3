website-sidebar-many = Barres latérales
website-sidebar-one = Barre latérale
website-sidebar-new = Nouvelle barre latérale
website-sidebar-lead = Ce qui se trouve à côté d’un texte, là où un bloc la place.
website-sidebar-all = Toutes
