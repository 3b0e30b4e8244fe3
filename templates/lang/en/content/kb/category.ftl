kb-category-many = Categories
kb-category-one = Category
kb-category-new = New category
kb-category-lead = Where readers look for articles. What stands first here stands first for them.
kb-category-all = All
