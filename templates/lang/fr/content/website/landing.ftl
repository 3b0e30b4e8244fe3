website-landing-many = Pages d’accueil
website-landing-one = Page d’accueil
website-landing-lead = Là où le site commence.
