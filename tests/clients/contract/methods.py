"""The methods of the SDK that are built: of each the shape of its reply, and what it is called with."""

from types import SimpleNamespace

from contract import shapes
from contract.shapes import UUID, page


def call(shape, *needs, **fixed):
    """One call: the shape of its reply, the parts of the demo that it names, and arguments that the demo has under other names."""
    return SimpleNamespace(shape=shape, needs=needs, fixed=fixed)


ORG = ("organization_id",)
PROJECT = (*ORG, "project_id")
APP = (*PROJECT, "app_id")

# Every method that is built. The others must answer that there is no such route, until their turn comes and they move in here.
BUILT = {
    "api_keys.list_my_api_keys": call(page(shapes.API_KEY)),
    "api_keys.list_organization_api_keys": call(page(shapes.keys("id", "name", "createdAt", "expiresAt")), *ORG),
    "me.list_my_suspension_messages": call(page(shapes.SUSPENSION_MESSAGE)),
    "me.list_my_notifications": call(page(shapes.NOTIFICATION)),
    "me.list_my_organizations": call(page(shapes.MY_ORGANIZATION)),
    "me.list_my_invitations": call(page(shapes.INVITATION)),
    "me.list_my_activities": call(page(shapes.ACTIVITY)),
    "me.get_me": call(shapes.ME),
    "organizations.get_service_account": call(shapes.SERVICE_ACCOUNT, *ORG, "account_id"),
    "organizations.list_service_accounts": call(page(shapes.SERVICE_ACCOUNT), *ORG),
    "organizations.get_organization": call(shapes.ORGANIZATION, *ORG),
    "organizations.get_organization_by_slug": call(shapes.ORGANIZATION, slug="organization_slug"),
    "organization_members.list_member_project_memberships": call(page(shapes.PROJECT_MEMBERSHIP), *ORG, "member_id"),
    "organization_members.list_member_app_memberships": call(page(shapes.APP_MEMBERSHIP), *ORG, "member_id"),
    "organization_members.list_organization_member_activities": call(page(shapes.ACTIVITY), *ORG, "member_id"),
    "organization_members.get_organization_member": call(shapes.ORG_MEMBER, *ORG, "member_id"),
    "organization_members.list_organization_members": call(page(shapes.ORG_MEMBER), *ORG),
    "invitations.resend_organization_invitation": call(shapes.INVITATION, *ORG, "invitation_id"),
    "invitations.get_organization_invitation": call(shapes.INVITATION, *ORG, "invitation_id"),
    "invitations.list_organization_invitations": call(page(shapes.INVITATION), *ORG),
    "projects.get_project_by_slug": call(shapes.PROJECT, *ORG, "project_slug"),
    "projects.search_sources": call(page(shapes.SOURCE), *PROJECT, query="word"),
    "projects.list_project_urls": call(page(shapes.PROJECT_URL), *PROJECT),
    "projects.get_project": call(shapes.PROJECT, *PROJECT),
    "projects.list_projects": call(page(shapes.PROJECT), *ORG),
    "project_members.get_project_member": call(shapes.PROJECT_MEMBER, *PROJECT, member_id="project_member_id"),
    "project_members.list_project_members": call(page(shapes.PROJECT_MEMBER), *PROJECT),
    "project_apps.get_project_app_by_slug": call(shapes.APP, *PROJECT, "app_slug"),
    "project_apps.get_app_settings": call(shapes.APP_SETTINGS, *APP),
    "project_apps.update_app_settings": call(shapes.APP_SETTINGS, *APP, data="settings"),
    "project_apps.get_project_app": call(shapes.APP, *APP),
    "project_apps.list_deleted_project_apps": call(page(shapes.APP), *PROJECT),
    "project_apps.list_project_apps": call(page(shapes.APP), *PROJECT),
    "project_branding.get_project_branding": call(shapes.BRANDING, *PROJECT, "branding_id"),
    "project_branding.list_project_brandings": call(page(shapes.BRANDING), *PROJECT),
    "project_domains.get_domain_verification_instructions": call(shapes.DOMAIN_VERIFICATION, *PROJECT, "domain_id"),
    "project_domains.list_project_domains": call(page(shapes.PROJECT_DOMAIN), *PROJECT),
    "app_members.get_app_member": call(shapes.APP_MEMBER, *APP, member_id="app_member_id"),
    "app_members.list_app_members": call(page(shapes.APP_MEMBER), *APP),
    "health.get_health_echo": call(shapes.HEALTH),
    "website.list_website_pages": call(page(shapes.WEB_PAGE), *APP),
    "website.get_website_page": call(shapes.WEB_PAGE, *APP, "page_id"),
    "website.create_website_page": call(shapes.WEB_PAGE, *APP, data="new_entry"),
    "website.update_website_page_meta": call(shapes.WEB_PAGE, *APP, "page_id", data="meta"),
    "website.delete_website_page": call(shapes.OK, *APP, page_id="doomed_page"),
    "website.list_website_posts": call(page(shapes.WEB_PAGE), *APP),
    "website.get_website_post": call(shapes.WEB_PAGE, *APP, "post_id"),
    "website.create_website_post": call(shapes.WEB_PAGE, *APP, data="new_entry"),
    "website.update_website_post_meta": call(shapes.WEB_PAGE, *APP, "post_id", data="meta"),
    "website.delete_website_post": call(shapes.OK, *APP, post_id="doomed_post"),
    "content_versions.list_content_versions": call(page(shapes.VERSION_META), *PROJECT, content_type="page_type", content_id="page_id"),
    "content_versions.get_content_version": call({**shapes.VERSION_META, "content": [shapes.MAP]}, *PROJECT, "version_id"),
    "content_versions.restore_content_version": call(shapes.VERSION_RESTORED, *PROJECT, "version_id"),
    "project_trash.list_project_trash": call(page(shapes.TRASH_ITEM), *PROJECT),
    "project_trash.get_project_trash_item": call({**shapes.TRASH_ITEM, "snapshot": shapes.WEB_PAGE}, *PROJECT, "trash_id"),
    "project_trash.restore_project_trash_item": call(shapes.TRASH_RESTORED, *PROJECT, trash_id="doomed_trash"),
    "project_trash.restore_project_trash_batch": call(shapes.TRASH_BATCH_RESTORED, *PROJECT, batch_id="doomed_batch"),
    "project_trash.permanent_delete_project_trash_item": call(shapes.OK, *PROJECT, trash_id="doomed_trash"),
    "project_trash.empty_project_trash": call({"deletedCount": shapes.NUMBER}, *PROJECT),
    "project_files.save_file": call(shapes.FILE, *PROJECT, data="new_file"),
    "project_files.list_files": call(page(shapes.FILE), *PROJECT),
    "project_files.get_file": call(shapes.FILE, *PROJECT, "file_id"),
    "project_files.open_file": call(shapes.FILE_CONTENT, *PROJECT, "file_id"),
    "project_files.replace_file_content": call(shapes.FILE, *PROJECT, "file_id", data="file_text"),
    "project_files.list_file_references": call(page({"type": str, "id": str, "name": str, "projectId": UUID}), *PROJECT, "file_id"),
    "project_files.search_files": call(page(shapes.FILE_HIT), *PROJECT, query="file_word"),
    "project_files.delete_file": call(shapes.OK, *PROJECT, file_id="doomed_file"),
    "project_files.list_file_folders": call(page(shapes.FILE_FOLDER), *PROJECT),
    "project_files.get_file_folder": call(shapes.FILE_FOLDER, *PROJECT, folder_id="file_folder"),
    "project_files.delete_file_folder": call(shapes.OK, *PROJECT, folder_id="file_folder"),
    "project_files.list_file_trash": call(page(shapes.FILE_TRASH_ITEM), *PROJECT),
    "project_files.restore_file_trash_item": call(
        {"success": bool, "restoredFiles?": shapes.NUMBER, "restoredFolders?": shapes.NUMBER}, *PROJECT, item_id="file_trash", data="file_type"
    ),
    "project_files.permanent_delete_file_trash_item": call(shapes.OK, *PROJECT, item_id="file_trash", data="file_type"),
    "project_files.empty_file_trash": call(
        {"success": bool, "deletedFiles": shapes.NUMBER, "deletedFolders": shapes.NUMBER}, *PROJECT, data="file_age"
    ),
    "website.list_website_redirects": call(page(shapes.REDIRECT), *APP),
    "website.get_website_redirect": call(shapes.REDIRECT, *APP, "redirect_id"),
    "kb.list_kb_redirects": call(page(shapes.REDIRECT), *PROJECT, app_id="kb_id"),
    "kb.get_kb_redirect": call(shapes.REDIRECT, *PROJECT, app_id="kb_id", redirect_id="kb_redirect_id"),
    "website.list_website_tags": call(page(str), *APP),
    "website.get_website_urls": call({"slugs": [str], "entries": [shapes.keys("slug", "name", "layoutId")]}, *APP),
    "website.list_website_custom_domains": call(page(shapes.SITE_DOMAIN), *APP),
    "website.get_website_custom_domain": call(shapes.SITE_DOMAIN, *APP, "domain_id"),
    "website.get_website_consent_settings": call(shapes.CONSENT, *APP),
    "website.get_website_tracking_settings": call(shapes.TRACKING, *APP),
    "website.get_website_viewer_auth": call(shapes.VIEWER_AUTH, *APP),
    "website.get_website_viewer_apple": call({"enabled": bool}, *APP),
    "website.get_website_viewer_sso": call({"enabled": bool}, *APP),
    "website.list_website_viewers": call(page(shapes.VIEWER), *APP),
    "website.invite_website_viewer": call(shapes.VIEWER_INVITED, *APP, data="reader"),
    "website.remove_website_viewer": call({"uid": str}, *APP, uid="doomed_reader"),
    "website.submit_content_to_search_engines": call({"submitted": bool, "reason?": str}, *PROJECT, data="search_index"),
    "builder.get_content_types": call({"contentTypes": [shapes.keys("contentType", "context", "blocks")]}),
    "builder.get_block_styles": call({"styles": shapes.MAP}),
    "builder.get_block": call({"type": str, "schema": shapes.MAP, "hints": shapes.MAP}, block_type="block_type", content_type="page_type"),
    "builder.get_content": call({"content": [shapes.MAP]}, *PROJECT, content_type="page_type", content_id="page_id"),
    "builder.search_content": call(shapes.CONTENT_FOUND, *PROJECT, query="word"),
    "builder.insert_section": call({"section": shapes.MAP, "position": shapes.NUMBER}, *PROJECT, data="on_page"),
    "builder.update_section": call({"section": shapes.MAP}, *PROJECT, data="section_patch"),
    "builder.move_section": call({"section": shapes.MAP}, *PROJECT, data="on_section"),
    "builder.delete_section": call({"section": shapes.MAP}, *PROJECT, data="on_section"),
    "builder.insert_block": call({"block": shapes.MAP, "sectionId": str, "columnId": str, "position": shapes.NUMBER}, *PROJECT, data="block_new"),
    "builder.update_block": call({"block": shapes.MAP}, *PROJECT, data="block_patch"),
    "builder.move_block": call({"block": shapes.MAP}, *PROJECT, data="on_block"),
    "builder.delete_block": call({"block": shapes.MAP, "sectionRemoved?": str, "columnRemoved?": str}, *PROJECT, data="on_block"),
    "builder.publish_content": call(shapes.PUBLISH_RESULT, *PROJECT, data="on_page"),
    "builder.unpublish_content": call(shapes.PUBLISH_RESULT, *PROJECT, data="on_page"),
    "builder.set_content_visibility": call(
        {"contentType": str, "contentId": shapes.UUID, "isListed": bool, "requiresViewerAuth": bool}, *PROJECT, data="visibility"
    ),
}

