website-header-many = En-têtes
website-header-one = En-tête
website-header-new = Nouvel en-tête
website-header-lead = Ce qui se trouve au-dessus des pages du site.
website-header-all = Tous
