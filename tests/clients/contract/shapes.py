"""The shapes of replies: a checker of forty lines, and one table.

A shape is `str`, `bool`, `object` (anything), a compiled pattern, a tuple of allowed words, `[shape]`, or a dict from key to shape. A key
that ends in `?` may be missing; `maybe(shape)` may be null. Further keys are allowed, as the clients allow them.
"""

import re

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
MAP = {}
I18N = "i18n"
NUMBER = "number"


def maybe(shape):
    """The shape, or null."""
    return {"null or": shape}


def check(value, shape, at="$"):
    """Fails with the place at which `value` departs from `shape`."""
    if isinstance(shape, dict) and "null or" in shape:
        if value is not None:
            check(value, shape["null or"], at)
    elif shape == NUMBER:
        assert isinstance(value, (int, float)) and not isinstance(value, bool), f"{at}: {value!r} is not a number"
    elif shape == I18N:
        texts = value.values() if isinstance(value, dict) else [value]
        assert all(isinstance(text, str) for text in texts), f"{at}: {value!r} is not text for each language"
    elif isinstance(shape, re.Pattern):
        assert isinstance(value, str) and shape.fullmatch(value), f"{at}: {value!r} is not of the form {shape.pattern}"
    elif isinstance(shape, tuple):
        assert value in shape, f"{at}: {value!r} is none of {shape}"
    elif isinstance(shape, list):
        assert isinstance(value, list), f"{at}: {value!r} is not a list"
        for index, item in enumerate(value):
            check(item, shape[0], f"{at}[{index}]")
    elif isinstance(shape, dict):
        assert isinstance(value, dict), f"{at}: {value!r} is not an object"
        for key, inner in shape.items():
            name = key.removesuffix("?")
            assert name in value or key.endswith("?"), f"{at}: {name} is missing from {sorted(value)}"
            if name in value:
                check(value[name], inner, f"{at}.{name}")
    else:
        assert isinstance(value, shape), f"{at}: {value!r} is not {shape.__name__}"


def keys(*names):
    """An object of which only the keys are known."""
    return {name: object for name in names}


def page(item):
    """The envelope of a list."""
    return {"data": [item], "meta": {"total": NUMBER, "page": NUMBER, "pageSize": NUMBER, "pageCount": NUMBER}}


ROLE = ("owner", "admin", "editor", "viewer")
ORG_ROLE = (*ROLE, "collaborator")
STAMPS = {"createdAt": DATE, "updatedAt": DATE}
OK = {"success": bool, "message?": str}
USER_LITE = {"name": str, "email": str, "avatarUrl?": str}
SEO = {"title?": maybe(I18N), "description?": maybe(I18N), "image?": maybe(str), "noindex?": maybe(bool)}

API_KEY = keys("id", "name", "keyPrefix", "organizationId", "createdAt", "lastUsedAt", "expiresAt")

ME = {
    "id": UUID, "firebaseUid": str, "name": str, "email": str, "role?": ("admin", "editor", "viewer"), "isActive": bool, "bio?": str,
    "avatarUrl?": str, "phone?": str, "timezone?": str, "locale?": str, "themeMode?": ("light", "dark", "system"), "permissions": [str],
    "isPlatformAdmin": bool, "organizations": [{"id": UUID, "name": str, "slug": str, "logoUrl?": str, "memberRole": str}],
    "projects?": [MAP], "emailNotifications": bool, "pushNotifications": bool, "marketingEmails": bool, "suspendedAt?": DATE,
    "suspendedUntil?": DATE, "suspensionReason?": str, "onboardingCompletedAt?": DATE, "legalAcceptanceRequired": bool, **STAMPS,
}

SUSPENSION_MESSAGE = {
    "id": UUID, "userId": UUID, "authorType": ("user", "admin"), "authorId?": str, "authorName?": str, "message": str, "createdAt": DATE,
}

NOTIFICATION = keys("id", "userId", "title", "body?", "type", "status", "link?", "data", "createdAt", "updatedAt")

MY_ORGANIZATION = keys("id", "name", "slug")

ACTIVITY = keys(
    "id", "actorId?", "actorType", "actorName?", "actorEmail?", "action", "resourceType", "resourceId?", "resourceName?",
    "organizationId?", "organizationName?", "metadata?", "createdAt",
)

