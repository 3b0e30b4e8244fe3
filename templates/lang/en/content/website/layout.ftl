website-layout-many = Layouts
website-layout-one = Layout
website-layout-new = New layout
website-layout-lead = A frame for pages: a header and a footer that belong together.
website-layout-all = All
