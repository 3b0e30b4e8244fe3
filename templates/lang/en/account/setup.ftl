setup-title = Set up this instance
setup-lead = You become its owner. The organization holds everything you make here.
setup-you = You, the owner
setup-name = Your name
setup-address = Its address
setup-button = Set up and sign in
setup-once = This set-up address works once
