website-landing-many = Landing pages
website-landing-one = Landing page
website-landing-lead = Where the site begins.
