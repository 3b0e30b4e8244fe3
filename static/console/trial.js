// The page that tries calls of the API: the published reference over the document of this instance, with a token of this session and in the look of the console.
const place = document.getElementById("trial");
const theme = document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
const look = `.light-mode, .dark-mode {
  --scalar-font: var(--sans); --scalar-font-code: var(--mono);
  --scalar-background-1: var(--slab); --scalar-background-2: var(--sunk); --scalar-background-3: var(--hover); --scalar-border-color: var(--line);
  --scalar-color-1: var(--ink); --scalar-color-2: var(--ink-2); --scalar-color-3: var(--ink-3); --scalar-color-accent: var(--accent);
  --scalar-sidebar-background-1: var(--ground); --scalar-sidebar-border-color: var(--line); }
  /* what has the same name there as in the console and means something else */
  .section { border: 0; border-radius: 0; background: none; box-shadow: none; }
  kbd { display: inline; min-width: 0; padding: 0; border: 0; background: none; box-shadow: none; }`;

globalThis.Scalar.createApiReference(place, {
  url: "/api/openapi.json",
  servers: [{ url: location.origin }],
  authentication: { preferredSecurityScheme: "token", securitySchemes: { token: { token: place.dataset.token } } },
  customCss: look,
  forceDarkModeState: theme,
  hideDarkModeToggle: true,
  withDefaultFonts: false,
  // It is the reference of this instance, and of nobody else.
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
  showDeveloperTools: "never",
  documentDownloadType: "none",
  persistAuth: false,
});
