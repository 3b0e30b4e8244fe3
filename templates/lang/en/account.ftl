account-lead = An identity for a script, a service or an agent. It belongs to the organization, never signs in, and stays when the person who made it leaves.
account-new = New service account
account-create = Create service account
account-made = The service account is there. Create its first key now.
account-search = Name
account-empty = No service account yet
account-empty-lead = Make one for each script or service, then give it a key.
account-role = Role
account-since = Created
account-disabled = Disabled
account-edit = Edit
account-keys = Keys
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
account-delete = Delete
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
account-purpose = Purpose
account-purpose-hint = What it does and whom to ask before changing it.
role-says-admin = Manages projects, members, keys
role-says-editor = Reads and writes content
role-says-viewer = Reads content
role-says-collaborator = Only projects that it is added to