INVITATION = {
    "id": UUID, "organizationId": UUID, "email": str, "role": ORG_ROLE, "invitedBy": str, "acceptedAt?": DATE, "expiresAt": DATE,
    "createdAt": DATE, "organization?": {"name": str, "slug": str}, "inviter?": {"name": str, "email": str}, "emailSent?": bool,
}

SERVICE_ACCOUNT = {
    "id": UUID, "name": str, "email": str, "description": maybe(str), "organizationId": UUID, "memberId": UUID,
    "role": ("admin", "editor", "viewer", "collaborator"), "createdAt": DATE, "createdBy": maybe(str),
}

ORGANIZATION = {
    "id": UUID, "name": str, "slug": str, "description?": str, "logoUrl?": str, "brandColor?": str, "website?": str,
    "address?": {"street?": str, "city?": str, "state?": str, "postalCode?": str, "country?": str}, "plan": str,
    "subscriptionStatus": str, "trialEndsAt?": DATE, "features": [str], "isActive": bool, "suspendedAt?": DATE, "suspensionReason?": str,
    "ownerId?": str, **STAMPS,
}

ORG_MEMBER = {
    "id": UUID, "userId": UUID, "organizationId": UUID, "role": ORG_ROLE, "title?": str, "invitedBy?": str, "invitedAt?": DATE,
    "joinedAt?": DATE, "user?": {**USER_LITE, "bio?": str, "phone?": str}, **STAMPS,
}

PROJECT_MEMBERSHIP = {
    "projectId": UUID, "projectName": str, "projectSlug": str, "membershipId": maybe(UUID), "role": maybe(ROLE), "joinedAt": maybe(DATE),
}

APP_MEMBERSHIP = keys("appId", "appName", "appType", "projectId", "projectName", "membershipId", "role")

PROJECT = {
    "id": UUID, "organizationId": UUID, "name": str, "slug": str, "description?": str, "logoUrl?": str, "defaultLocale": str,
    "enabledLocales": [str], "aiIntensity": ("off", "low", "high"), "aiEntityConfig?": MAP, "isActive": bool,
    "apps?": [{"id": UUID, "appType": str, "name": str, "slug": str}], **STAMPS,
}

SOURCE = {"sourceType": str, "sourceId": UUID, "content": str, "similarity": NUMBER, "metadata?": MAP}

PROJECT_URL = keys("id", "name", "path", "type", "app", "seo?")

MEMBER = {"userId": UUID, "title?": str, "invitedBy?": str, "joinedAt?": DATE, "user?": USER_LITE, **STAMPS}
PROJECT_MEMBER = {"id": UUID, "projectId": UUID, "role": ROLE, **MEMBER}
APP_MEMBER = {"id": UUID, "projectAppId": UUID, "role": ROLE, **MEMBER}

APP = {
    "id": UUID, "projectId": UUID, "appType": ("website", "forms", "knowledgeBase"), "name": str, "slug": str, "description?": str,
    "brandingId": maybe(UUID), "robotsTxt": maybe(str), "isActive": bool, "settings?": MAP, "primaryDomain": maybe(str), **STAMPS,
}

BRANDING = {
    "id": UUID, "projectId": UUID, "name": str, "logoUrl?": str, "logoDarkUrl?": str, "faviconUrl?": str, "colorPrimary?": str, "colorSecondary?": str,
    "colorInfo?": str, "colorWarning?": str, "colorSuccess?": str, "colorError?": str, "backgroundDark?": str, "backgroundLight?": str,
    "paperDark?": str, "paperLight?": str, "fontBody?": str, "fontHeading?": str, "borderRadius?": NUMBER,
    "shadowIntensity?": ("none", "subtle", "medium", "strong"), "fontScale?": NUMBER, "headingWeight?": NUMBER, "bodyWeight?": NUMBER,
    "lineHeight?": ("tight", "normal", "relaxed"), "letterSpacing?": ("tight", "normal", "wide"), "spacingScale?": NUMBER,
    "buttonStyle?": ("squared", "rounded", "pill"), "inputStyle?": ("outlined", "filled", "standard"), "cardStyle?": ("flat", "elevated", "outlined"),
    "contentDesignBrief?": str, "imageDesignBrief?": str, "voiceDesignBrief?": str, "createdBy?": UUID, **STAMPS,
}

PROJECT_DOMAIN = {
    "id": UUID, "projectId": UUID, "appId": maybe(UUID), "appType": maybe(str), "appName": maybe(str), "appSlug": maybe(str), "hostname": str,
    "isGenerated": bool, "isPrimary": bool, "isVerified": bool, "verificationStatus": ("pending_dns", "active", "failed"),
    "verificationError": maybe(str), **STAMPS,
}

