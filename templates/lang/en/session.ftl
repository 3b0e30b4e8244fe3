sign-in-title = Sign in
sign-in-button = Sign in
sign-in-invited = Invited? Open the link in your e-mail.
sign-in-carry = Your session is over. Sign in, and what you typed comes back.
password-forgotten = Forgotten?
confirm-title = Your password again
confirm-lead = What comes next needs a password that was typed within the last 10 minutes.
confirm-button = Go on
resume-title = Welcome back
resume-lead = What you typed was kept.
resume-button = Back to it
forgot-title = A new password
forgot-hint = We send a link to this address.
forgot-button = Send the link
forgot-back = Back to sign-in
forgot-sent = If somebody has this address, a link is on its way. It works for an hour.
forgot-no-mail = This instance sends no mail. Whoever runs it can set a new password on the server:
reset-title = A new password
reset-lead = Every session ends, also on other devices.
reset-button = Set the password
reset-done = The new password is set. Sign in with it.
sign-in-wait = { $n ->
    [one] Too many tries. Try again in 1 second.
   *[other] Too many tries. Try again in { $n } seconds.
}
confirm-carry = Type your password, and what you typed before is sent.
