//! What each route of the API needs of its caller.

use stele::domain::{
    access::{Access, Role},
    content::Kinds,
};

use Access::{Full, Read, Write};
use Role::{Admin, Collaborator, Editor, Owner, Viewer};

/// Routes that need no token.
pub const PUBLIC: &[&str] = &["exchange_token", "accept_invitation", "get_health_echo", "get_openapi", "get_project_branding_css"];

/// The lowest role and the narrowest access of every other route. The owner is the first person of the instance, thus its operator, who alone
/// makes organizations.
pub const NEEDS: &[(Role, Access, &[&str])] = &[
    (
        Collaborator,
        Read,
        &[
            "get_me",
            "whoami",
            "list_my_organizations",
            "list_my_invitations",
            "get_content_types",
            "get_block_styles",
            "get_block",
            "list_my_activities",
            "list_my_notifications",
            "list_my_suspension_messages",
            "list_my_api_keys",
            "regenerate_my_api_key",
            "get_organization_by_slug",
            "get_organization",
            "list_projects",
            "get_project_by_slug",
            "get_project",
            "list_project_apps",
        ],
    ),
    (Collaborator, Full, &["rename_my_api_key", "revoke_my_api_key"]),
    (
        Viewer,
        Read,
        &[
            "list_organization_members",
            "get_organization_member",
            "list_project_members",
            "get_project_member",
            "list_app_members",
            "get_app_member",
            "search_sources",
            "search_content",
            "get_project_app_by_slug",
            "get_project_app",
            "list_deleted_project_apps",
            "list_project_brandings",
            "get_project_branding",
            "list_project_urls",
            "export_project",
            "get_content",
            "get_app_settings",
            "list_content_versions",
            "get_content_version",
            "compare_content_versions",
            "list_website_redirects",
            "get_website_redirect",
            "list_kb_redirects",
            "get_kb_redirect",
            "list_website_tags",
            "get_website_urls",
            "get_website_sitemap",
            "get_website_redirect_rules",
            "get_kb_redirect_rules",
            "list_website_custom_domains",
            "get_website_custom_domain",
            "get_website_consent_settings",
            "get_website_tracking_settings",
            "get_website_viewer_auth",
            "get_website_viewer_apple",
            "get_website_viewer_sso",
            "list_project_changes",
            "create_content_preview",
            "list_project_trash",
            "get_project_trash_item",
        ],
    ),
    (
        Editor,
        Write,
        &[
            "insert_section",
            "update_section",
            "move_section",
            "delete_section",
            "insert_block",
            "update_block",
            "move_block",
            "delete_block",
            "publish_content",
            "unpublish_content",
            "set_content_visibility",
        ],
    ),
    (
        Admin,
        Read,
        &[
            "list_member_project_memberships",
            "list_member_app_memberships",
            "list_organization_member_activities",
            "list_organization_invitations",
            "get_organization_invitation",
            "list_service_accounts",
            "get_service_account",
            "list_organization_api_keys",
            "list_service_account_api_keys",
            "get_organization_api_key",
        ],
    ),
    (
        Admin,
        Full,
        &[
            "update_organization",
            "add_organization_member",
            "update_organization_member",
            "remove_organization_member",
            "create_project_branding",
            "update_project_branding",
            "delete_project_branding",
            "add_project_member",
            "update_project_member",
            "remove_project_member",
            "add_app_member",
            "update_app_member",
            "remove_app_member",
            "create_organization_invitation",
            "cancel_organization_invitation",
            "resend_organization_invitation",
            "create_service_account",
            "update_service_account",
            "delete_service_account",
            "create_service_account_api_key",
            "rename_organization_api_key",
            "regenerate_organization_api_key",
            "revoke_organization_api_key",
            "create_project",
            "import_project",
            "update_project",
            "delete_project",
            "create_project_app",
            "restore_project_app",
            "update_project_app",
            "delete_project_app",
            "update_app_settings",
            "permanent_delete_project_trash_item",
            "empty_project_trash",
            "update_website_consent_settings",
            "update_website_tracking_settings",
            "update_website_viewer_auth",
            "invite_website_viewer",
            "remove_website_viewer",
        ],
    ),
    (
        Editor,
        Write,
        &[
            "restore_content_version",
            "restore_project_trash_item",
            "restore_project_trash_batch",
            "create_website_redirect",
            "update_website_redirect",
            "delete_website_redirect",
            "create_kb_redirect",
            "update_kb_redirect",
            "delete_kb_redirect",
            "submit_content_to_search_engines",
        ],
    ),
    (Editor, Read, &["list_website_viewers"]),
    (Owner, Full, &["create_organization", "create_my_api_key", "transfer_organization", "delete_organization"]),
];

/// The same for the operations of every kind of content.
pub fn needs_of_kinds(kinds: Kinds) -> impl Iterator<Item = (Role, Access, &'static str)> {
    kinds.iter().flat_map(|kind| {
        let (reads, writes) =
            ([kind.operations.list, kind.operations.get], [kind.operations.create, kind.operations.update, kind.operations.delete]);
        let reads = reads.into_iter().flatten().map(|id| (Viewer, Read, id));
        reads.chain(writes.into_iter().flatten().map(|id| (Editor, Write, id)))
    })
}

pub fn needs(kinds: Kinds, id: &str) -> Option<(Role, Access)> {
    let fixed = NEEDS.iter().find(|(_, _, ids)| ids.contains(&id)).map(|(role, access, _)| (*role, *access));
    fixed.or_else(|| needs_of_kinds(kinds).find(|(_, _, of)| *of == id).map(|(role, access, _)| (role, access)))
}
