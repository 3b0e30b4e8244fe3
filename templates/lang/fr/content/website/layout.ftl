website-layout-many = Mises en page
website-layout-one = Mise en page
website-layout-new = Nouvelle mise en page
website-layout-lead = Un cadre pour les pages : un en-tête et un pied de page qui vont ensemble.
website-layout-all = Toutes
