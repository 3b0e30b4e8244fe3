-- What has changed in one app of a project, in its order.
CREATE INDEX changes_app ON changes (app_id, n);
