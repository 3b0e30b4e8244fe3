# Archives of projects.
fault-not-an-archive = This is not an archive of a project.
fault-not-json = This is not JSON.
fault-too-many-values = This holds too many values.
fault-too-new = This comes from a newer release. Update this one first.
fault-unexpected = This does not belong here.
fault-unknown-app-type = There are no such apps here. It is left out.
fault-unknown-line = There is no such thing here. It is left out.
