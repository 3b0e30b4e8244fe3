versions = Versions
versions-of = Versions of { $name }
versions-kept = { $n } kept
version-n = Version { $n }
version-beside = What is different in version { $n } beside version { $other }
version-first = Version { $n }, the first that is kept
version-same = Nothing that is kept of an entry is different.
version-same-publish = It was published. Texts and blocks are as they were.
version-same-unpublish = It was taken back. Texts and blocks are as they were.
version-before = before
version-since = in this version
version-was = [was]
version-new = [new]
version-fields = Fields
version-content = Content
version-level-section = section
version-level-column = column
version-level-block = block
version-became-added = added
version-became-removed = removed
version-became-moved = moved
version-became-changed = changed
version-source-create = made
version-source-edit = changed
version-source-publish = published
version-source-unpublish = taken back
version-source-revert = brought back
version-source-import = imported
version-restore = Restore version { $n }
version-restore-ask = If you restore version { $n }
version-restore-lead = Texts and blocks return in every language. Address, status and dates stay as they are. It becomes one more version, so this can be taken back.
version-restored = Version { $n } is back.
version-missing = { $n ->
    [one] One thing that it leads to is gone.
   *[other] { $n } things that it leads to are gone.
}
trash = Trash
trash-lead = What is deleted stays here for { $days } days. It comes back as it was, with its address and its versions.
trash-lead-forever = What is deleted stays here. It comes back as it was, with its address and its versions.
trash-search = Name
trash-kind = Kind
trash-every-kind = Every kind
trash-none = The trash is empty
trash-none-lead = Pages, posts and all else that somebody deletes can be found here.
trash-deleted = Deleted
trash-by = by { $name }
trash-goes = Gone for good
trash-never = never
trash-erase = Delete for good
trash-erased = { $name } is gone for good.
trash-empty = Empty the trash
trash-empty-ask = Empty the trash?
trash-empty-lead = { $n ->
    [one] One entry is deleted for good, with its versions. This cannot be undone.
   *[other] { $n } entries are deleted for good, with their versions. This cannot be undone.
}
trash-erase-all = Delete for good
trash-emptied = The trash is empty.
trash-emptied-some = A part of the trash is gone. Empty it again for the rest.
redirects = Redirects
redirects-lead = Where paths lead that no entry has. After a change of an address the old one leads to the new one by itself.
redirect-search = Path
redirect-from = From
redirect-to = To
redirect-status = Status
redirect-source-auto = by a changed address
redirect-source-manual = by hand
redirect-new = New redirect
redirect-create = Make the redirect
redirect-made = { $from } leads to { $to }.
redirect-end = Delete
redirect-ended = { $from } leads nowhere any more.
redirect-none = No redirects yet
redirect-none-lead = The first comes by itself when an address is changed, or make one here.
field-frompath = From
field-frompath-hint = A path on this site, such as /old.
field-topath = To
field-topath-hint = A path, or an address elsewhere.
fault-taken-in-frompath = An entry or another redirect has this path already.
fault-malformed-in-frompath = A path such as /old, without ? or #.
fault-malformed-in-topath = A path such as /new, or an address that begins with https://.
version-look = Compare
version-look-at = Compare version { $n }
version-back = Restore…
version-back-to = Restore… version { $n }
versions-all = { $n ->
    [one] The only version
   *[other] All { $n } versions
}
version-restored-behind = What you had not saved is still in the editor: throw it away there to see the version.
