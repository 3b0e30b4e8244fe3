website-dialog-many = Dialogs
website-dialog-one = Dialog
website-dialog-new = New dialog
website-dialog-lead = What opens over a page when a link to it is followed.
website-dialog-all = All
