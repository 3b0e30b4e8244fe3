# The numbers of a form.

figures = Statistics
figures-of = Statistics of { $name }
figures-lead = What arrived, and what people left out. Who only looks is not counted.
figures-days = Submissions of each day
figures-sent = submissions
figures-none = Nothing was sent in these days.
figures-bar = { $when }: { $n ->
    [one] 1 submission
   *[other] { $n } submissions
}
figures-optional = What may be left out, and how often it was answered
figures-of-newest = { $n ->
    [one] of the newest one
   *[other] of the newest { $n }
}
figures-share = { $n }%
