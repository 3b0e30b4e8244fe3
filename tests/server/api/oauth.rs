//! OAuth: who may revoke, what a scope grants, and what is refused rather than ignored.

use reqwest::{Method, blocking::Client};
use serde_json::json;
use stele::domain::access::{Access, Role};

use crate::support::{JsonAnswer, Made, Site, machine, tenant};

const EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
const KEY_TYPE: &str = "urn:stele:token-type:api-key";

fn key(site: &Site, access: Access) -> Made {
    machine(&site.server, site.here.org, Role::Editor, access, None)
}

#[track_caller]
fn refused(answer: &JsonAnswer, status: u16, word: &str) {
    assert_eq!((answer.status, answer.body["error"].as_str()), (status, Some(word)), "{}", answer.body);
    let text = answer.body["error_description"].as_str().unwrap();
    assert!(text.chars().all(|c| matches!(c, ' '..='~') && c != '"' && c != '\\'), "{text}");
    assert_eq!((answer.header("cache-control"), answer.header("pragma")), ("no-store", "no-cache"));
}

fn granted(site: &Site, made: &Made, scope: &str) -> JsonAnswer {
    let form = [("grant_type", "client_credentials"), ("client_secret", made.secret.as_str()), ("scope", scope)];
    site.server.oauth_as("token", &form, None)
}

#[test]
fn a_scope_grants_the_widest_word_that_is_known_and_the_answer_says_which() {
    let site = Site::new();
    let full = key(&site, Access::Full);
    for (asked, answered, access) in [
        ("read", "read", "read"),
        ("read write", "read write", "write"),
        ("write read nonsense", "write read", "write"),
        ("openid read", "read", "read"),
        ("openid profile email offline_access", "full", "full"),
        ("", "full", "full"),
    ] {
        let answer = granted(&site, &full, asked);
        assert_eq!((answer.status, answer.body["scope"].as_str()), (200, Some(answered)), "{asked}: {}", answer.body);
        let whoami = site.server.ask("GET", "/whoami", answer.body["access_token"].as_str(), None);
        assert_eq!(whoami.body["access"], access, "{asked}");
    }
    for wrong in ["reed", "openid reed", " ", "Read", "address"] {
        refused(&granted(&site, &full, wrong), 400, "invalid_scope");
    }
    let narrow = granted(&site, &key(&site, Access::Read), "read write");
    assert_eq!(narrow.body["scope"], "read", "never wider than the key");
}

#[test]
fn what_is_not_supported_is_refused() {
    let site = Site::new();
    let made = key(&site, Access::Full);
    let direct = vec![("grant_type", "client_credentials"), ("client_secret", made.secret.as_str())];
    let exchange = vec![("grant_type", EXCHANGE), ("subject_token", made.secret.as_str()), ("subject_token_type", KEY_TYPE)];
    for form in [&direct, &exchange] {
        assert_eq!(site.server.oauth_as("token", form, None).status, 200);
        for (name, word) in [
            ("audience", "invalid_target"),
            ("resource", "invalid_target"),
            ("actor_token", "invalid_request"),
            ("actor_token_type", "invalid_request"),
            ("requested_subject", "invalid_request"),
            ("authorization_details", "invalid_authorization_details"),
        ] {
            refused(&site.server.oauth_as("token", &[form.clone(), vec![(name, "x")]].concat(), None), 400, word);
            let empty = site.server.oauth_as("token", &[form.clone(), vec![(name, "")]].concat(), None);
            assert_eq!(empty.status, 200, "a parameter without a value is none: {name}");
        }
        refused(&site.server.oauth_as("token", &[form.clone(), vec![("client_assertion", "x")]].concat(), None), 401, "invalid_client");
        refused(
            &site.server.oauth_as("token", &[form.clone(), vec![("scope", "read"), ("scope", "read")]].concat(), None),
            400,
            "invalid_request",
        );
    }
    let other = site.server.oauth_as("token", &[direct.clone(), vec![("requested_token_type", KEY_TYPE)]].concat(), None);
    refused(&other, 400, "invalid_request");
    let wrong = [exchange, vec![("client_secret", "wrong")]].concat();
    refused(&site.server.oauth_as("token", &wrong, None), 401, "invalid_client");
}

