# What visitors have sent to a form.

form-tab-submissions = Submissions
form-edit = Edit the form
form-sent-to = Submissions of { $name }
form-sent-lead = { $n ->
    [0] Nothing is unread.
    [one] 1 is unread.
   *[other] { $n } are unread.
}
form-sent-new = { $n } new
form-sent-none = Nothing has been sent yet
form-sent-none-lead = What visitors send stands here, newest first.
form-sent-search = Words of the answers
form-sent-state = State
form-sent-all = All
form-sent-unread = Unread
form-sent-spam = Spam
form-sent-period = Period
form-sent-any-time = Any time
form-sent-days = Last { $n } days
form-sent-from = From
form-sent-text = Answers
form-sent-at = Received
form-sent-somebody = Somebody
form-is-unread = unread
form-is-spam = Spam
form-has-note = With a note
form-mark-read = Mark as read
form-mark-unread = Mark as unread
form-mark-spam = Mark as spam
form-sent-delete = Delete
form-sent-delete-dots = Delete…
form-sent-delete-title = Delete what { $name } has sent?
form-sent-delete-lead = It is gone for good, with its note. That cannot be undone.
form-sent-delete-several = What is chosen is gone for good, with its notes and files. That cannot be undone.
form-sent-deleted = { $n ->
    [one] 1 submission is deleted.
   *[other] { $n } submissions are deleted.
}
form-sent-marked = { $n ->
    [one] 1 submission is marked.
   *[other] { $n } submissions are marked.
}
form-sent-actions = Actions for this submission
form-sent-agreed = Agreed: { $words }
form-sent-how = How it came
form-sent-language = Language
form-sent-page = Sent from
form-sent-address = Network address
form-sent-browser = Browser
form-sent-expires = Goes by itself
form-sent-list = Back to the list
form-sent-others = Others
form-sent-newer = Newer
form-sent-older = Older
form-note = Note
form-note-hint = For the people who work here. Whoever sent it never sees it.
form-note-keep = Keep the note
form-note-kept = The note is kept.
form-blocked = Turned away
form-blocked-days = in the last 30 days
form-blocked-hint = This is counted and not stored.
form-blocked-honeypot = A field that only programs fill in
form-blocked-too-fast = Filled in faster than anybody types
form-blocked-origin = From a site that may not send it
form-blocked-captcha-missing = Without the work that browsers do
form-blocked-captcha-wrong = With work that was done for something else, or not at all
does-mark-submissions = Mark or delete submissions
does-mark-submission = Mark the submission
does-note-submission = Keep the note
form-mails = E-mails
form-mail-notice = To whoever looks after the forms
form-mail-confirmation = Confirmation to the visitor
form-mail-state-queued = Waits
form-mail-state-sent = Sent
form-mail-state-failed = Failed
form-mail-state-cancelled = Not sent
form-mail-next = next try { $at }
form-mail-resend = Send again
form-mail-resent = The e-mail is on its way again.
fault-no-mail = No e-mails are sent from here: whoever runs this instance has named no mail server.
does-resend-submission-email = Send the e-mail again
form-export = Export
form-export-xlsx = Spreadsheet (XLSX)
form-export-csv = CSV, with commas
form-export-semicolon = CSV, with semicolons
form-export-jsonl = Lines of JSON
does-export-submissions = Export submissions
form-sender = All that an address has sent
form-sender-dots = All from this address…
form-sender-lead = In all forms of this project, also those in the trash. What is erased is gone for good, with the e-mails about it and what webhooks were told.
form-sender-email = E-mail address
form-sender-found = { $n ->
    [0] Nothing was found.
    [one] 1 submission was found.
   *[other] { $n } submissions were found.
}
form-sender-find = Find
form-sender-other = Another address
form-sender-export = Export as JSON
form-sender-erase = Erase all of it
form-sender-erase-title = Erase all that { $email } has sent?
does-export-sender = Take along what an address has sent
