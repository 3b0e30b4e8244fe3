website-header-many = Headers
website-header-one = Header
website-header-new = New header
website-header-lead = What stands above the pages of the site.
website-header-all = All
