//! The OAuth endpoints in the OpenAPI document.

use serde_json::{Map, Value, json};

use crate::{
    domain::access::Access,
    http::{
        api::{
            openapi::header,
            schema::{Components, reference},
        },
        oauth::{ACCESS_TYPE, EXCHANGE, JWT_TYPE, KEY_TYPE, PASETO_TYPE, bearer},
    },
};

/// The group of them.
pub const TAG: &str = "oauth";

/// Their paths.
pub fn paths(components: &mut Components) -> Map<String, Value> {
    for (name, schema) in schemas() {
        components.refer(name, &|| schema.clone());
    }
    let forms = [
        (
            "/oauth/token",
            "issue_token",
            "Issue an access token",
            "client_credentials: the API key is the client's secret. Token exchange (RFC 8693): it is the subject_token, and the client need \
             not authenticate. scope narrows: of full, write and read the widest one named counts.",
            ["TokenForm", "AccessToken"],
        ),
        (
            "/oauth/introspect",
            "introspect_token",
            "Ask whether a token is good, and whose it is",
            "Of a token that is over, unknown, or none of the asker's business it says only that it is not active (RFC 7662).",
            ["IntrospectionForm", "Introspection"],
        ),
        (
            "/oauth/revoke",
            "revoke_token",
            "Revoke a token or a key",
            "A key ends with all its tokens, at once. What is not known is as good as revoked, and gets 200, too (RFC 7009).",
            ["RevocationForm", "Nothing"],
        ),
    ];
    let published = [
        ("/oauth/jwks", "get_jwks", "The public keys of JWTs", "A JSON Web Key Set (RFC 7517); it may be kept for five minutes.", "JwkSet"),
        (
            "/.well-known/paseto-keys",
            "get_paseto_keys",
            "The public keys of PASETOs",
            "In the form of PASERK, k4.public; it may be kept for five minutes.",
            "PasetoKeys",
        ),
        (
            "/.well-known/oauth-authorization-server/oauth",
            "get_oauth_metadata",
            "Where the endpoints are and what they take",
            "The discovery address of the issuer, whose path is /oauth (RFC 8414).",
            "OAuthMetadata",
        ),
    ];
    let mut forms = forms.map(|(path, id, summary, about, shapes)| (path, json!({ "post": form(id, summary, about, shapes) })));
    forms[1].1["get"] = own();
    let published = published.map(|(path, id, summary, about, shape)| (path, json!({ "get": document(id, summary, about, shape) })));
    forms.into_iter().chain(published).map(|(path, item)| (path.to_owned(), item)).collect()
}

fn operation(id: &str, summary: &str, about: &str, shape: &str, mut about_it: Value) -> Value {
    about_it["Cache-Control"] = header::of("How long the answer may be kept.");
    json!({
        "operationId": id,
        "tags": [TAG],
        "summary": summary,
        "description": format!("{summary}. {about}"),
        "responses": { "200": { "description": "Done.", "headers": about_it, "content": { "application/json": { "schema": reference(shape) } } } },
    })
}

fn document(id: &str, summary: &str, about: &str, shape: &str) -> Value {
    let mut operation = operation(id, summary, about, shape, header::always());
    operation["security"] = json!([]);
    // There is nothing to get wrong in such a request but its method.
    let content = json!({ "application/json": { "schema": reference("Error") } });
    operation["responses"]["405"] = json!({ "description": "It is read by GET or HEAD.", "headers": header::always(), "content": content });
    operation
}

fn own() -> Value {
    let mut operation = operation(
        "introspect_own_token",
        "Ask whether the token of this request is good",
        "For proxies that go by the status, such as nginx with auth_request and Caddy with forward_auth.",
        "Introspection",
        header::limited(),
    );
    for (name, help, _) in bearer::HEADERS {
        operation["responses"]["200"]["headers"][name] = header::of(help);
    }
    for (status, sentence) in [
        ("401", "It is not good, or not any more; reason says why."),
        ("403", "It may not be used from the address that the proxy tells."),
        ("429", "More requests than a limit lets through, of the key, the address or the instance."),
    ] {
        let mut about = header::limited();
        match status {
            "401" => about["WWW-Authenticate"] = header::of("Bearer, and what was wrong with the token that was sent."),
            "429" => about["Retry-After"] = header::retry_after(),
            _ => {}
        }
        let content = json!({ "application/json": { "schema": reference("Error") } });
        operation["responses"][status] = json!({ "description": sentence, "headers": about, "content": content });
    }
    operation
}

fn form(id: &str, summary: &str, about: &str, [takes, gives]: [&str; 2]) -> Value {
    let mut operation = operation(id, summary, about, gives, header::limited());
    // The credentials may stand in the form, too, which no scheme can say.
    operation["security"] = json!([{ "client": [] }, {}]);
    operation["requestBody"] =
        json!({ "required": true, "content": { "application/x-www-form-urlencoded": { "schema": reference(takes) } } });
    let failures = [
        ("400", "The request is wrong; error says how."),
        ("401", "The client is not known by these credentials: invalid_client."),
        ("413", "The form is too large."),
        ("429", "More requests than a limit lets through, of the key, the address or the instance."),
        ("500", "A defect; the log says more."),
        ("503", "Nothing can be stored or read right now."),
    ];
    for (status, sentence) in failures {
        let mut about = header::limited();
        match status {
            "401" => about["WWW-Authenticate"] = header::of("Basic, unless the credentials stood in the form."),
            "429" | "503" => about["Retry-After"] = header::retry_after(),
            _ => {}
        }
        let content = json!({ "application/json": { "schema": reference("OAuthError") } });
        operation["responses"][status] = json!({ "description": sentence, "headers": about, "content": content });
    }
    operation
}

