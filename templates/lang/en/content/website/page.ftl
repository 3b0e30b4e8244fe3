website-page-many = Pages
website-page-one = Page
website-page-new = New page
website-page-lead = What stands still: the front page, contact, terms.
website-page-all = All
website-page-write = Write a page
website-page-first = Make your first page
website-page-drafts = { $n ->
    [one] 1 page is a draft
   *[other] { $n } pages are drafts
}
website-page-lacking = { $n ->
    [one] 1 page lacks { $language }
   *[other] { $n } pages lack { $language }
}
website-page-published = { $n } published
