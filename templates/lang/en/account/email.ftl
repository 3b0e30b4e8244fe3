# Letters and notifications: stored as they are written here, in the language of whoever gets them.
email-at = { $day } { $month } { $year } at { $time } ({ $zone })

email-reset-subject = A new password
email-reset-body =
    Somebody, probably you, asked for a new password for { $email }.

    Set it here until { $until }:
    { $link }

    The link works once. If it was not you, do nothing: the old password stays.

email-invitation-subject = { $inviter } invites you to { $organization }
email-invitation-body =
    { $inviter } invites you to { $organization }. Your role there: { $role }.

    Accept until { $until }:
    { $link }

    The link works once. If you do not know { $inviter }, do nothing.

email-key-subject = { $days ->
    [one] The API key { $name } expires within a day
   *[other] The API key { $name } expires within { $days } days
}
email-key-body = The key { $name } in { $organization } expires on { $at }. What uses it stops then. Regenerate it before, with a grace period in which both keys work.
email-key-body-account = The key { $name } of the service account { $owner } in { $organization } expires on { $at }. What uses it stops then. Regenerate it before, with a grace period in which both keys work.

email-key-orphaned-subject = The key { $name } works only until its grace period is over
email-key-orphaned-body = Its successor was revoked, so nothing takes its place. The key { $name } in { $organization } works until { $at }. Make a new one before.

email-webhook-subject = A webhook of { $project } was switched off
email-webhook-failing = Nothing has reached the webhook of { $project } at { $host } for five days, so it was switched off. Look at what it was told, mend its receiver, and switch it on again.
email-webhook-gone = The receiver of the webhook of { $project } at { $host } said that it is gone, so it was switched off.

email-member-added = You were added to { $organization }
email-member-role = Your role in { $organization } is now: { $role }
email-member-removed = You are no longer a member of { $organization }
email-invited = { $inviter } invites you to { $organization }. Open the link that you get to join
email-joined = { $name } has joined { $organization }

email-form-notice-subject = New submission: { $form }
email-form-notice-body =
    Somebody has sent { $form } on { $at }.

    { $answers }

    All of it: { $link }

email-form-confirmation-subject = { $form }: your answers have arrived
email-form-confirmation-body =
    Thank you. What you sent us by { $form } arrived on { $at }.

    This e-mail was sent because your address was typed there. If it was not you, do nothing.
