several-all = Choose all on this page
several-one = Choose { $name }
several-chosen = # chosen
several-published = { $n ->
    [one] 1 is published.
   *[other] { $n } are published.
}
several-unpublished = { $n ->
    [one] 1 is a draft again.
   *[other] { $n } are drafts again.
}
several-restored = { $n ->
    [one] 1 is back, as it was.
   *[other] { $n } are back, as they were.
}
several-erased = { $n ->
    [one] 1 is gone for good.
   *[other] { $n } are gone for good.
}
several-refused = { $n ->
    [one] 1 was not done:
   *[other] { $n } were not done:
}
several-erase = Delete for good…
several-erase-lead = What is chosen is deleted with its versions. It cannot be taken back.
fault-none-chosen = Choose at least one first.
fault-denied = You may not do this.
fault-changed-meanwhile = Somebody has changed this meanwhile. Look at it, then choose it again.
fault-busy = The server could not take this now. Try again.
fault-in-use = It is used elsewhere. Its own page shows where, before it goes to the trash.
