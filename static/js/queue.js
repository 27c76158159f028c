// A check-out, a check-in or a point-étape filled in where there is no network waits on this device, leaves once by itself, and is then
// forgotten here. What stands under [data-online] never waits: money is taken online or not at all.
(() => {
  const place = document.querySelector("[data-waiting]");
  if (!place || !("serviceWorker" in navigator) || !window.indexedDB) return;
  const { account, platform, worker } = place.dataset;
  const KEPT = "checks";
  const FLAG = "point-etape-waiting"; // page.js asks before signing out while something waits
  const form = document.querySelector("#check, #point-etape");
  const onlineOnly = form?.querySelector("[data-online]");
  const sent = [];
  let sending = false;

  // The store: one entry a form, under the id that makes a second sending harmless.
  const open = () => new Promise((done, fail) => {
    const asked = indexedDB.open("point-etape", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("checks", { keyPath: "once" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  const store = async (mode, act) => {
    const base = await open();
    try {
      return await new Promise((done, fail) => {
        const work = base.transaction("checks", mode);
        const asked = act(work.objectStore("checks"));
        work.oncomplete = () => done(asked.result);
        work.onerror = work.onabort = () => fail(work.error);
      });
    } finally {
      base.close();
    }
  };
  const keep = (entry) => store("readwrite", (all) => all.put(entry));
  const list = () => store("readonly", (all) => all.getAll());

  const forget = async (entry) => {
    await store("readwrite", (all) => all.delete(entry.once));
    await (await caches.open(KEPT)).delete(entry.page);
  };

  // Another account on the same device neither sees nor sends what somebody else left.
  const mine = async () => {
    const all = await list();
    for (const entry of all) if (entry.account !== account) await forget(entry);
    return all.filter((entry) => entry.account === account).sort((one, other) => one.at - other.at);
  };

  const line = (entry) => {
    const item = document.createElement("li");
    item.className = "line";
    const said = item.appendChild(Object.assign(document.createElement("div"), { className: "line-text" }));
    said.append(Object.assign(document.createElement("strong"), { textContent: entry.title }));
    const when = new Date(entry.at).toLocaleString("fr-FR", { dateStyle: "long", timeStyle: "short" });
    said.append(Object.assign(document.createElement("small"), { textContent: `rempli le ${when}` }));
    said.append(Object.assign(document.createElement("small"), { textContent: entry.sentence || "En attente du réseau : il partira tout seul." }));
    if (entry.refused) {
      said.append(Object.assign(document.createElement("a"), { href: entry.page, textContent: "Ouvrir la page et recommencer" }));
      const away = item.appendChild(Object.assign(document.createElement("button"), { type: "button", className: "button quiet small", textContent: "Retirer" }));
      away.addEventListener("click", async () => { await forget(entry); await show(); });
    }
    return item;
  };

  const rentalOf = (entry) => entry.page.replace(/[^/]+$/, "");

  const thank = (entry) => {
    const said = Object.assign(document.createElement("p"), { textContent: `Envoyé : ${entry.title}. ` });
    if (entry.unsigned) {
      said.textContent = `Envoyé sans les signatures : ${entry.title.replace(", signé par les deux", "")}. ${entry.unsigned} `;
      said.append(Object.assign(document.createElement("a"), { href: entry.again, textContent: "Relire et signer à nouveau" }));
      return said;
    }
    said.append(Object.assign(document.createElement("a"), { href: entry.isPart ? entry.page : `${rentalOf(entry)}rental`, textContent: "Continuer" }));
    return said;
  };

  const show = async () => {
    const entries = await mine();
    localStorage[entries.length ? "setItem" : "removeItem"](FLAG, entries.length);
    place.hidden = !entries.length && !sent.length;
    place.replaceChildren(...sent.map(thank));
    if (!entries.length) return;
    place.append(Object.assign(document.createElement("h2"), { textContent: "En attente sur cet appareil" }));
    const lines = place.appendChild(Object.assign(document.createElement("ul"), { className: "lines" }));
    lines.append(...entries.map(line));
    if (entries.every((entry) => entry.refused)) return;
    const now = place.appendChild(Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: "Envoyer maintenant" }));
    now.addEventListener("click", sendAll);
  };

  const post = (address, body) => fetch(address, { method: "POST", body, headers: { Accept: "text/html, application/json" } });
  const parse = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");
  const refuse = async (entry, sentence) => keep(Object.assign(entry, { refused: true, sentence }));

  // A new token, for the session may be another one; null when nobody is signed in any more.
  const token = async (entry) => {
    const answer = await fetch(entry.page, { headers: { Accept: "text/html" } });
    if (answer.redirected || !answer.ok) return null;
    return (await parse(answer)).querySelector("[name=csrf_token]")?.value;
  };

  const sendPicture = async (entry, csrf) => {
    const [name, file] = entry.files[0];
    const isMeter = name === "odometer_picture";
    const body = new FormData();
    body.append("csrf_token", csrf);
    body.append("kind", isMeter ? "odometer" : "condition");
    if (isMeter) body.append("beneficiary_id", entry.person);
    body.append("file", file, "photo.jpg");
    const answer = await post(`${platform}/attachments`, body);
    if (!answer.ok) throw Object.assign(new Error(), { refusal: "Une photo n’a pas été prise : elle n’est ni JPEG, ni PNG, ni WebP, ou dépasse 10 Mo." });
    const { id } = await answer.json();
    const field = isMeter ? "odometer_photo" : name === "pictures" ? "photos" : name.replace(/\.photo$/, ".photos");
    const old = field.startsWith("marks.") ? entry.fields.find(([one]) => one === field) : null;
    if (old) old[1] = [old[1], id].filter(Boolean).join(",");
    else entry.fields = [...entry.fields.filter(([one]) => !(isMeter && one === field)), [field, String(id)]];
    entry.files.shift();
    await keep(entry); // before anything else: what is sent again must be the very same form
  };

  // Taken, but its signatures were not kept: the page that answers says why, and is where to sign again.
  const note = async (entry, answer) => {
    const told = entry.fields.some(([name]) => name === "signed.said") && (await parse(answer)).querySelector("[data-refusal]");
    if (told) Object.assign(entry, { unsigned: told.textContent.trim(), again: answer.url });
  };

  const send = async (entry) => {
    const csrf = await token(entry);
    if (!csrf) return keep(Object.assign(entry, { sentence: "Reconnectez-vous sur cet appareil : il partira ensuite tout seul." }));
    while (entry.files.length) await sendPicture(entry, csrf);
    const body = new FormData();
    for (const [name, value] of [...entry.fields, ["csrf_token", csrf], ["once", entry.once]]) body.append(name, value);
    const answer = await post(entry.action, body);
    const isTaken = answer.ok && new URL(answer.url).pathname.startsWith(rentalOf(entry));
    if (isTaken) {
      await note(entry, answer);
      sent.push(entry);
      await forget(entry);
      return entry.isPart && form ? keepPage() : undefined; // the other parts may have to wait yet
    }
    const told = answer.status < 500 && (await parse(answer)).querySelector(".errors");
    if (told) return refuse(entry, `Refusé : ${[...told.querySelectorAll("h2, li")].map((one) => one.textContent.trim()).join(" ")} Ouvrez la page, corrigez et envoyez de nouveau.`);
    return keep(Object.assign(entry, { sentence: "La plateforme n’a pas pu le prendre : il sera renvoyé." }));
  };

  async function sendAll() {
    if (sending) return;
    sending = true;
    try {
      for (const entry of await mine()) if (!entry.refused) await send(entry);
    } catch (error) {
      if (error.refusal) for (const entry of await mine()) if (entry.files.length) await refuse(entry, error.refusal);
    } finally {
      sending = false;
      await show();
    }
  }

  // The page and what it loads stay here for as long as its form is to fill in.
  const keepPage = async () => {
    await navigator.serviceWorker.register(worker);
    const kept = await caches.open(KEPT);
    const loaded = [...document.querySelectorAll("link[href], script[src], image[href], use[href]")];
    const addresses = loaded.map((one) => new URL(one.getAttribute("href") || one.getAttribute("src"), location).href.split("#")[0]);
    await kept.addAll([...new Set(addresses)]);
    await kept.add(location.pathname); // as it is now: an older one would be refused as stale
  };

  const reaches = async () => {
    try {
      return (await fetch(worker, { cache: "no-store", signal: AbortSignal.timeout(5000) })).ok;
    } catch {
      return false;
    }
  };

  const title = (part) => {
    const heads = [document.querySelector("h1"), part?.querySelector("h2"), document.querySelector(".lead")];
    return heads.filter(Boolean).map((one) => one.textContent.trim()).join(", ");
  };

  const fieldsOf = (part) => [...(part?.querySelectorAll("[name]:not(button)") || [])];
  const namesIn = (part) => new Set(fieldsOf(part).map((field) => field.name));

  // The whole form, or one part that was sent by a button of its own: that part is then done here, the others go on.
  const wait = async (button, signed) => {
    const part = button?.hasAttribute("formaction") ? button.closest(".card") : null;
    const entry = { once: crypto.randomUUID(), account, page: location.pathname, isPart: Boolean(part), at: Date.now(), fields: [], files: [] };
    entry.action = new URL(part ? button.formAction : form.action).pathname;
    entry.title = title(part);
    entry.person = form.querySelector("[data-person]")?.dataset.person;
    const [ours, never, within] = [new Set(["csrf_token", "once"]), namesIn(onlineOnly), part && namesIn(part).add("mode").add("step_id")];
    for (const [name, value] of new FormData(form)) {
      if (ours.has(name) || never.has(name) || (within && !within.has(name))) continue;
      if (typeof value === "string") entry.fields.push([name, value]);
      else if (value.size) entry.files.push([name, new Blob([await value.arrayBuffer()], { type: value.type })]);
    }
    if (signed.length) {
      entry.fields.push(...signed);
      entry.title += ", signé par les deux";
    }
    await keep(entry);
    if (part) {
      for (const done of [...fieldsOf(part), button]) done.disabled = true;
      button.textContent = "En attente du réseau";
    } else form.hidden = true;
    await show();
    place.scrollIntoView();
    place.focus();
  };

  const isTyped = (field) => field.type === "checkbox" ? field.checked : field.type !== "hidden" && field.value;
  const warn = (isOffline) => { if (onlineOnly) onlineOnly.querySelector("[data-offline]").hidden = !isOffline; };

  // What cannot wait is said, and nothing of it is kept.
  const mustBeOnline = (button) => {
    warn(true);
    if (!onlineOnly || !(onlineOnly.contains(button) || fieldsOf(onlineOnly).some(isTyped))) return false;
    onlineOnly.querySelector("[data-offline]").focus();
    return true;
  };

  form?.addEventListener("submit", async (event) => {
    if (form.dataset.free) return;
    event.preventDefault();
    event.stopPropagation();
    if (await reaches()) {
      form.dataset.free = "yes";
      form.requestSubmit(event.submitter);
    } else if (!mustBeOnline(event.submitter)) {
      const signed = form.sign ? await form.sign() : []; // both sign a check-out or a check-in before it waits
      if (signed) await wait(event.submitter, signed);
    }
  });

  window.addEventListener("offline", () => warn(true));
  window.addEventListener("online", () => warn(false));
  warn(!navigator.onLine);
  // A browser may think that it is online where nothing is reached, and then never say that the network came back.
  if (onlineOnly) reaches().then((isReached) => warn(!isReached));
  const tryAgain = async () => (await mine()).some((entry) => !entry.refused) && (await reaches()) && sendAll();
  setInterval(tryAgain, 10_000);
  if (form) keepPage().catch(() => {});
  window.addEventListener("online", sendAll);
  show().then(() => navigator.onLine && sendAll());
})();
