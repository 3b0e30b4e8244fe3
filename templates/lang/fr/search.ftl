search-title = Recherche
