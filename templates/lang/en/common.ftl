# Words that every page shares.
email = E-mail
password = Password
password-new = New password
password-hint = At least 10 characters. A few unrelated words are good.
organization = Organization
slug-hint = Small letters, digits and dashes. Left empty, it is made from the name.

date = { $day } { $month } { $year }
date-time = { $day } { $month } { $year }, { $time }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec

ago-now = just now
ago-minutes = { $n ->
    [one] 1 minute ago
   *[other] { $n } minutes ago
}
ago-hours = { $n ->
    [one] 1 hour ago
   *[other] { $n } hours ago
}
ago-days = { $n ->
    [one] yesterday
   *[other] { $n } days ago
}
ago-years = { $n ->
    [one] a year ago
   *[other] { $n } years ago
}
until-now = in a moment
until-minutes = { $n ->
    [one] in 1 minute
   *[other] in { $n } minutes
}
until-hours = { $n ->
    [one] in 1 hour
   *[other] in { $n } hours
}
until-days = { $n ->
    [one] in 1 day
   *[other] in { $n } days
}
until-years = { $n ->
    [one] in a year
   *[other] in { $n } years
}

form-faults = { $n } things are not right yet
form-fault-of = { $field }: { $fault }
fault-other-locale = Write this in the language that it is asked for.
fault-live-required = Readers would see this at once. Say that it is meant.
fault-ambiguous = Several things fit this. Say more precisely which one is meant.
fault-resumed = Nothing was changed yet. Look at it once more, then send it.
fault-required = This is needed.
fault-required-in-email = An e-mail address, such as ada@example.com.
fault-required-in-name = Give it a name.
fault-taken = This is taken. Choose another.
fault-too-long = This is too long.
fault-personal = This contains your name or your e-mail address, which are tried first. Choose another password.
fault-too-short = This is too short.
fault-wrong = This e-mail and this password do not belong together.
fault-too-old = This form is too old. Look at it once more, then send it.
fault-stale = Somebody else has changed this since you opened it. What you typed is below; saving it now replaces theirs.
fault-incomplete = Not all of it arrived. Send it again.
fault-not-a-person = Only a person can own an organization.
fault-not-allowed = This cannot be given here.
fault-out-of-range = This number is too small or too large.
fault-out-of-range-in-projects = Choose 1 to 100 projects.
fault-out-of-range-in-expiresindays = From 1 to 3,650 days.
fault-out-of-range-in-policy-maxkeydays = From 1 to 3,650 days. Leave it empty for no limit.
fault-repeated = This was sent twice.
fault-revoked = This key was revoked or replaced already.
fault-too-many = These are too many.
fault-unknown = This is not known here.
fault-not-seen = The owner of the key may not see one of the projects. Add them there first, or leave it out.
fault-unknown-in-projects = One of the projects is gone. Choose again.
fault-unknown-field = There is no such field.
fault-unknown-locale = This is not a language of the project.
fault-unknown-locale-in-locale = The project does not have this language any more. Nothing was saved. Copy what you typed, then choose another language above.
fault-unsortable = The list cannot be sorted by this.
fault-wrong-type = This is of the wrong kind.
fault-loop = This would lead back to where it begins.
fault-other-entry = This is of another entry.
error-text-rule = Nothing was changed. No role lifts this rule.
fault-malformed-in-email = An address such as ada@example.com.
fault-malformed-in-settings-notifyemail = An address such as ada@example.com.
fault-malformed-in-website = An address that begins with https://.
fault-taken-in-email = They are a member or invited already. An open invitation can be sent again.
fault-taken-in-userid = They have a role here already. It can be changed in the list.

