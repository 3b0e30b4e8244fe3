setup-title = Mettre en place cette instance
setup-lead = Vous en devenez propriétaire. L’organisation contient tout ce que vous créez ici.
setup-you = Vous, propriétaire
setup-name = Votre nom
setup-address = Son adresse
setup-button = Mettre en place et se connecter
setup-once = Cette adresse ne sert qu’une fois
