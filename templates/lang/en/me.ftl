me-profile-lead = How others see you, and how the console speaks to you.
me-bio = About you
me-phone = Phone, optional
fault-bad-phone = Write a number such as +33 1 23 45 67 89.
me-read-one = Mark as read: { $title }
me-language = Language
me-language-browser = As the browser asks
me-zone = Time zone
fault-unknown-zone = Choose a zone such as Europe/Paris.
me-password-lead = A new password ends every other session.
me-password-now = Your password now
me-password-set = The new password is set. Every other session ended.
fault-wrong-password = This is not your password.
me-sessions-lead = Browsers that are signed in as you. End what you do not know.
me-end-others = End all others
me-device = Browser
me-address = Address
me-seen = Last seen
me-since = Signed in { $day }
me-this-one = This one
me-end = End session
me-session-ended = The session is over.
me-inbox-lead = What you should know: keys that end soon, invitations, changes of your access.
me-inbox-empty = Nothing new
me-read-all = Mark all as read
me-sessions-ended = { $n ->
    [0] There was no other session.
    [one] 1 session is over.
   *[other] { $n } sessions are over.
}
