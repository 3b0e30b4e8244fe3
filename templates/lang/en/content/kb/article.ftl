kb-article-many = Articles
kb-article-one = Article
kb-article-new = New article
kb-article-lead = Answers for readers, in categories. An article starts as a draft.
kb-article-all = All
kb-article-write = Write an article
kb-article-first = Make your first article
kb-article-drafts = { $n ->
    [one] 1 article is a draft
   *[other] { $n } articles are drafts
}
kb-article-lacking = { $n ->
    [one] 1 article lacks { $language }
   *[other] { $n } articles lack { $language }
}
kb-article-published = { $n } published
