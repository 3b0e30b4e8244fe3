special-pages = Pages spéciales
special-pages-lead = Chaque site en a une de chaque sorte, du début à la fin. Elles sont toujours en ligne.
special-page = Page
special-page-for = À quoi elle sert
content-field-websiteappid = Site web
content-field-websiteappid-hint = Dont les mises en page, en-têtes et pieds de page l’entourent.
