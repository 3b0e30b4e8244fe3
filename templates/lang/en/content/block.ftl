# Blocks: what is wrong with them.

fault-always-live = Content of this kind is always live.
fault-conflict = Say this or the other, not both.
fault-duplicate = This is there twice.
fault-misplaced-block = A block of this type cannot stand here.
fault-not-found = This is not there any more.
fault-past = Choose a moment in the future.
fault-read-only = This cannot be changed.
fault-too-deep = This is nested too deeply.
fault-too-large = This is too long. Divide it into several entries.
fault-unknown-block = Blocks of this type are not known here.
fault-unknown-kind = There is no such kind of content.
fault-malformed-in-data-file = An address that begins with https://, a path such as /images/sea.jpg, or file: and the id of a file.
fault-malformed-in-data-url = An address that begins with https://, a path such as /images/sea.jpg, or file: and the id of a file.
fault-malformed-in-data-poster = An address that begins with https://, a path such as /images/sea.jpg, or file: and the id of a file.
fault-malformed-in-data-captions = An address that begins with https://, a path such as /images/sea.jpg, or file: and the id of a file.
fault-malformed-in-data-items = An address that begins with https://, a path such as /images/sea.jpg, or file: and the id of a file.
fault-malformed-in-data-link = An address that begins with https://, a path such as /books, #part, mailto:, tel:, or entry:, dialog: or file: and an id.
