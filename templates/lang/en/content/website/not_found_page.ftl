website-not-found-page-many = Not-found pages
website-not-found-page-one = Not-found page
website-not-found-page-lead = What readers see where nothing is.
