docs = API reference
docs-lead = Every call of this instance, with what it takes and answers. New here?
docs-search = Call, field or path
docs-all = All calls
docs-console = Back to the console
docs-try = Try calls
docs-try-may = For 15 minutes, as { $name }:
docs-try-read = Reading
docs-try-write = Reading and writing
docs-try-nobody = Once you are signed in, calls carry a token of yours.
docs-try-unscripted = Trying calls needs JavaScript. Reading the reference does not.
docs-openapi = The same as OpenAPI 3.1
docs-markdown = This page as Markdown
docs-found = { $n ->
    [one] One call found
   *[other] { $n } calls found
}
docs-calls = { $n ->
    [one] One call
   *[other] { $n } calls
}
docs-with = Samples use
docs-begin = All begin with
docs-security = Sign in with
docs-security-token = an access token
docs-security-client = client id and API key
docs-security-nobody = nothing
docs-answers = Answers
docs-answer = Answer
docs-id = Name in clients
docs-repeat = Safe to repeat with
docs-query = In the query
docs-head = In the head
docs-body = Body
docs-reply = { $n ->
    [one] Answer, one field
   *[other] Answer, { $n } fields
}
docs-statuses = Statuses
docs-required = Required
docs-inside = { $n ->
    [one] One field
   *[other] { $n } fields
}
