website-post-many = Posts
website-post-one = Post
website-post-new = New post
website-post-lead = What comes one after the other: news, articles. A post starts as a draft.
website-post-all = All
website-post-write = Write a post
website-post-first = Make your first post
website-post-drafts = { $n ->
    [one] 1 post is a draft
   *[other] { $n } posts are drafts
}
website-post-lacking = { $n ->
    [one] 1 post lacks { $language }
   *[other] { $n } posts lack { $language }
}
website-post-published = { $n } published