DOMAIN_VERIFICATION = {
    "hostname": str, "verificationStatus": ("pending_dns", "active", "failed"), "dnsRecordName": maybe(str), "dnsRecordType": maybe(str),
    "dnsRecordValue": maybe(str), "verificationError": maybe(str), "loadBalancerIp": maybe(str),
}

APP_SETTINGS = {"appId": UUID, "appType": str, "summary": str, "schema": MAP, "settings": MAP}

HEALTH = {"status": str, "message?": str, "error?": str}

WEB_PAGE = {
    "id": UUID, "projectId": UUID, "type": ("page", "post"), "name": str, "title?": maybe(I18N), "slug": str, "path?": str, "url?": str,
    "content?": [MAP], "status": ("draft", "published", "scheduled"), "seo?": SEO, "scheduledPublishAt?": maybe(DATE), "isListed?": bool,
    "requiresViewerAuth?": bool, "excerpt?": maybe(I18N), "authorId?": maybe(str), "authorName?": maybe(str), "authorAvatar?": maybe(str),
    "featuredImageMediaId?": maybe(str), "featuredImageUrl?": maybe(str), "publishDate?": maybe(str), "tags?": object,
    "layoutId?": maybe(UUID), "headerId?": maybe(UUID), "footerId?": maybe(UUID), "backgroundColor?": maybe(str),
    "draftId?": maybe(str), "layoutName?": maybe(str), "headerName?": maybe(str), "footerName?": maybe(str), **STAMPS,
}

VERSION_META = {
    "id": UUID, "contentType": str, "contentId": UUID, "version": NUMBER, "source": str, "createdBy": maybe(str), "summary": maybe(str),
    "createdAt": DATE,
}

VERSION_RESTORED = {"contentType": str, "contentId": UUID, "restoredFromVersion": NUMBER, "newVersion": NUMBER}

TRASH_ITEM = {
    "id": UUID, "projectId": UUID, "entityType": str, "entityId": UUID, "appId": maybe(UUID), "name": str, "thumbnailUrl": maybe(str),
    "fileSize": maybe(NUMBER), "mimeType": maybe(str), "deletedAt": DATE, "deletedBy": maybe(str), "deletedByName": maybe(str),
    "expiresAt": maybe(DATE), "trashBatchId": maybe(str),
}

TRASH_RESTORED = {"success": bool, "entityType": str, "entityId": UUID, "appId": maybe(UUID)}

TRASH_BATCH_RESTORED = {
    "success": bool, "restoredCount": NUMBER, "restored": [{"trashId": UUID, "entityType": str, "entityId": UUID, "appId": maybe(UUID)}],
}

FILE = {
    "id": UUID, "projectId": UUID, "folderId": maybe(UUID), "filename": str, "originalFilename": str, "mimeType": str, "sizeBytes": NUMBER, "url": str,
    "isPublic": bool, "grounding": ("fact", "context"), "permissionGroup?": maybe(str), "width?": NUMBER, "height?": NUMBER,
    "focalPoint?": {"x": NUMBER, "y": NUMBER}, "altText?": I18N, "caption?": I18N, "title?": I18N, "uploadedAt": DATE, "uploadedBy": maybe(UUID),
    "updatedAt": DATE, "referenceCount?": NUMBER,
}

FILE_FOLDER = {
    "id": UUID, "projectId": UUID, "name": str, "slug": str, "parentId": maybe(UUID), "path?": str, "childCount?": NUMBER, "fileCount?": NUMBER,
    "createdAt": DATE, "updatedAt": DATE, "createdBy": maybe(UUID),
}

FILE_TRASH_ITEM = {
    "id": UUID, "type": ("file", "folder"), "name": str, "deletedAt": DATE, "deletedBy": maybe(UUID), "parentId": maybe(UUID), "mimeType?": str,
    "sizeBytes?": NUMBER, "url?": str,
}

FILE_CONTENT = {"id": UUID, "filename": str, "mimeType": str, "sizeBytes": NUMBER, "content?": str, "base64Content?": str}

FILE_HIT = {
    "fileId": UUID, "filename": str, "originalFilename": str, "mimeType": str, "url": str, "similarity": NUMBER, "matchingContent": str,
}