#[test]
fn a_client_authenticates_once_and_under_its_own_name() {
    let site = Site::new();
    let made = key(&site, Access::Full);
    let (account, key, secret) = (made.account.to_string(), made.key.to_string(), made.secret.as_str());
    let grant = ("grant_type", "client_credentials");
    let token = |form: &[(&str, &str)], basic: Option<(&str, &str)>| site.server.oauth_as("token", form, basic);
    for id in [account.as_str(), key.as_str(), ""] {
        assert_eq!(token(&[grant], Some((id, secret))).status, 200, "{id}");
        assert_eq!(token(&[grant, ("client_id", &account)], Some((&account, secret))).status, 200);
    }
    refused(&token(&[grant, ("client_id", &key)], Some((&account, secret))), 400, "invalid_request");
    refused(&token(&[grant, ("client_secret", secret)], Some((&account, secret))), 400, "invalid_request");
    refused(&token(&[grant], Some((&site.here.org.to_string(), secret))), 401, "invalid_client");
    let bare = token(&[grant], None);
    refused(&bare, 401, "invalid_client");
    assert_eq!(bare.header("www-authenticate"), "Basic realm=\"stele\"");
    let in_body = token(&[grant, ("client_id", &account), ("client_secret", "wrong")], None);
    assert_eq!(in_body.header("www-authenticate"), "", "who sent it in the body is not asked for a header");
}

#[test]
fn only_who_holds_a_key_or_the_thing_itself_revokes_it() {
    let site = Site::new();
    let (made, other) = (key(&site, Access::Full), key(&site, Access::Full));
    let elsewhere = machine(&site.server, tenant(&site.server, "elsewhere").org, Role::Admin, Access::Full, None);
    let token = site.server.token(&made.secret);
    let lives = || site.server.ask("GET", "/whoami", Some(&token), None).status;
    let revoke = |text: &str, basic: Option<(&str, &str)>| site.server.oauth_as("revoke", &[("token", text)], basic);
    refused(&revoke(&token, None), 401, "invalid_client");
    refused(&revoke(&token, Some(("", "wrong"))), 401, "invalid_client");
    refused(&revoke(&made.secret, None), 401, "invalid_client");
    refused(&revoke("nonsense", Some(("", "nonsense"))), 401, "invalid_client");
    for foreign in [&other, &elsewhere] {
        refused(&revoke(&token, Some(("", &foreign.secret))), 400, "unauthorized_client");
        refused(&revoke(&made.secret, Some(("", &foreign.secret))), 400, "unauthorized_client");
    }
    refused(&revoke(&token, Some((&other.account.to_string(), &made.secret))), 401, "invalid_client");
    assert_eq!(lives(), 200, "nothing was revoked so far");
    assert_eq!(revoke("nonsense", Some(("", &made.secret))).status, 200, "what is not known is as good as revoked");

    assert_eq!(revoke(&token, Some((&made.account.to_string(), &made.secret))).status, 200);
    assert_eq!(lives(), 401);
    let second = site.server.token(&made.secret);
    assert_eq!(revoke(&second, Some((&made.key.to_string(), &second))).status, 200, "the token speaks for itself");
    assert_eq!(site.server.ask("GET", "/whoami", Some(&second), None).reason(), "token_revoked");
    let form = [("token", made.secret.as_str()), ("client_secret", made.secret.as_str())];
    assert_eq!(site.server.oauth_as("revoke", &form, None).status, 200);
    assert_eq!(site.server.exchange(&made.secret).reason(), "key_revoked");
    assert_eq!(site.server.oauth_as("revoke", &form, None).status, 200, "and once more");
    refused(&revoke(&token, Some(("", &made.secret))), 401, "invalid_client");
}

#[test]
fn keys_are_taken_with_what_comes_along_when_they_are_pasted() {
    let site = Site::new();
    for around in [" ", "\n", "\r\n", "\t", "\u{feff}", "\"", "'", "\u{201c}", "\u{feff}\"", "\u{a0}"] {
        let made = key(&site, Access::Full);
        let pasted = format!("{around}{}{around}", made.secret);
        assert_eq!(site.server.exchange(&pasted).status, 200, "{around:?}");
        let form = [("grant_type", "client_credentials"), ("client_secret", pasted.as_str())];
        assert_eq!(site.server.oauth_as("token", &form, None).status, 200, "{around:?} in the body");
        let grant = [("grant_type", "client_credentials")];
        assert_eq!(site.server.oauth_as("token", &grant, Some(("", &pasted))).status, 200, "{around:?} by Basic");
        let form = [("grant_type", EXCHANGE), ("subject_token", pasted.as_str()), ("subject_token_type", KEY_TYPE)];
        assert_eq!(site.server.oauth_as("token", &form, None).status, 200, "{around:?} as the subject");
        let token = site.server.token(&made.secret) + "\n";
        assert_eq!(site.server.oauth_as("introspect", &[("token", &token)], Some(("", &pasted))).body["active"], true, "{around:?}");
        assert_eq!(site.server.oauth_as("revoke", &[("token", &pasted), ("client_secret", &made.secret)], None).status, 200);
        assert_eq!(site.server.exchange(&made.secret).reason(), "key_revoked", "{around:?}");
    }
    let pasted = format!("\u{feff}\"{}\"", site.admin.secret);
    let sent =
        Client::new().get(format!("{}/api/whoami", site.server.url)).header("authorization", format!("Bearer {pasted}").into_bytes());
    let answer: serde_json::Value = sent.send().unwrap().json().unwrap();
    assert_eq!(answer["reason"], "key_not_exchanged", "{answer}");
}

