website-footer-many = Pieds de page
website-footer-one = Pied de page
website-footer-new = Nouveau pied de page
website-footer-lead = Ce qui se trouve sous les pages du site.
website-footer-all = Tous
