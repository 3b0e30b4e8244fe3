website-not-found-page-many = Pages introuvables
website-not-found-page-one = Page introuvable
website-not-found-page-lead = Ce que voient les lecteurs là où il n’y a rien.
