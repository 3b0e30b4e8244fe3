project-member-lead = Roles that hold in this project only. They add to the role in the organization and never take from it.
project-member-hint = A member of the organization, such as a collaborator.
project-member-add = Add to the project
project-member-added = They have the role in this project.
project-member-none = Nobody has a role of their own here
project-member-none-lead = Members of the organization reach the project by their role there; collaborators only when they are added.
fault-no-member = Nobody with this address is a member of the organization.
