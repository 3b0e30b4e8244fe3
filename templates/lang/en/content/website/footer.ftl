website-footer-many = Footers
website-footer-one = Footer
website-footer-new = New footer
website-footer-lead = What stands below the pages of the site.
website-footer-all = All
