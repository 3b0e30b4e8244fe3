content-none = None
content-none-f = None
content-chosen-now = { $name } (chosen now)
content-yes = Yes
content-no = No
content-field-layoutid = Layout
content-field-layoutid-none = None of its own
content-field-layoutid-hint = Without one, it has the default layout of the website, if its settings name one.
content-field-headerid = Header
content-field-headerid-none = None of its own
content-field-headerid-hint = Without one, a page has that of its layout.
content-field-footerid = Footer
content-field-footerid-none = None of its own
content-field-footerid-hint = Without one, a page has that of its layout.
content-field-description = Description
content-field-description-hint = For the people who work here.
content-field-maxwidth = Width
content-field-maxwidth-xs = Very narrow
content-field-maxwidth-sm = Narrow
content-field-maxwidth-md = Medium
content-field-maxwidth-lg = Wide
content-field-maxwidth-xl = Very wide
content-field-includeclose = With a button that closes it
content-used-in = Used in
content-used-nowhere = It is used nowhere.
content-used-there = { $n ->
    [one] It is used in one place
   *[other] It is used in { $n } places
}
content-trash-ask = Move { $name } to the trash?
content-trash-lead = It comes back as it was, and with it all that refers to it.
fault-unknown-reference = There is no such thing here, or no more.
nav-parts = Around the pages
content-used-as-default = the default layout
