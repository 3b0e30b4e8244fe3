activity-lead = Who did what, newest first. Lines are never changed.
activity-search = Action or name
activity-what = What
activity-who = Who
activity-when = When
