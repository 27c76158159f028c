// A tap on the sketch adds a mark, and pictures leave as soon as they are taken. Without this file the same form asks the same in words.
(() => {
  const form = document.querySelector("[data-marks]")?.closest("form");
  if (!form) return;
  const platform = location.pathname.split("/").slice(0, 3).join("/");
  const LONGEST = 1600;

  const say = (place, sentence) => {
    let said = place.querySelector("[data-said]");
    if (!said) {
      said = Object.assign(document.createElement("p"), { className: "help" });
      said.dataset.said = "";
      said.setAttribute("role", "status");
      place.append(said);
    }
    said.textContent = sentence;
  };

  // A phone's picture is far larger than what is kept: the smaller one leaves sooner, also from a car park.
  const lighter = async (file) => {
    try {
      const picture = await createImageBitmap(file);
      const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      const canvas = Object.assign(document.createElement("canvas"), { width: picture.width * scale, height: picture.height * scale });
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      return (await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85))) || file;
    } catch {
      return file; // what is no picture is refused by the house, with its sentence
    }
  };

  const send = async (blob, kind, person) => {
    const body = new FormData();
    body.append("csrf_token", form.elements.csrf_token.value);
    body.append("kind", kind);
    if (person) body.append("beneficiary_id", person);
    body.append("file", blob, "photo.jpg");
    return fetch(`${platform}/attachments`, { method: "POST", body, redirect: "error", headers: { Accept: "application/json" } });
  };

  const show = (place, href) => {
    const row = place.querySelector(".thumbs") || place.appendChild(Object.assign(document.createElement("span"), { className: "thumbs" }));
    row.append(Object.assign(document.createElement("img"), { src: `${href}?size=small`, alt: "Photo envoyée" }));
  };

  const ahead = async (input, place, kind, keep, person) => {
    const files = [...input.files];
    for (const [done, file] of files.entries()) {
      say(place, `Photo ${done + 1} sur ${files.length} : envoi…`);
      try {
        const answer = await send(await lighter(file), kind, person);
        if (!answer.ok) return say(place, "Cette photo n’a pas été prise : choisissez une photo JPEG, PNG ou WebP de moins de 10 Mo.");
        const kept = await answer.json();
        keep(kept.id);
        show(place, kept.href);
      } catch {
        return say(place, "Pas de réseau : la photo partira avec le formulaire."); // it stays in its field
      }
    }
    input.value = "";
    say(place, files.length > 1 ? "Photos envoyées." : "Photo envoyée.");
  };

  form.addEventListener("change", (event) => {
    const input = event.target;
    if (input.type !== "file" || !input.files.length) return;
    const place = input.closest("[data-photos], .mark");
    const row = input.closest(".mark");
    if (row) {
      const field = row.querySelector("[name$='.photos']");
      ahead(input, row, "condition", (id) => { field.value = [field.value, id].filter(Boolean).join(","); });
    } else if (place.dataset.photos === "odometer") {
      ahead(input, place, "odometer", (id) => { place.querySelector("[name=odometer_photo]").value = id; }, place.dataset.person);
    } else {
      const add = (id) => place.prepend(Object.assign(document.createElement("input"), { type: "hidden", name: "photos", value: id }));
      ahead(input, place, "condition", add);
    }
  });

  // The sketch.
  const marks = form.querySelector("[data-marks]");
  const sketch = marks.querySelector("svg");
  const rows = marks.querySelector("[data-rows]");
  const boxes = JSON.parse(marks.dataset.boxes);
  const known = marks.querySelectorAll(".line").length;
  const field = (row, name) => row.querySelector(`[name$=".${name}"]`);
  const isEmpty = (row) => ["kind", "zone", "x", "note", "photos"].every((name) => !field(row, name).value) && !field(row, "photo").value;
  const shown = () => [...rows.children].filter((row) => !row.hidden);

  const zoneAt = (x, y) => (boxes.find(([, left, top, right, bottom]) => left <= x && x < right && top <= y && y < bottom) || ["other"])[0];

  const draw = () => {
    for (const pin of sketch.querySelectorAll(".pin.new")) pin.remove();
    shown().forEach((row, place) => {
      if (!field(row, "x").value) return;
      const number = known + place + 1;
      const [x, y] = ["x", "y"].map((name) => Number(field(row, name).value));
      const pin = sketch.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "g"));
      pin.setAttribute("class", "pin new");
      for (const [name, values, text] of [["circle", { cx: x, cy: y, r: 27 }, ""], ["text", { x, y: y + 11 }, number]]) {
        const part = pin.appendChild(document.createElementNS("http://www.w3.org/2000/svg", name));
        for (const [key, value] of Object.entries(values)) part.setAttribute(key, value);
        part.textContent = text;
      }
    });
    shown().forEach((row, place) => { row.querySelector("[data-title]").textContent = `Marque ${known + place + 1}`; });
  };

  const prepare = (row) => {
    const away = Object.assign(document.createElement("button"), { type: "button", className: "button quiet small", textContent: "Retirer" });
    row.querySelector("[data-title]").after(away);
    away.addEventListener("click", () => {
      for (const told of row.querySelectorAll("[name]")) {
        if (told.type === "checkbox") told.checked = false;
        else told.value = "";
      }
      row.querySelector(".thumbs")?.remove();
      row.hidden = true;
      draw();
    });
    return row;
  };

  const open = () => {
    let row = [...rows.children].find((one) => one.hidden);
    if (!row) {
      if (rows.children.length >= Number(marks.dataset.most)) return null;
      const made = document.createElement("div");
      made.innerHTML = marks.querySelector("template").innerHTML.replaceAll("__row__", rows.children.length);
      row = rows.appendChild(prepare(made.firstElementChild));
    }
    row.hidden = false;
    draw();
    return row;
  };

  for (const row of rows.children) prepare(row).hidden = isEmpty(row);
  const more = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent: "Ajouter une marque sans le dessin" });
  more.addEventListener("click", () => open()?.querySelector("select").focus());
  rows.after(more);
  marks.classList.add("live");

  sketch.addEventListener("click", (event) => {
    const box = sketch.getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height].map((share) => Math.min(1000, Math.max(0, Math.round(share * 1000))));
    const row = open();
    if (!row) return;
    field(row, "x").value = x;
    field(row, "y").value = y;
    field(row, "zone").value = zoneAt(x, y);
    draw();
    field(row, "kind").focus();
  });

  // A zone chosen by hand after a tap means the tap was elsewhere: the words win, the pin goes.
  rows.addEventListener("change", ({ target }) => {
    if (!target.name?.endsWith(".zone")) return;
    const row = target.closest(".mark");
    field(row, "x").value = field(row, "y").value = "";
    draw();
  });

  draw();
})();
