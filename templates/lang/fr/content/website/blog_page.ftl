website-blog-page-many = Pages du blog
website-blog-page-one = Page du blog
website-blog-page-lead = Au-dessus de la liste des articles.
