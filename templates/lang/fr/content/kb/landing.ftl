kb-landing-many = Pages d’accueil
kb-landing-one = Page d’accueil
kb-landing-lead = Là où la base de connaissances commence.
