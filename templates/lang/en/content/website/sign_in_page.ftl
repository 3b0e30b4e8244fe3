website-sign-in-page-many = Sign-in pages
website-sign-in-page-one = Sign-in page
website-sign-in-page-lead = Where readers of closed pages sign in.
