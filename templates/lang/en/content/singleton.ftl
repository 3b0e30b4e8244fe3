special-pages = Special pages
special-pages-lead = Each site has one of these, from its start to its end. They are always live.
special-page = Page
special-page-for = What for
content-field-websiteappid = Website
content-field-websiteappid-hint = Whose layouts, headers and footers stand around it.
