versions = Versions
versions-of = Versions of { $name }
versions-kept = { $n } kept
version-n = Version { $n }
version-beside = Version { $n } compared with version { $other }
version-changes = { $n ->
    [one] 1 change
   *[other] { $n } changes
}
version-against = Compare with
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
version-level-section = Section
version-level-column = Column
version-level-block = Block
version-became-added = Added
version-became-removed = Removed
version-became-moved = Moved
version-became-changed = Changed
version-source-create = Made
version-source-edit = Changed
version-source-publish = Published
version-source-unpublish = Taken back
version-source-revert = Brought back
version-source-import = Imported
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
redirect-status = Kind
redirect-says-308 = Permanent (308)
redirect-is-308 = Permanent
redirect-says-307 = Temporary (307)
redirect-is-307 = Temporary
redirect-says-302 = Temporary, a sent form may become a look-up (302)
redirect-is-302 = Temporary
redirect-says-301 = Permanent, a sent form may become a look-up (301)
redirect-is-301 = Permanent
redirect-source-auto = by a changed address
redirect-source-manual = by hand
redirect-new = New redirect
redirect-create = Make the redirect
redirect-made = { $from } leads to { $to }.
redirect-end = Delete the redirect
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
