# How a form gets onto a page.

form-tab-embed = Embed
embed-link = A page of its own
embed-link-lead = Send this address, put it behind a link or a QR code. It works everywhere, without a script.
embed-named = On the names of this project:
embed-ways = On a page of yours
embed-everywhere = Every site may show and send this form.
embed-allowed = These sites may show and send this form: { $sites }.
embed-where = Protection, above, says which.
embed-help = More about each way
embed-way-link = Address
embed-way-script = By our script
embed-way-frame = In a frame
embed-way-plain = A form of your own
embed-way-json = From a program
embed-says-script = Drawn where the line stands, as if it were a part of the page. What changes here changes there.
embed-says-frame = In a frame that is as high as its form. Without the second line it has the height that the first one says.
embed-says-plain = For a page without any script. You write the inputs; what counts is what they are called.
embed-says-json = Answers 201 when it is stored, 400 with what is wrong with each field. ?schema after the address tells what it takes.
