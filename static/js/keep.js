// Keeps a liaison form as it is typed, in this tab only: a reload or a lost connection loses nothing. The page that follows forgets it.
const form = document.querySelector("#liaison-form");
const ALL = `kept:${location.pathname.split("/").slice(0, 3).join("/")}/`;
const KEY = `kept:${location.pathname}`;
const OURS = new Set(["csrf_token", "once"]);

function typed() {
  return [...new FormData(form)].filter(([name, value]) => !OURS.has(name) && value !== "");
}

function put(name, value) {
  for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
    if (field.type === "radio" || field.type === "checkbox") field.checked ||= field.value === value;
    else field.value = value;
  }
}

if (form) {
  // A refused form comes back with what was typed: the page knows better.
  const kept = document.querySelector(".errors") ? [] : JSON.parse(sessionStorage.getItem(KEY) || "[]");
  for (const [name, value] of kept) put(name, value);
  form.addEventListener("input", () => sessionStorage.setItem(KEY, JSON.stringify(typed())));
} else {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(ALL)) sessionStorage.removeItem(key);
}
