kb-landing-many = Landing pages
kb-landing-one = Landing page
kb-landing-lead = Where the knowledge base begins.