field-access = Access
field-address = Postal address
field-apptype = Kind of app
field-brandcolor = Colour
field-days = Days
field-defaultlocale = Default language
field-description = Description
field-disabled = Disabled
field-email = { email }
field-enabledlocales = Languages
field-expiry = Expiry
field-expiresat = Expiry
field-expiresindays = Expiry
field-grace = Grace period
field-logourl = Logo
field-name = Name
field-organization = Organization
field-password = { password }
field-policy-keyexpiryrequired = Expiry required
field-policy-maxkeydays = Longest life of a key
field-policy-personalkeysallowed = Personal keys
field-projects = Projects
field-role = Role
field-slug = Address
field-timezone = Time zone
field-typed = Name
field-until = Date
field-website = Website

error-title-400 = That cannot be read
error-text-400 = The address or the form is not well formed.
error-title-401 = Sign in first
error-text-401 = This page is for people who are signed in.
error-title-403 = You may not do this
error-text-403 = Nothing was changed. Ask an admin of the organization for a role that includes it.
error-title-404 = There is nothing here
error-text-404 = The page does not exist, or you may not see it.
error-title-405 = Not possible here
error-text-405 = This address does not take what the browser sent.
error-title-409 = Somebody was faster
error-text-409 = It collides with what is stored. Nothing was changed.
error-title-412 = Somebody changed it meanwhile
error-text-412 = Nothing was changed. Open the page again to see what it is now.
error-title-413 = Too large
error-text-413 = What was sent is over the limit. Nothing was stored.
error-title-429 = Too many tries
error-text-429 = Wait a little, then try again. Each failed try makes the wait longer.
error-title-500 = Something broke
error-text-500 = Nothing was half-written. The log of the server says more.
error-title-503 = Not at the moment
error-text-503 = The server cannot take this just now. Nothing was changed; try again soon.
fault-control-character = A control character is in it. Take it out.
error-needs = It needs: { $what }
error-link = A link of that kind works once and for a limited time. Ask for a new one.
error-moved = The database file was moved, replaced or deleted while the server runs. The operator has to put it back, or to start the server again.
error-occupied = Other files are on their way in. Send yours again in a moment.
error-home = Go to the start
error-to = To { $name }
error-request = Request { $id }

skip = Skip to content
nav-main = Main
nav-open = Open navigation
nav-crumbs = Breadcrumb
nav-notifications = { $n ->
    [0] Notifications
   *[other] Notifications, { $n } new
}
nav-account = Account
nav-choose = Choose an organization
nav-own-keys = Personal API keys
nav-help = Help
nav-dashboard = Dashboard
nav-profile = Profile
nav-password = Password
nav-sessions = Sessions
nav-inbox = Notifications
sign-out = Sign out
theme-to-light = Light theme
theme-to-dark = Dark theme
theme-to-system = Theme of the system
organizations = Organizations
org-new = New organization
projects = Projects
projects-all = All { $n } projects
project-new = New project
settings = Settings
nav-project-settings = Project settings
nav-org-settings = Organization settings
members = Members
invitations = Invitations
service-accounts = Service accounts
api-keys = API keys
policies = Policies
activity = Activity
profile = Profile
role-owner = Owner
role-admin = Admin
role-editor = Editor
role-viewer = Viewer
role-collaborator = Collaborator
jump = Jump to…
jump-hint = Type a key, person, page, setting, action…
jump-new = New, create, make, add
jump-move = Move
jump-open = Open
jump-close = Close
jump-found = Results: #
pager-shown = { $total ->
    [0] Nothing
    [one] The only one
   *[other] { $from } to { $to } of { $total } { $noun }
}
pager-pages = Pages of the list
pager-page = Page { $page } of { $pages }
pager-earlier = Earlier
pager-next = Next
list-nothing = Nothing matches.
list-events = events
list-results = results
list-things = things
filters = Filters
list-clear = Clear the filters
show = Show
save = Save
saved = Saved.
cancel = Cancel
keep-it = Keep it
close = Close
never = Never
command-line = The command line
command-line-by = the command line
actions-for = Actions for { $name }
list-and = and
open = Open
search-title = Search
id-copy = Copy the id: { $name }
id-title = Id
id-lead = Scripts and the API name it by this.
