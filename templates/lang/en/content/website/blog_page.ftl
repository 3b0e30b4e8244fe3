website-blog-page-many = Blog pages
website-blog-page-one = Blog page
website-blog-page-lead = Above the list of posts.
