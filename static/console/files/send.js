// Sends one file: a short one with a form, a long one in parts, each of which is sent again when the line breaks. Tells how far it is.
const LONG = 16 * 1024 * 1024, TRIES = 4, OCCUPIED = 503;

// What the server said was wrong: in JSON, or on a page.
const why = text => {
  try {
    return JSON.parse(text).why;
  } catch {
    const page = new DOMParser().parseFromString(text, "text/html");
    return [...page.querySelectorAll("main h1, main .stack > p.muted")].map(part => part.textContent.trim()).join(": ");
  }
};

const sent = (address, body, { signal, far }) => new Promise((done, fail) => {
  const request = new XMLHttpRequest();
  const stop = () => request.abort();
  signal.addEventListener("abort", stop, { once: true });
  request.open("POST", address);
  request.upload.addEventListener("progress", event => far?.(event.loaded));
  request.addEventListener("abort", () => fail(new DOMException("", "AbortError")));
  request.addEventListener("error", () => fail(new Error("")));
  request.addEventListener("load", () => {
    signal.removeEventListener("abort", stop);
    if (request.status === 200) return done(JSON.parse(request.responseText));
    fail(Object.assign(new Error(why(request.responseText) ?? ""), { status: request.status }));
  });
  request.send(body);
});

// Once more where nobody was at fault: the line broke, or too many others send something.
const patiently = async (send, signal) => {
  for (let tried = 1; ; tried += 1) {
    try {
      return await send();
    } catch (failure) {
      const passing = failure.name !== "AbortError" && (!failure.status || failure.status === OCCUPIED);
      if (!passing || tried === TRIES) throw failure;
      await new Promise(done => setTimeout(done, 500 * 2 ** tried));
      signal.throwIfAborted();
    }
  }
};

const inParts = async (file, { at, query, fields, signal, far }) => {
  const about = new URLSearchParams({ ...fields, filename: file.name, size: file.size, type: file.type });
  const begun = await patiently(() => sent(`${at}/uploads${query}`, about, { signal }), signal);
  const own = `${at}/uploads/${begun.id}`;
  try {
    for (let n = 0; n < begun.parts; n += 1) {
      const from = n * begun.partSize, part = file.slice(from, from + begun.partSize);
      await patiently(() => sent(`${own}/parts/${n + 1}`, part, { signal, far: loaded => far(from + loaded) }), signal);
    }
    return await patiently(() => sent(`${own}/finish`, null, { signal }), signal);
  } catch (failure) {
    fetch(`${own}/cancel`, { method: "POST", keepalive: true }).catch(() => {});
    throw failure;
  }
};

// `at` is the address of the library; what came of it is the file as the server has it.
export const send = async (file, { at, folder = "", isPublic = false, signal, far = () => {} }) => {
  const query = folder ? `?folder=${folder}&answer=json` : "?answer=json", fields = isPublic ? { public: "on" } : {};
  if (file.size > LONG) return (await inParts(file, { at, query, fields, signal, far }))[0];
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set("files", file);
  return (await patiently(() => sent(`${at}/upload${query}`, form, { signal, far }), signal))[0];
};
