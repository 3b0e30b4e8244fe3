project-list-lead = Each holds the content, apps and languages of one site or product.
project-search = Name of a project
project-empty = No project yet
project-empty-lead = A project holds pages and posts. Make the first one, then a service account with a key that reads it.
project-name = Name
project-languages = Languages
project-changed = Changed
project-address = Its address
project-default = Default language
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
project-app-trash = Move to the trash
project-app-in-trash = In the trash
project-app-restore = Restore
project-app-restored = { $name } is back.
project-settings-lead = What the project is called, its languages, and its apps.
project-address-hint = Unique in the organization. Links to the old address lead nowhere after a change.
project-default-hint = Plain texts are in it, and it stands in where another language has none.
project-further = Further languages
project-further-hint = Texts can be written in each. Others can be added at any time.
project-more-languages = More languages
project-other-language = Another language, by its tag
project-others-by-tag = Others by tag, such as pt-AO, sw-TZ
project-languages-hint = A language without its tick is taken away: its texts are not shown and cannot be edited. They stay stored, and are there again when it comes back.
project-apps-first = Apps to start with
project-apps-first-hint = Apps can be added, renamed and taken away at any time.
project-apps-lead = Each holds one kind of content and has settings of its own.
project-apps-none = The project has no app yet. Add the first one below.
project-app-settings = Settings
project-app-saved = { $name } is saved.
project-app-address-hint = Unique in the project. Scripts find the app by its id, or by this.
project-app-trash-lead = With all that is in it. It can be restored from the settings of the project.
project-app-trashed = { $name } is in the trash, with all that is in it.
project-app-in-trash-lead = Nobody finds these, or what is in them, until they are restored.
project-app-gone = since { $ago }
project-delete-lead = All its content and apps are gone at once, and nobody can bring them back. Keys that reach only this project do nothing any more.
app-type-says-website = Pages and posts, in every language of the project.
app-type-says-forms = Forms that visitors fill in, and what they sent.
app-type-says-kb = Articles in categories, for help and guides.
app-setting-pagedesign = How pages are to look
app-setting-pagedesign-hint = In words, for people and agents who write pages: tone, length, what a page begins with.
app-setting-notifyemail = New submissions are announced to
app-setting-notifyemail-hint = One e-mail address. Left empty, nobody is told.
project-is-default = Default
