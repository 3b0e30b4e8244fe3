# Letters and notifications: stored as they are written here, in the language of whoever gets them.
letter-at = { $day } { $month } { $year } at { $time } ({ $zone })

letter-reset-subject = A new password
letter-reset-body =
    Somebody, probably you, asked for a new password for { $email }.

    Set it here until { $until }:
    { $link }

    The link works once. If it was not you, do nothing: the old password stays.

letter-invitation-subject = { $inviter } invites you to { $organization }
letter-invitation-body =
    { $inviter } invites you to { $organization }. Your role there: { $role }.

    Accept until { $until }:
    { $link }

    The link works once. If you do not know { $inviter }, do nothing.

letter-key-subject = { $days ->
    [one] The API key { $name } ends within a day
   *[other] The API key { $name } ends within { $days } days
}
letter-key-body = The key { $name } in { $organization } ends on { $at }. What uses it stops then. Regenerate it before, with a grace period in which both keys work.
letter-key-body-account = The key { $name } of the service account { $owner } in { $organization } ends on { $at }. What uses it stops then. Regenerate it before, with a grace period in which both keys work.

letter-member-added = You were added to { $organization }
letter-member-role = Your role in { $organization } is now: { $role }
letter-member-removed = You are no longer a member of { $organization }
letter-invited = { $inviter } invites you to { $organization }. Open the link that you get to join
letter-joined = { $name } has joined { $organization }
