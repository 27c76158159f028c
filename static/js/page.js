// Small comforts; every page works without them.
(() => {
  const typing = (element) => element.matches("input, select, textarea, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const search = document.querySelector("input[type=search]");
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });

  // A second click while the first is under way does nothing; a send that came to nothing frees the button (the form's once-id makes a repeat harmless).
  const free = (form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const leaves = form.dataset.leaving && localStorage.getItem("point-etape-waiting");
    if (leaves && !window.confirm(form.dataset.leaving)) return event.preventDefault();
    if (form.dataset.sent) return event.preventDefault();
    if (form.method !== "post") return;
    form.dataset.sent = "yes";
    form.querySelectorAll("button:not([type=button])").forEach((button) => button.setAttribute("aria-busy", "true"));
    setTimeout(free, 8000, form);
  });

  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(free));

  document.querySelector(".errors")?.focus();
})();