# Parts that surround pages: the same four methods for each.
for part, many in (("header", "headers"), ("footer", "footers"), ("layout", "layouts"), ("sidebar", "sidebars"), ("dialog", "dialogs")):
    shape = shapes.DIALOG if part == "dialog" else shapes.PART
    BUILT |= {
        f"website.list_website_{many}": call(page(shape), *APP),
        f"website.get_website_{part}": call(shape, *APP, **{f"{part}_id": part}),
        f"website.create_website_{part}": call(shape, *APP, data="new_part"),
        f"website.delete_website_{part}": call(shapes.OK, *APP, **{f"{part}_id": part}),
    }

# What each website has one of: read and changed, without an id.
for single in ("landing", "blog_page", "not_found_page", "sign_in_page"):
    shape = shapes.SINGLE if single == "sign_in_page" else shapes.SINGLETON
    BUILT |= {
        f"website.get_website_{single}": call(shape, *APP),
        f"website.update_website_{single}_meta": call(shape, *APP, data="seo"),
    }
KB = {"app_id": "kb_id"}
for one, many, shape in (("article", "articles", shapes.DOC), ("category", "categories", shapes.CATEGORY)):
    BUILT |= {
        f"kb.list_kb_{many}": call(page(shape), *PROJECT, **KB),
        f"kb.get_kb_{one}": call(shape, *PROJECT, **KB, **{f"{one}_id": one}),
        f"kb.create_kb_{one}": call(shape, *PROJECT, **KB, data=f"new_{one}"),
        f"kb.update_kb_{one}_meta": call(shape, *PROJECT, **KB, **{f"{one}_id": one}, data="meta"),
        f"kb.delete_kb_{one}": call(shapes.OK, *PROJECT, **KB, **{f"{one}_id": one}),
    }
FORM = {"app_id": "forms_id", "form_id": "form_id"}
BUILT |= {
    "forms.list_forms": call(page(shapes.FORM), *PROJECT, app_id="forms_id"),
    "forms.get_form": call(shapes.FORM, *PROJECT, **FORM),
    "forms.update_form_meta": call(shapes.FORM, *PROJECT, **FORM, data="form_meta"),
    "forms.delete_form": call(shapes.OK, *PROJECT, app_id="forms_id", form_id="doomed_form"),
    "forms.list_form_submissions": call(page(shapes.SUBMISSION), *PROJECT, **FORM),
    "forms.get_form_submission": call(shapes.SUBMISSION, *PROJECT, **FORM, submission_id="submission_id"),
    "forms.get_form_blocked_submissions": call(shapes.BLOCKED, *PROJECT, **FORM),
}
BUILT["kb.update_kb_landing_meta"] = call(shapes.APP_LANDING, *PROJECT, app_id="kb_id", data="seo")
