# The library of a project's files, one file, and what is said of uploads.
files = Files
file-lead = Pictures, recordings and documents of the project, { $kept } in all.
file-lead-room = Pictures, recordings and documents of the project, { $kept } of { $room } in all.
file-trash = Trash of files
file-search = Name, title or alt text
file-type = Type
file-every-type = Every type
file-type-image = Pictures
file-type-sound = Sound
file-type-film = Film
file-type-text = Texts
file-type-document = Documents
file-state = State
file-any-state = Any state
file-only-public = Public
file-only-private = Private
file-only-undescribed = No alt text
file-only-unused = Used nowhere
file-order-newest = Newest first
file-order-changed = Last changed
file-order-name = By name
file-order-size = Largest first
file-view = View
file-as-grid = Grid
file-as-list = List
file-folders = Folders
file-folders-all = All { $n } folders
file-folder = Folder
file-folder-empty = Empty
file-folder-new = New folder
file-folder-make = Make the folder
file-folder-name = Name
file-folder-into = In { $name }.
file-folder-in = Lies in
file-folder-edit = Rename or move…
file-folder-of = Folder { $name }
file-folder-edit-lead = What is in it goes along. Addresses of files stay the same.
file-folder-actions = Actions for this folder
file-folder-made = { $name } is made.
file-folder-changed = { $name } is changed.
file-folder-trashed = { $n ->
    [0] { $name } is in the trash.
    [one] { $name } is in the trash, with a file.
   *[other] { $name } is in the trash, with { $n } files.
}
file-folder-restored = The folder is back, with what went with it.
file-count = { $n ->
    [one] 1 file
   *[other] { $n } files
}
file-folder-count = { $n ->
    [one] 1 folder
   *[other] { $n } folders
}
file-root = No folder
file-none = No file yet
file-none-here = This folder is empty
file-none-lead = Upload pictures, recordings and documents here. The address of a file stays the same when it is moved or renamed.
file-guide = About files
file-choose = Choose files
file-drop = or drop them here, { $size } each at most
file-chosen = chosen
file-chosen-actions = What to do with the chosen files
file-chosen-more = More for the chosen files
file-clear = Clear
file-move = Move
file-move-to = Move to
file-make-public = Make public
file-make-private = Make private
file-several-moved = { $n ->
    [one] One file is moved.
   *[other] { $n } files are moved.
}
file-several-public = { $n ->
    [one] Everybody may see this file now.
   *[other] Everybody may see these { $n } files now.
}
file-several-private = { $n ->
    [one] Only members and keys see this file now.
   *[other] Only members and keys see these { $n } files now.
}
file-several-trashed = { $n ->
    [one] One file is in the trash.
   *[other] { $n } files are in the trash.
}
file-several-restored = { $n ->
    [one] One file is back.
   *[other] { $n } files are back.
}
file-name = Name
file-size = Size
file-seen-by = Seen by
file-public = Public
file-public-hint = Everybody who has its address, search engines too.
file-private = Private
file-private-hint = Members and keys of this project. Links for others end after an hour.
file-may-tell = It may say where, when and by whom it was made: what programs write into files of this type stays in it.
file-undescribed = No alt text
file-upload = Upload files
file-upload-into = Into { $name }.
file-upload-now = Upload
file-upload-public = Everybody may see them
file-upload-public-hint = Else members and keys of this project alone do. It can be changed later.
file-yours = Files
file-yours-one = File
file-most = At most { $size } each.
file-uploading = Uploads
file-uploaded = { $n ->
    [one] One file is there.
   *[other] { $n } files are there.
}
file-too-large = This is too large: { $size } at most.
file-far = # of #
file-waits = Waits
file-is-there = Is there
file-not-there = Could not be uploaded. Try it once more.
file-stopped = Cancelled
file-cancel = Cancel { $name }
file-cancel-all = Cancel all
file-take-off = Take { $name } off the list
file-all-done = All uploads have ended.
file-changed = Changed { $ago }
file-download = Download
file-replace = Replace
file-replace-dots = Replace…
file-replace-of = Replace { $name }
file-replace-lead = Its address and all that uses it stay; what is there shows the new content at once.
file-replaced = { $name } has its new content.
file-versions = Earlier content
file-versions-of = What was in { $name } before
file-versions-lead = Each time the file was replaced, what had been in it was kept. All of it stays for a while, then less and less. It counts in what the project keeps, and only members and keys see it.
file-versions-none = Nothing was in it before
file-versions-none-lead = Once its content is replaced, what was in it until then is here.
file-versions-show = { $n ->
    [one] One earlier content
   *[other] { $n } earlier contents
}
file-version = Content
file-version-number = Content { $n }
file-version-since = Was there since
file-version-restore = Bring back
file-version-back = { $name } has its earlier content again.
file-saved = { $name } is saved.
file-restored = The file is back.
file-erased = It is gone for good.
file-about = About this file
file-in-words = In words
file-alt = Alt text
file-alt-hint = What somebody should know who does not see it. A place that uses it may say it differently.
file-caption = Caption
file-title = Title
file-description = Description
file-description-hint = For whoever looks for it. Readers do not see it.
file-address = Address
file-address-hint = It stays when the file is renamed, moved or replaced.
file-address-copy = Copy the address
file-link = Link for others
file-link-make = Make a link for an hour
file-link-until = Whoever has it sees the file until { $at }.
file-facts = Facts
file-kind = Kind
file-pixels = Pixels
file-uploaded-at = Uploaded
file-fingerprint = Fingerprint
file-preview = Preview
file-preview-of = The picture { $name }
file-crop-square = Square
file-crop-wide = Wide
file-crop-tall = Tall
file-focal = Focal point
file-focal-left = Left
file-focal-top = Top
file-focal-from-left = Percent from the left
file-focal-from-top = Percent from the top
file-focal-hint = Click the picture, or type it. Every crop keeps this point in view.
file-used-in = { $n ->
    [0] Used nowhere
    [one] Used in 1 place
   *[other] Used in { $n } places
}
file-used-nowhere = No entry refers to it.
file-places = Places
file-trash-lead = Files and folders that are deleted stay here for { $days } days. They come back with their addresses.
file-trash-lead-forever = Files and folders that are deleted stay here. They come back with their addresses.
file-trash-none-lead = Files and folders that somebody deletes can be found here.
file-trash-empty-lead = { $n ->
    [one] One thing is deleted for good. Nobody gets it back.
   *[other] { $n } things are deleted for good. Nobody gets them back.
}
file-trash-stays = It stays there for { $days } days, and comes back as it was.
file-trash-stays-forever = It stays there, and comes back as it was.
file-trash-used = { $n ->
    [one] The place that uses it is empty meanwhile.
   *[other] The { $n } places that use it are empty meanwhile.
}
does-upload = Upload files
does-trash-file = Move a file to the trash
does-trash-folder = Move a folder to the trash
field-filename = Name
field-folderid = Folder
field-parentid = Folder
field-file = File
field-files = Files
field-alttext = Alt text
field-caption = Caption
field-focalpoint-x = Focal point
field-focalpoint-y = Focal point
fault-required-in-files = Choose a file.
fault-required-in-filename = Give it a name.
fault-not-a-number = A number is needed.
fault-out-of-range-in-focalpoint-x = From 0 to 100.
fault-out-of-range-in-focalpoint-y = From 0 to 100.
fault-unknown-reference-in-folderid = This folder is not there any more.
fault-unknown-reference-in-parentid = This folder is not there any more.
file-pick = Choose a file
file-pick-dots = Choose…
file-pick-none = Nothing matches.
file-sends = Uploading { $name }…
content-private-files = { $n ->
    [one] A file that this uses is private: readers do not see it.
   *[other] { $n } files that this uses are private: readers do not see them.
}
content-private-files-open = { $n ->
    [one] Make it public
   *[other] Make them public
}
content-files-opened = { $n ->
    [one] Everybody may see its file now.
   *[other] Everybody may see its { $n } files now.
}
does-open-files = Make the files of an entry public
file-clear-list = Clear the list
file-variants = Smaller pictures
file-variant = Picture
file-variant-thumbnail = Thumbnail
file-variant-small = Small
file-variant-medium = Medium
file-variant-large = Large
file-variant-copy = Copy the address of { $name }
file-variants-coming = They are being made. Load the page again in a moment.
file-variants-failed-too-large = It has too many pixels or bytes for smaller pictures to be made of it. It is shown as it is.
file-variants-failed-unreadable = It is damaged, or written in a way that is not read here. No smaller pictures are made of it.
file-variants-failed-gave-up = The server ended more than once while they were made, so they are not tried again.
