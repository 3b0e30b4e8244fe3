weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
date-weekday = { $weekday }, { $day } { $month }
date-short = { $day } { $month }
dashboard-needs = { $n ->
    [0] { $date }. Nothing needs you.
    [one] { $date }. One thing needs you; everything else runs.
   *[other] { $date }. { $n } things need you; everything else runs.
}
dashboard-attention = Needs attention
dashboard-calm-reader = Nothing needs you.
dashboard-calm = Nothing needs you. Drafts, keys that expire soon, open invitations and failed sign-ins show up here.
dashboard-key-ends = The key { $name } expires { $when }
dashboard-key-used = { $owner } used it last { $ago }.
dashboard-key-unused = It belongs to { $owner } and was not used yet.
dashboard-regenerate = Regenerate…
dashboard-more-keys = { $n ->
    [one] 1 more key expires within a week
   *[other] { $n } more keys expire within a week
}
dashboard-drafts-where = In { $app }. Only you and your team see drafts.
dashboard-lacking-where = In { $app }. Readers see the default language there.
dashboard-translate = Translate
dashboard-invitations = { $n ->
    [one] 1 invitation is open
   *[other] { $n } invitations are open
}
dashboard-invitations-lead = An invitation ends by itself after a week.
dashboard-failed = { $n ->
    [one] 1 failed sign-in in 24 hours
   *[other] { $n } failed sign-ins in 24 hours
}
dashboard-failed-of = { $name } ({ $n })
dashboard-look = Look
dashboard-review = Review
dashboard-start = Start something
dashboard-make-key = Create a key
dashboard-invite = Invite someone
dashboard-find = Find anything
dashboard-drafts = { $n ->
    [one] 1 draft
   *[other] { $n } drafts
}
dashboard-scheduled = { $n ->
    [one] 1 scheduled
   *[other] { $n } scheduled
}
dashboard-keys = API keys in use
dashboard-keys-ending = { $n ->
    [one] 1 expires soon
   *[other] { $n } expire soon
}
dashboard-apps = Apps
dashboard-languages = Languages
dashboard-first-steps = First steps
dashboard-step-content-lead = It starts as a draft. Once it is published, the API hands it out.
dashboard-step-app-lead = It holds what readers come for: pages and posts, or articles.
dashboard-step-app = Add a website or a knowledge base
dashboard-step-account = Make a service account
dashboard-step-account-lead = An identity for the script that reads or writes.
dashboard-step-key = Give it a key
dashboard-step-key-lead = It is shown once and exchanged for a short token.
dashboard-activity-all = All activity
dashboard-activity-none = Nothing has happened here yet.
traffic = Traffic
traffic-span = Period
traffic-24h = 24 hours
traffic-30d = 30 days
traffic-requests = API requests
traffic-exchanges = token exchanges
traffic-answered = Answered
traffic-refused = Refused
traffic-failed = Failed
traffic-refused-or-failed = Refused or failed
traffic-given = Token given
traffic-requests-title-24h = API requests per hour, the last 24 hours
traffic-requests-title-30d = API requests per day, { $from } to { $to }
traffic-exchanges-title-24h = Token exchanges per hour, the last 24 hours
traffic-exchanges-title-30d = Token exchanges per day, { $from } to { $to }
traffic-desc = { $total } in all, { $low } of them refused. Most at { $when }: { $n }.
traffic-desc-none = None in this time.
traffic-none-calls = No calls in this time. The first shows here within a minute.
traffic-none-exchanges = No token exchanges in this time. The first shows here within a minute.
traffic-none-requests = No API requests in this time. The first shows here within a minute.
traffic-bar = { $when }: { $n }, { $low } refused
traffic-today = Today
traffic-now = Now
traffic-when = When
traffic-table = Show as a table
traffic-note = Exchanges count for every project that the key reaches. Counts are up to a minute old.
traffic-busiest = Busiest keys
traffic-busiest-none = No key has asked for anything here in this time.
traffic-all-keys = All keys
traffic-calls = calls
traffic-calls-title-24h = Calls per hour, the last 24 hours
traffic-calls-title-30d = Calls per day, { $from } to { $to }
dashboard-step-done = Done:
