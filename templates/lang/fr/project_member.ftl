project-member-lead = Des rôles qui ne valent que dans ce projet. Ils s’ajoutent au rôle dans l’organisation et n’en retirent rien.
project-member-hint = Un membre de l’organisation, par exemple un collaborateur.
project-member-add = Ajouter au projet
project-member-added = Le rôle est donné dans ce projet.
project-member-none = Personne n’a de rôle propre ici
project-member-none-lead = Les membres de l’organisation accèdent au projet par leur rôle ; les collaborateurs seulement une fois ajoutés.
fault-no-member = Personne avec cette adresse n’est membre de l’organisation.
