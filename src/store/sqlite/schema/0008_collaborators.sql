-- Collaborators alone: who reaches a project by its role needs no look at each member.
CREATE INDEX members_collaborators ON members (organization_id, user_id) WHERE role = 'collaborator';
