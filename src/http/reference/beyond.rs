//! The operations for which the published SDK (`giantcontext` 1.224.0 on PyPI) has no method: examples in Python ask for them over HTTP.
//! A test of `tests/clients` compares this list with the SDK.

/// Their ids, sorted.
#[rustfmt::skip]
pub const BEYOND_THE_SDK: &[&str] = &[
    "accept_invitation", "add_app_member", "add_organization_member", "add_project_member", "cancel_organization_invitation",
    "compare_content_versions", "create_content_preview", "create_kb_redirect", "create_my_api_key", "create_organization",
    "create_organization_invitation", "create_project", "create_project_app", "create_service_account", "create_service_account_api_key",
    "create_website_redirect", "delete_kb_redirect", "delete_organization", "delete_project", "delete_project_app",
    "delete_service_account", "delete_website_redirect", "exchange_token", "export_project", "get_jwks", "get_kb_landing",
    "get_kb_redirect_rules", "get_oauth_metadata", "get_openapi", "get_organization_api_key", "get_paseto_keys",
    "get_website_redirect_rules", "get_website_sitemap", "import_project", "introspect_own_token", "introspect_token", "issue_token",
    "list_project_changes", "list_service_account_api_keys", "regenerate_my_api_key", "regenerate_organization_api_key",
    "remove_app_member", "remove_organization_member", "remove_project_member", "rename_my_api_key", "rename_organization_api_key",
    "restore_project_app", "revoke_my_api_key", "revoke_organization_api_key", "revoke_token", "transfer_organization",
    "update_app_member", "update_kb_redirect", "update_organization", "update_organization_member", "update_project",
    "update_project_app", "update_project_member", "update_service_account", "update_website_consent_settings",
    "update_website_dialog_meta", "update_website_footer_meta", "update_website_header_meta", "update_website_layout_meta",
    "update_website_redirect", "update_website_sidebar_meta", "update_website_tracking_settings", "update_website_viewer_auth", "whoami",
];
