//! The nouns of what ids in paths stand for.

/// What the id under this parameter is the id of.
pub(super) fn of(param: &str) -> &'static str {
    match param {
        "organizationId" => "organization",
        "projectId" => "project",
        "appId" => "app",
        "brandingId" => "branding",
        "memberId" => "member",
        "accountId" => "service account",
        "invitationId" => "invitation",
        "keyId" => "API key",
        "uid" => "viewer",
        "domainId" => "domain",
        "webhookId" => "webhook",
        "deliveryId" => "delivery",
        "redirectId" => "redirect",
        "trashId" => "item in the trash",
        "batchId" => "batch in the trash",
        "versionId" => "version",
        "fileId" => "file",
        "formId" => "form",
        "submissionId" => "submission",
        "emailId" => "email",
        "folderId" => "folder",
        "uploadId" => "upload",
        "itemId" => "item in the trash",
        _ => "thing",
    }
}
