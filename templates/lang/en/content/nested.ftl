content-field-categoryids = Categories
content-field-categoryids-none = There are no categories yet.
content-field-parentid = Inside
content-field-parentid-none = Nothing, at the top
content-field-icon = Icon
content-field-icon-hint = As your site calls it, such as mail.
fault-circle = Nothing can stand inside itself.
fault-too-deep-in-parentid = That would be too deep. Choose one that is higher up.
