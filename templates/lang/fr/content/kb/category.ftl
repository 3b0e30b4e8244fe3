kb-category-many = Catégories
kb-category-one = Catégorie
kb-category-new = Nouvelle catégorie
kb-category-lead = Là où les lecteurs cherchent les fiches. Ce qui est en tête ici l’est aussi pour eux.
kb-category-all = Toutes
