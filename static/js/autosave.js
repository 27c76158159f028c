// Keeps each answer as it is given; without it, or without network, a button keeps them all. Nothing is kept behind a form's own sending.
(() => {
  const said = document.querySelector("[data-autosave]");
  const form = said?.closest("form");
  if (!form) return;
  const say = (sentence) => { said.textContent = sentence; };
  let last = Promise.resolve();

  let sent = false;

  const keep = async () => {
    if (sent) return;
    say("Enregistrement…");
    const body = new FormData(form);
    body.delete("once"); // each keeping is another one; the id is for the sending
    try {
      const answer = await fetch(said.dataset.autosave, { method: "POST", body, credentials: "same-origin", redirect: "error" });
      say(answer.ok ? "Vos réponses sont enregistrées." : "Cette réponse n’est pas enregistrée : rechargez la page.");
    } catch {
      say("Pas de réseau : le bouton ci-dessous enregistrera vos réponses.");
    }
  };

  // One after the other, so that the last answer given is the last one kept.
  form.addEventListener("submit", () => { sent = true; });
  form.addEventListener("change", () => { last = last.then(keep); });
})();
