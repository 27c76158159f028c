// Keeps each answer as it is given; without it, or without network, the button keeps them all.
(() => {
  const said = document.querySelector("[data-autosave]");
  const form = said?.closest("form");
  if (!form) return;
  const say = (sentence) => { said.textContent = sentence; };
  let last = Promise.resolve();

  const keep = async () => {
    say("Enregistrement…");
    try {
      const answer = await fetch(said.dataset.autosave, { method: "POST", body: new FormData(form), credentials: "same-origin", redirect: "error" });
      say(answer.ok ? "Vos réponses sont enregistrées." : "Cette réponse n’est pas enregistrée : rechargez la page.");
    } catch {
      say("Pas de réseau : le bouton ci-dessous enregistrera vos réponses.");
    }
  };

  // One after the other, so that the last answer given is the last one kept.
  form.addEventListener("change", () => { last = last.then(keep); });
})();
