account-lead = An identity for a script, a service or an agent. It belongs to the organization, never signs in, and stays when the person who made it leaves.
account-new = New service account
account-create = Create service account
account-made = The service account is there. Create its first key now.
account-empty = No service account yet
account-empty-lead = Make one for each script or service, then give it a key.
account-role = Role
account-since = Created
account-disabled = Disabled
account-edit = Edit
account-keys = Keys
account-keys-count = { $n ->
    [0] no keys
    [one] 1 key
   *[other] { $n } keys
}
account-no-keys = No key here.
account-out = Take it out of service
account-out-lead = Disabling stops its keys and every token made from them at once. You can enable it again later. Deleting revokes its keys for good.
account-enable = Enable
account-disable = Disable
account-disable-dots = Disable…
account-disable-of = Disable { $name }?
account-disable-lead = You can enable it again later.
account-disabled-said = It is disabled. Its keys do nothing now.
account-enabled-said = It is enabled. Its keys work again.
account-delete = Delete the account
account-delete-dots = Delete…
account-delete-of = Delete { $name }?
account-delete-lead = Its keys are revoked. This cannot be undone.
account-deleted = The service account is deleted.
account-stops = { $n ->
    [0] No key stops.
    [one] 1 key stops at once, with every token made from it.
   *[other] { $n } keys stop at once, with every token made from them.
}
account-name-hint = The script, service or agent that it is for.
account-purpose = Purpose, optional
account-purpose-hint = What it does and whom to ask before changing it.
role-says-admin = Manages projects, members, keys
role-says-editor = Reads and writes content
role-says-viewer = Reads content
role-says-collaborator = Only projects that it is added to
account-search = Name or purpose
account-any-role = Any role
account-segment-all = All
account-segment-active = Active
account-segment-disabled = Disabled
account-keys-used = Keys in use
account-key-ends = expires { $in }
account-none = None
account-no-keys-used = None
account-active = Active
account-all-projects = All
account-some-projects = { $n } of { $all }
account-never-used = Never used
account-used-from = { $ago } from { $ip }
account-made-by = { $day } by { $name }
account-create-key = Create key…
account-edit-dots = Edit…
account-how = From account to first request
account-guide = Read the guide
account-how-1 = Make an account
account-how-1-lead = Give it the lowest role that does the job. You can raise it later.
account-how-2 = Create a key
account-how-2-lead = Choose how long it lives and what it may touch. Store it where the script runs.
account-how-3 = Exchange it for a token
account-how-3-lead = { $n ->
    [one] answers with a token that lives 1 minute.
   *[other] answers with a token that lives { $n } minutes.
}
account-limited = A collaborator sees only the projects and apps that it was added to.
account-unlimited = Its role, { $role }, counts in every project. A role in one project can add to it there, never take away.
account-nowhere = It sees no project yet. Add it to one.
account-place = Where
account-place-role = Role there
account-role-in = Role in { $name }
account-app-in = App in { $name }
account-take-out = Take out
account-add-to = Add it to
account-choose-project = Choose a project
account-add = Add
account-more-projects = { $n ->
    [one] 1 more project is not in this list; add the account on its Members page.
   *[other] { $n } more projects are not in this list; add the account on their Members pages.
}
account-placed = It is in the project now.
account-taken-out = It is out of the project. Its keys reach it no more.
account-where = Projects it is added to
account-not-there = Not added
account-where-hint = A collaborator sees nothing else.
account-where-more = More projects can be chosen on its page.
role-lower-admin = admin
role-lower-editor = editor
role-lower-viewer = viewer
account-edit-of = Edit { $name }