/// The fields by which a client may authenticate in a form, with others.
fn form_of(required: &[&str], fields: Value) -> Value {
    let mut properties = json!({
        "client_id": { "type": "string", "description": "The id of a service account, a person, or the key itself. It may be left out." },
        "client_secret": { "type": "string", "description": "An API key, unless it is sent by Basic." },
    });
    if let (Value::Object(all), Value::Object(fields)) = (&mut properties, fields) {
        all.extend(fields);
    }
    json!({ "type": "object", "required": required, "properties": properties })
}

fn text(help: &str) -> Value {
    json!({ "type": "string", "description": help })
}

fn schemas() -> [(&'static str, Value); 10] {
    let token_form = json!({
        "grant_type": { "type": "string", "enum": ["client_credentials", EXCHANGE] },
        "scope": text("full, write or read, parted by blanks; all that the key may, when left out."),
        "subject_token": text("An API key, in a token exchange."),
        "subject_token_type": { "type": "string", "enum": [KEY_TYPE, ACCESS_TYPE] },
        "requested_token_type": { "type": "string", "enum": [ACCESS_TYPE, JWT_TYPE, PASETO_TYPE] },
    });
    let token = text("An access token; where it is revoked, an API key, too.");
    let hint = text("Not needed: what it is shows.");
    let about_token = json!({ "token": token, "token_type_hint": hint });
    let moment = |help: &str| json!({ "type": "integer", "description": help });
    let list = || json!({ "type": "array", "items": { "type": "string" } });
    let keys =
        |item: Value| json!({ "type": "object", "required": ["keys"], "properties": { "keys": { "type": "array", "items": item } } });
    let words =
        |names: &[&str]| -> Map<String, Value> { names.iter().map(|name| ((*name).to_owned(), json!({ "type": "string" }))).collect() };
    let (jwk, paserk) = (["kty", "crv", "x", "kid", "alg", "use"], ["kid", "key"]);
    [
        ("TokenForm", form_of(&["grant_type"], token_form)),
        ("IntrospectionForm", form_of(&["token"], about_token.clone())),
        ("RevocationForm", form_of(&["token"], about_token)),
        (
            "AccessToken",
            json!({
                "type": "object",
                "required": ["access_token", "token_type", "expires_in", "scope"],
                "properties": {
                    "access_token": text("Send it as Authorization: Bearer."),
                    "token_type": text("Always Bearer."),
                    "expires_in": moment("Seconds until it ends."),
                    "scope": text("What was granted, by words asked for that it includes."),
                    "issued_token_type": text("Its format, after a token exchange."),
                },
            }),
        ),
        (
            "Introspection",
            json!({
                "type": "object",
                "required": ["active"],
                "properties": {
                    "active": { "type": "boolean", "description": "Whether it is good now. If not, this is all that is said." },
                    "scope": { "type": "string", "enum": Access::ALL.map(Access::word) },
                    "client_id": text("The id of the key."),
                    "sub": text("The id of the key's owner."),
                    "iss": text("The issuer."),
                    "aud": text("The API."),
                    "iat": moment("When it was issued, in seconds since 1970."),
                    "exp": moment("When it ends, in seconds since 1970."),
                    "jti": text("Its id."),
                    "organization": text("The id of the organization that it reaches."),
                    "token_type": text("Always Bearer."),
                },
            }),
        ),
        ("Nothing", json!({ "type": "object", "description": "An empty object.", "maxProperties": 0 })),
        ("JwkSet", keys(json!({ "type": "object", "required": jwk, "properties": words(&jwk) }))),
        ("PasetoKeys", keys(json!({ "type": "object", "required": paserk, "properties": words(&paserk) }))),
        (
            "OAuthMetadata",
            json!({
                "type": "object",
                "required": ["issuer", "token_endpoint", "jwks_uri", "revocation_endpoint", "introspection_endpoint", "grant_types_supported"],
                "properties": {
                    "issuer": text("The iss of each token."),
                    "token_endpoint": { "type": "string" },
                    "jwks_uri": { "type": "string" },
                    "revocation_endpoint": { "type": "string" },
                    "introspection_endpoint": { "type": "string" },
                    "grant_types_supported": list(),
                    "response_types_supported": list(),
                    "scopes_supported": list(),
                    "token_endpoint_auth_methods_supported": list(),
                    "revocation_endpoint_auth_methods_supported": list(),
                    "introspection_endpoint_auth_methods_supported": list(),
                },
            }),
        ),
        (
            "OAuthError",
            json!({
                "type": "object",
                "required": ["error", "error_description"],
                "properties": { "error": text("A word of RFC 6749 5.2."), "error_description": text("What is wrong, for a person.") },
            }),
        ),
    ]
}
