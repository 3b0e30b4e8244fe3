content-field-categoryids = Categories
content-field-categoryids-none = There are no categories yet.
content-field-parentid = Inside
content-field-parentid-none = Nothing, at the top
content-field-icon = Icon
content-field-icon-hint = As your site calls it, such as mail.
fault-no-content = This has no content.
fault-circle = Nothing can stand inside itself.
fault-too-deep-in-parentid = That would be too deep. Choose one that is higher up.
nested-any = Any category
nested-counts = { $naming ->
    [0] Nothing is in it
    [one] One entry is in it
   *[other] { $naming } entries are in it
}, { $below ->
    [0] and nothing stands below it. Nothing else is changed.
    [one] and one category stands below it. They stay where they are.
   *[other] and { $below } categories stand below it. They stay where they are.
}
nested-trash-below = Move what stands below it to the trash, too
content-trashed-some = { $n ->
    [one] One is in the trash.
   *[other] { $n } are in the trash.
}
content-restored-some = { $n ->
    [one] One is back, as it was.
   *[other] { $n } are back, as they were.
}
nested-how = Drag, or Alt with the arrow keys
nested-grip = Move { $name }, { $place } of { $of }
nested-naming = { $n ->
    [0] no articles
    [one] 1 article
   *[other] { $n } articles
}
nested-new-below = New category in it
nested-up = Move up
nested-down = Move down
nested-in = Move into the one above
nested-out = Move out
nested-moved = { $name } is { $place } of { $of } at the top.
nested-moved-below = { $name } is { $place } of { $of } in { $below }.
