"""The methods of the SDK that no route answers yet, by resource. The list only becomes shorter: what is built is taken out of it."""

UNSERVED = {
    "analytics": "get_organization_analytics_report get_project_analytics_report",
    "bug_reports": "list_bug_report_comments list_my_bug_reports",
    "chat": """
        get_chat_conversation get_chat_conversation_timeline list_chat_conversations list_chat_escalations release_chat_conversation
        reply_to_chat_conversation take_over_chat_conversation
    """,
    "crm": """
        get_crm_activity get_crm_company list_crm_activities list_crm_companies list_crm_company_activities list_crm_company_contacts
        list_crm_company_timeline log_crm_activity
    """,
    "developers": """
        create_developers_doc create_developers_doc_category delete_developers_doc delete_developers_doc_category get_developers_doc
        get_developers_doc_category get_developers_redirect get_developers_sync_logs list_developers_doc_categories list_developers_docs
        list_developers_redirects update_developers_doc_category_meta update_developers_doc_meta update_developers_landing_meta
    """,
    "drafts": "archive_draft create_edit_draft delete_draft generate_edit_draft generate_new_draft get_draft list_drafts unarchive_draft",
    "email": """
        create_email_footer create_email_header create_email_send delete_email delete_email_footer delete_email_header
        get_contact_email_timeline get_email get_email_footer get_email_header get_email_send list_email_footers list_email_headers
        list_email_sends list_emails send_transactional_email update_email_meta update_email_send
    """,
    "feature_requests": "list_feature_request_comments list_my_feature_requests list_popular_feature_requests",
    "ideas": "approve_idea dismiss_idea get_idea list_ideas trigger_ideation",
    "people": """
        approve_segment create_person create_segment delete_segment erase_person get_person get_person_by_email get_person_property_keys
        get_segment get_segment_preview identify list_erasures list_people list_person_timeline list_segments merge_person_property_keys
        set_person_field tag_person track untag_person update_person update_segment
    """,
    "plans": "approve_plan get_plan list_plans reject_plan",
    "project_legal_documents": """
        create_project_legal_document get_project_legal_document list_project_legal_documents publish_project_legal_document
        update_project_legal_document
    """,
    "project_workflows": "create_workflow_run dismiss_workflow_run get_workflow_run list_workflow_runs",
}
