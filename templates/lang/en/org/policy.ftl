policy-lead = Rules for keys that are made from now on. Living keys stay as they are.
policy-days = Longest life of a key
policy-days-unit = days
policy-days-hint = Leave it empty for no limit.
policy-required = Every key must expire
policy-personal = People may have personal keys
policy-touches-lead = They go on working until they expire or somebody revokes them.
policy-save-anyway = Save all the same
fault-days-range = A number of days from 1 to 3650, or nothing.
policy-touches = { $n ->
    [one] 1 living key would not be allowed any more.
   *[other] { $n } living keys would not be allowed any more.
}
policy-more = and { $n } more
policy-ends = expires on { $day }
policy-endless = never expires