#[test]
fn the_endpoints_take_a_post_of_a_form_and_nothing_else() {
    let site = Site::new();
    let secret = site.admin.secret.as_str();
    let form = [("grant_type", "client_credentials"), ("client_secret", secret), ("token", "x")];
    for what in ["token", "revoke", "introspect"] {
        let url = format!("{}/oauth/{what}", site.server.url);
        let reads = what == "introspect";
        for method in [Method::GET, Method::PUT, Method::DELETE].into_iter().skip(usize::from(reads)) {
            let answer = Client::new().request(method.clone(), &url).send().unwrap();
            let allowed = if reads { "GET, HEAD, POST" } else { "POST" };
            assert_eq!((answer.status().as_u16(), answer.headers()["allow"].to_str().unwrap()), (405, allowed));
            let told = answer.json::<serde_json::Value>().unwrap();
            assert_eq!(told["error"], "invalid_request");
            assert_eq!(told["error_description"], format!("{method} is not possible here. Allowed: {allowed}."));
        }
        for request in [
            Client::new().post(format!("{url}?scope=read")).form(&form),
            Client::new().post(&url).json(&json!({ "client_secret": secret })),
            Client::new().post(&url).body("x".repeat(100_000)).header("content-type", "application/x-www-form-urlencoded"),
        ] {
            let answer = request.send().unwrap();
            assert!(matches!(answer.status().as_u16(), 400 | 413));
            assert_eq!(answer.json::<serde_json::Value>().unwrap()["error"], "invalid_request");
        }
    }
}

#[test]
fn a_proxy_learns_by_the_status_whether_the_token_of_a_request_is_good() {
    let site = Site::new();
    let made = key(&site, Access::Write);
    let ask = |token: Option<&str>| {
        let request = Client::new().get(format!("{}/oauth/introspect", site.server.url));
        let sent = match token {
            Some(token) => request.bearer_auth(token).header("x-token-scope", "full"),
            None => request,
        };
        let answer = sent.send().unwrap();
        let headers = answer.headers().clone();
        let text = move |name: &str| headers.get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        (answer.status().as_u16(), text, answer.json::<serde_json::Value>().unwrap())
    };
    let token = granted(&site, &made, "read").body["access_token"].as_str().unwrap().to_owned();
    let (status, header, body) = ask(Some(&token));
    assert_eq!((status, body["active"].as_bool(), body["scope"].as_str()), (200, Some(true), Some("read")));
    assert_eq!((header("x-token-subject"), header("x-token-client")), (made.account.to_string(), made.key.to_string()));
    assert_eq!((header("x-token-organization"), header("x-token-scope")), (site.here.org.to_string(), "read".to_owned()));
    assert_eq!(header("cache-control"), "no-store");

    for (token, reason, challenge) in [
        (None, "token_missing", "Bearer"),
        (Some("nonsense"), "token_invalid", "Bearer error=\"invalid_token\""),
        (Some(made.secret.as_str()), "key_not_exchanged", "Bearer error=\"invalid_token\""),
    ] {
        let (status, header, body) = ask(token);
        assert_eq!((status, body["reason"].as_str(), header("www-authenticate").as_str()), (401, Some(reason), challenge));
        assert_eq!(header("x-token-subject"), "");
    }
    let form = [("client_secret", made.secret.as_str()), ("token", made.secret.as_str())];
    assert_eq!(site.server.oauth_as("revoke", &form, None).status, 200);
    assert_eq!((ask(Some(&token)).0, ask(Some(&token)).2["reason"].as_str()), (401, Some("key_revoked")));
}

#[test]
fn the_metadata_has_no_empty_list_and_names_what_is_asked_for() {
    let site = Site::new();
    let text = Client::new().get(format!("{}/.well-known/oauth-authorization-server/oauth", site.server.url)).send().unwrap();
    let body: serde_json::Value = text.json().unwrap();
    for (name, value) in body.as_object().unwrap() {
        assert!(value.as_array().is_none_or(|list| !list.is_empty()), "{name}: RFC 8414 3.2");
    }
    for endpoint in ["token", "revocation", "introspection"] {
        let methods = &body[format!("{endpoint}_endpoint_auth_methods_supported")];
        assert_eq!(methods, &json!(["client_secret_basic", "client_secret_post"]), "{endpoint}");
    }
    assert_eq!(body["response_types_supported"], json!(["none"]));
}
