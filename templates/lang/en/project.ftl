project-list-lead = Each holds the content, apps and languages of one site or product.
project-search = Name of a project
project-empty = No project yet
project-empty-lead = A project holds pages and posts. Make the first one, then a service account with a key that reads it.
project-name = Name
project-languages = Languages
project-changed = Changed
project-address = Its address
project-default = Default language
project-further = Further languages
project-all-languages = All languages
project-tag-hint = A tag such as en or fr-CA.
project-further-hint = Tags, parted by commas.
project-with-website = Begin with a website for pages and posts
project-create = Create project
project-first-steps = First steps
project-step-content = Write
project-step-content-lead = Make a page or a post.
project-step-account = Make a service account
project-step-account-lead = An identity for the script that reads or writes.
project-step-key = Give it a key
project-step-key-lead = It is shown once and exchanged for a short token.
project-content = Content
project-no-apps = There is no app yet that holds content.
project-kind = Kind
project-count = How many
project-drafts = Drafts
project-apps = Apps
project-app-type = Type
project-app-name = Name of the app
project-app-add = Add app
project-app-added = { $name } is added.
app-type-website = Website
app-type-forms = Forms
app-type-kb = Knowledge base
project-delete = Delete project
project-delete-lead = All its content and apps are gone at once; keys that reach only this project do nothing any more.
project-deleted = The project is deleted.
project-attention = Needs attention
project-attention-pages = { $n ->
    [one] 1 page is a draft
   *[other] { $n } pages are drafts
}
project-attention-posts = { $n ->
    [one] 1 post is a draft
   *[other] { $n } posts are drafts
}
project-attention-keys = { $n ->
    [one] 1 key ends within a week
   *[other] { $n } keys end within a week
}
project-attention-invitations = { $n ->
    [one] 1 invitation is open
   *[other] { $n } invitations are open
}
project-app-name-of = Name of { $name }
project-app-renamed = { $name } has its new name.
project-app-trash = Move to the trash
project-app-trashed = { $name } is in the trash, with all that is in it.
project-app-in-trash = In the trash
project-app-restore = Restore
project-app-restored = { $name } is back.
