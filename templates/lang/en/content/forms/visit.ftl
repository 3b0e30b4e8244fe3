visit-optional = (optional)
visit-send = Send
visit-trap = Leave this empty
visit-summary = { $n ->
    [one] One answer is not right yet
   *[other] { $n } answers are not right yet
}
visit-again-trap = Please send it once more: a field was filled in that nobody sees, perhaps by your browser. Everything that you wrote is still here.
visit-again-fast = Please send it once more: it came faster than anybody fills it in. Everything that you wrote is still here.
visit-again-old = Please send it once more: the page had been open for long. Everything that you wrote is still here.
visit-offline = This could not be sent: there is no connection, or nobody answers. Everything that you wrote is still here; send it once more in a moment.
visit-thanks = Thank you. What you sent has arrived.
visit-go-on = Go on
visit-once-more = Fill it in once more
visit-closed = This form takes nothing at the moment.
visit-already = Something was sent with this e-mail address already; one is enough.
visit-blocked = This could not be taken. If you are a person, write to whoever runs this site.
visit-limited = That was too much in a short time. Wait a minute, then send it once more.
visit-wrong-required = { $label }: an answer is needed
visit-wrong-consent-required = { $label }: your consent is needed
visit-wrong-too-short = { $label }: at least { $bound } characters
visit-wrong-too-long = { $label }: at most { $bound } characters
visit-wrong-pattern = { $label }: this does not have the form that is asked for
visit-wrong-pattern-help = { $label }: { $bound }
visit-wrong-no-email = { $label }: an e-mail address, such as ann@example.org
visit-wrong-no-phone = { $label }: a phone number, such as +41 44 123 45 67
visit-wrong-no-url = { $label }: an address that begins with https://
visit-wrong-no-number = { $label }: a number
visit-wrong-too-small = { $label }: at least { $bound }
visit-wrong-too-great = { $label }: at most { $bound }
visit-wrong-step = { $label }: in steps of { $bound }
visit-wrong-no-day = { $label }: a day, such as 2026-03-31
visit-wrong-no-time = { $label }: a time, such as 14:30
visit-wrong-too-early = { $label }: not before { $bound }
visit-wrong-too-late = { $label }: not after { $bound }
visit-wrong-not-offered = { $label }: one of the choices
visit-wrong-wrong-type = { $label }: this is no answer that can be read
visit-wrong-unknown-field = { $label }: nobody asked for this