REDIRECT = {
    "id": UUID, "appId": UUID, "fromPath": str, "toPath": str, "status": NUMBER, "source": ("auto", "manual"), **STAMPS,
}

FORM = {
    "id": UUID, "appId": UUID, "name": str, "slug": str, "description?": maybe(str), "content?": [MAP], "fields?": [MAP], "settings?": MAP,
    "isActive": bool, "submissionCount?": NUMBER, "draftId?": maybe(UUID), **STAMPS,
}

SUBMISSION = {
    "id": UUID, "formId": UUID, "personId?": maybe(str), "data?": MAP, "createdAt": DATE,
    "metadata?": {
        "userAgent?": maybe(str), "ip?": maybe(str), "referer?": maybe(str), "submittedAt?": DATE, "tags?": [str], "source?": maybe(str),
    },
}

BLOCKED = {"windowDays": NUMBER, "total": NUMBER, "byReason": [keys("reason", "count", "lastAt")]}

SITE_DOMAIN = {
    "id": UUID, "appId": UUID, "domain": str, "isGenerated": bool, "isVerified": bool, "isPrimary": bool, "verificationToken?": maybe(str),
    **STAMPS,
}

CONSENT = {
    "id": UUID, "appId": UUID, "bannerEnabled": bool, "bannerTitle?": maybe(str), "bannerDescription?": maybe(str),
    "privacyPolicyUrl?": maybe(str), "cookiePolicyUrl?": maybe(str), "statisticsCookiesEnabled": bool, "marketingCookiesEnabled": bool,
    "autoDetectRegion": bool, **STAMPS,
}

TRACKING = {"id": UUID, "appId": UUID, "googleTagManagerId?": maybe(str), **STAMPS}

VIEWER_AUTH = {"enabled": bool, "tenantId": maybe(str), "accessModel": ("invite", "capture", "registration")}

VIEWER = keys("personId", "uid", "email", "displayName", "invitedAt", "signedInAt", "hasSignedIn", "lastActivityAt")

VIEWER_INVITED = {"email": str, "personId": str, "created": bool, "sent": bool}

PUBLISH_RESULT = {"contentType": str, "contentId": UUID, "status": str, "alreadyInState": bool, "scheduledPublishAt?": maybe(DATE)}

CONTENT_FOUND = {
    "matches": [keys("contentId", "contentType", "name", "slug", "sectionId", "columnId", "sectionRole", "blockId", "blockType", "matchIn", "field", "locale", "snippet")],
    "count": NUMBER, "total": NUMBER, "truncated": bool,
}

SINGLE = {
    "id": UUID, "projectId": UUID, "name": str, "content?": [MAP], "seo?": SEO, "draftId?": maybe(UUID), "layoutId?": maybe(UUID),
    "headerId?": maybe(UUID), "footerId?": maybe(UUID), "backgroundColor?": maybe(str), **STAMPS,
}
SINGLETON = {**SINGLE, "isListed": bool, "layoutName?": maybe(str), "headerName?": maybe(str), "footerName?": maybe(str)}

APP_LANDING = {
    "id?": UUID, "content?": [MAP], "seo?": SEO, "isListed?": bool, "draftId?": maybe(str), "websiteAppId?": maybe(UUID),
    "layoutId?": maybe(UUID), "headerId?": maybe(UUID), "footerId?": maybe(UUID),
}

DOC = {
    "id": UUID, "appId": UUID, "name": str, "title?": maybe(I18N), "slug": str, "content?": [MAP], "excerpt?": maybe(I18N),
    "status": ("draft", "published"), "isListed": bool, "order": NUMBER, "seo?": SEO, "tags?": [str], "featuredImageUrl?": maybe(str),
    "websiteAppId?": maybe(UUID), "layoutId?": maybe(UUID), "headerId?": maybe(UUID), "footerId?": maybe(UUID), "draftId?": maybe(str),
    "publishedAt?": maybe(DATE), "categoryIds?": [UUID], "url?": str, **STAMPS,
}

CATEGORY = keys("id", "name", "title", "slug", "description", "parentId", "icon", "order", "children")

PART = {"id": UUID, "projectId": UUID, "name": str, "content?": [MAP], "draftId?": maybe(UUID), **STAMPS}
DIALOG = {"id": UUID, "appId": UUID, "name": str, "content?": [MAP], "maxWidth": str, "includeClose": bool, "draftId?": maybe(UUID), **STAMPS}
