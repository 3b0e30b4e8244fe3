project-list-lead = Each holds the content, apps and languages of one site or product.
project-search = Name of a project
project-empty = No project yet
project-empty-lead = A project holds pages and posts. Make the first one, then a service account with a key that reads it.
project-name = Name
project-languages = Languages
project-changed = Changed
