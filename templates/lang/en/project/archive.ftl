# Archives of projects.
fault-not-an-archive = This is not an archive of a project.
fault-not-json = This is not JSON.
fault-too-many-values = This holds too many values.
fault-too-new = This comes from a newer release. Update this one first.
fault-unexpected = This does not belong here.
fault-unknown-app-type = There are no such apps here. It is left out.
fault-unknown-line = There is no such thing here. It is left out.

archive-export = Export
archive-export-lead = Everything in this project as one file, drafts included: all entries in all languages, redirects, settings, files, brandings and domains. No people, and no secrets.
archive-export-now = Download
archive-import = New project from an archive
archive-import-lead = The file of a project that was exported here or elsewhere becomes a project of its own.
archive-import-now = Make the project
archive-file = Archive
archive-file-hint = A file of lines, at most 1 GiB. What is wrong with it is told with its line, and then nothing is made.
archive-name-hint = Leave it empty for the name in the archive.
archive-wrong = This archive cannot be imported:
archive-line = Line { $number }:
archive-done = { $apps ->
    [one] One app
   *[other] { $apps } apps
}, { $entries ->
    [one] one entry
   *[other] { $entries } entries
}, { $redirects ->
    [one] one redirect
   *[other] { $redirects } redirects
}, { $files ->
    [one] one file
   *[other] { $files } files
}.
archive-open = Open the project
archive-told = What was not as expected
archive-told-lead = { $count ->
    [0] Nothing was left out. What is not known here was kept as it is.
    [one] One line was left out. What else is not known here was kept as it is.
   *[other] { $count } lines were left out. What else is not known here was kept as it is.
}
archive-more = And { $count } more.
fault-incomplete-in-file = The file did not arrive as a whole. Send it again.
fault-incomplete-in-archive = The archive is not whole: lines are missing, perhaps because the file was cut off.
fault-unknown-reference-in-archive = There is no such app or folder on a line before.
fault-unknown-reference-in-notice = It refers to entries or files that are not in the archive.
fault-wrong-bytes = The bytes of this file are not those that it says. The archive was damaged.
fault-duplicate-in-archive = This is there twice.
