key-org-lead = Every key of this organization, of people and of service accounts. A key acts as its owner and never with more rights.
key-own-lead = A key acts as you, never with more rights than you have. For a script that outlives you, use a service account.
key-create = Create key
key-create-for = Create a key for { $owner }
key-sent-already = The key was made already. It is shown once; if it was lost, regenerate it.
key-shown-next = It is shown once, on the next step.
key-choose = Whose key?
key-choose-lead = A key belongs to a service account. Choose the one that will use it, or make a new one.
key-name = Name
key-name-hint = Where will it be used? One key per place makes it easy to revoke just one.
key-key = Key
key-owner = Owner
key-access = Access
key-used = Last used
key-expires = Expires
key-ended-expired = Expired
key-ended-revoked = Revoked
key-status = Status
key-actions = Actions
key-made = Created { $day } by { $name }
key-projects = { $n ->
    [one] 1 project
   *[other] { $n } projects
}
key-all-projects = All projects
key-used-from = { $at } from { $ip }
key-never-used = Never used
key-state-active = Active
key-state-soon = Expires soon
key-state-expired = Expired
key-state-revoked = Revoked
key-why = { $day } by { $name }
key-because = : { $reason }
key-segment-active = Active
key-segment-expiring = Expiring
key-segment-expired = Expired
key-segment-revoked = Revoked
key-segment-all = All
key-any-owner = Any owner
key-people = People
key-any-access = Any access
key-empty = No key yet
key-empty-lead = A key gives a script, a service or an agent access to this organization’s content. Create the first one.
key-empty-lead-own = A personal key lets a script or an agent act as you. Create the first one.
key-help = How keys work
key-regenerate = Regenerate
key-regenerate-end = Regenerate, end the old key
key-regenerate-dots = Regenerate…
key-regenerate-of = Regenerate { $name }?
key-regenerate-lead = A new key takes its place, with the same owner, access and projects. It is shown once, on the next step.
key-rename = Edit name
key-rename-dots = Edit name…
key-rename-of = The name of { $name }
key-renamed = The key has its new name.
key-revoke = Revoke
key-revoke-dots = Revoke…
key-revoke-of = Revoke { $name }?
key-revoke-lead = It stops at once, with every token made from it. This cannot be undone.
key-revoked-said = { $name } is revoked.
key-reason = Reason
key-reason-hint = Optional. It stays with the key and in the activity.
key-last-used = Last used { $ago }, from { $ip }. Whatever uses it there stops.
key-used-last = Last used { $ago }, from { $ip }.
key-not-used-yet = Nothing has used it yet.
key-life = Expires after
key-days-7 = 7 days
key-days-30 = 30 days
key-days-90 = 90 days
key-days-max = { $n ->
    [one] 1 day
   *[other] { $n } days
}
key-days-365 = 1 year
key-on-date = On a date
key-same = As before
key-until = The date
key-reminded = You are reminded beforehand.
key-policy = { $n ->
    [one] The organization allows at most 1 day.
   *[other] The organization allows at most { $n } days.
}
key-grace = The old key stops
key-grace-none = At once
key-grace-1h = After 1 hour
key-grace-24h = After 1 day
key-grace-7d = After 1 week
key-grace-hint = Time to put the new one in place; without it, whatever uses the old key stops at once. It never lives longer than it would have.
key-all-later = All projects, also later ones
key-only-these = Only these
key-role-limits-editor = { $owner } is an editor, so full gives no more than write until its role is raised.
key-role-limits-viewer = { $owner } is a viewer, so write and full give no more than read until its role is raised.
key-role-limits-collaborator = { $owner } is a collaborator: it reaches only the projects that it was added to.
access-read = Read
access-write = Write
access-full = Full
access-says-read = See content, forms and files
access-says-write = Also edit content, files and forms
access-says-full = All that the owner may do
key-copy-now = Copy the key now
key-only-time = This is the only time it is shown. Stele keeps a fingerprint of it, never the key itself.
key-copy = Copy key
key-try = Try it
key-stored = I have stored it in a safe place
copy = Copy
copied = Copied
copy-by-keyboard = Selected. Copy it with the keyboard.
done = Done
fault-malformed-date = Choose a date.
fault-policy = The policy of the organization does not allow this life.
fault-in-the-past = That is in the past. Choose a later date.
key-search = Name, owner or last four characters
key-search-own = Name or last four characters
key-one-account = One service account
key-one-person = One person
key-state-ending = Expires { $in }
key-replaced-by = replaced by …⁠{ $key }
key-replaces = Replaces …⁠{ $key }
key-owner-deleted = the service account was deleted
key-owner-removed = the member was removed
key-ending = { $n ->
    [one] 1 key expires within 7 days.
   *[other] { $n } keys expire within 7 days.
}
key-ending-do = Regenerate
key-ending-more = { $n } more
key-ending-before = { $n ->
    [one] before its script stops.
   *[other] before their scripts stop.
}
key-ends-on = Expires on { $day }.
key-ends-never = It works until it is revoked.
key-ends-that-day = It works through that day.
key-no-personal = Your organization does not allow personal keys. A key of a service account does the same for a script; ask an admin for one.
key-snippet-curl = with the key in STELE_KEY: a token for it, then a first request with that token
key-snippet-claude = with the key in STELE_KEY: Claude Code reads the description of the API and calls it
fault-required-in-projects = Choose all projects, or only those that are ticked.
key-acts-read = Reads as { $name }.
key-acts-write = Reads and writes content as { $name }.
key-acts-full = Does all that { $name } may.
key-about = About this key
key-of-account = Service account
key-of-person = Person
key-created = Created
key-by = by { $name }
key-from = from { $ip }
key-reminders = The owner is told 30, 7 and 1 days before.
key-chain = Before and after
key-successor = Successor
key-no-successor = No successor
key-no-successor-lead = Regenerating makes one. This key then stops, at once or up to 7 days later.
key-predecessor = Predecessor
key-since = This key, since { $day }
key-calls = Calls
key-calls-note = Counts are kept for a month and are up to a minute old. Exchanges for a token are no calls.
key-refusals = Refused, by reason
key-refused-calls = Calls
key-refused-last = Last
key-refused-token-expired = With a token that had expired
key-refused-token-revoked = With a token that was revoked
key-refused-key-expired = After the key expired
key-refused-key-revoked = After the key was revoked
key-refused-key-not-exchanged = With the key itself instead of a token
key-refused-owner-inactive = While the owner was disabled or no member
key-refused-address-not-allowed = From an address that it is not restricted to
key-refused-access-too-narrow = More than the access of the key allows
key-refused-role-too-low = More than the role of the owner allows
key-refused-invalid = What was sent is wrong
key-refused-not-found = Not there, or not for the owner to see
key-refused-conflict = Against what is stored, such as an address that is taken
key-refused-cursor-expired = A cursor of changes that are not known any more
key-refused-stale = Changed by somebody else meanwhile
key-refused-too-large = Too large
key-refused-rate-limited = More than its limit a minute
key-use = Use it
key-use-lead = The key itself is not kept. Take it from where you stored it and put it into STELE_KEY.
key-use-project = Project whose ids are shown
key-use-one-project = Project
key-snippet-fetch = with the key in STELE_KEY; Node 18 or later, no package
key-replaced-by-revoked = replaced by …⁠{ $key }, which is revoked
key-orphaned = works only until { $until }: its successor is revoked. Make a new key before.
key-orphaned-here = It works only until { $until }: its successor is revoked, and nothing takes its place. Make a new key before.
key-orphans = The key before it, …⁠{ $key }, works until { $until }; then nothing takes its place.
key-nowhere = reaches nothing
key-nowhere-lead = Its owner is a collaborator who was added to no project.
key-nowhere-here = { $name } is a collaborator who was added to no project, so this key reaches nothing.
key-restrict-dots = Restrict…
key-restrict-of = Restrict { $name }
key-restrict-lead = It counts from the next request on, also for tokens that are out already.
key-restrict-further = Restrict it further
key-restrictions = Restrictions
key-no-restrictions = From anywhere, as often as the instance lets it
key-networks = Only from these addresses
key-networks-hint = Optional. Addresses and networks such as 192.0.2.0/24 or 2001:db8::/32, at most 32.
key-per-minute = Requests a minute
key-per-minute-hint = Optional. Exchanges for a token count, too.
key-you-come-from = You come from { $ip }.
key-restricted = { $name } is restricted.
key-unrestricted = { $name } is no longer restricted.
key-from-network = From { $network }
key-from-networks = { $n ->
    [one] From 1 network
   *[other] From { $n } networks
}
key-at-most-short = At most { $n } a minute
key-at-most = { $n ->
    [one] At most 1 request a minute
   *[other] At most { $n } requests a minute
}
field-networks = { key-networks }
field-requestsperminute = { key-per-minute }
fault-malformed-in-networks = One of these is neither an address nor a network such as 192.0.2.0/24.
fault-out-of-range-in-networks = Name at most 32 addresses and networks.
fault-out-of-range-in-requestsperminute = Give a whole number from 1 to 1,000,000, or nothing.
