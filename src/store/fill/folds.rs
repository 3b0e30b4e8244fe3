//! Step 12: all that is searched and sorted is folded by Rust.

folds! {
    USERS "users" "search_fold" = "name || ' ' || email";
    USER_NAMES "users" "name_fold" = "name";
    PURPOSES "service_accounts" "description_fold" = "COALESCE(description, '')";
    ORGANIZATIONS "organizations" "name_fold" = "name";
    PROJECTS "projects" "name_fold" = "name";
    APPS "apps" "name_fold" = "name";
    KEYS "api_keys" "name_fold" = "name";
    KEY_ENDS "api_keys" "display_fold" = "SUBSTR(display, LENGTH(display) - 10)";
    ENTRIES "entries" "search" = "search";
    ENTRY_NAMES "entries" "name_fold" = "name";
    AUTHORS "entries" "author_name_fold" = "author_name";
    TITLES "members" "title_fold" = "title";
    TITLES_IN_PROJECTS "project_members" "title_fold" = "title";
    TITLES_IN_APPS "app_members" "title_fold" = "title";
    ACTIVITIES "activities" "search_fold" = "action || ' ' || COALESCE(resource_name, '')";
    ACTORS "activities" "actor_fold" = "COALESCE(actor_name, '') || ' ' || COALESCE(actor_email, '')";
    NOTIFICATIONS "notifications" "search_fold" = "title || ' ' || COALESCE(body, '')";
}
