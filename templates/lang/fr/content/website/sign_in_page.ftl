website-sign-in-page-many = Pages de connexion
website-sign-in-page-one = Page de connexion
website-sign-in-page-lead = Là où se connectent les lecteurs de pages fermées.
