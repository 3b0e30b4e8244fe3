website-sidebar-many = Sidebars
website-sidebar-one = Sidebar
website-sidebar-new = New sidebar
website-sidebar-lead = What stands beside a text, wherever a block places it.
website-sidebar-all = All
