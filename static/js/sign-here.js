// Where there is no network, both sign what the form says before it waits on the device (queue.js calls it). The platform keeps the
// signatures only if what it then writes is, line by line, what was read here (fleet/device_signing.py).
(() => {
  const place = document.querySelector("#signing");
  const form = document.querySelector("#check");
  if (!place || !form) return;
  const words = JSON.parse(place.dataset.words);
  const lacks = place.querySelector("[data-lacks]");
  const plain = (text) => text.normalize("NFC").replace(/\s+/g, " ").trim();

  const marks = (typed) => {
    const rows = new Map();
    for (const [name, value] of typed) {
      const [, row, field] = /^marks\.(\d+)\.(kind|zone|note)$/.exec(name) || [];
      if (row && value) rows.set(row, Object.assign(rows.get(row) || {}, { [field]: value }));
    }
    return [...rows.values()].filter((mark) => mark.kind).map(({ kind, zone, note }) => {
      const said = words.mark.replace("{kind}", () => words.kinds[kind]).replace("{zone}", () => words.zones[zone] || "");
      return note ? `${said} ; ${note}` : said;
    });
  };

  const pictures = (typed) => typed.reduce((count, [name, value]) => {
    if (typeof value !== "string") return count + (value.size && name !== "odometer_picture" ? 1 : 0);
    if (name !== "photos" && !/^marks\.\d+\.photos$/.test(name)) return count;
    return count + value.split(",").filter(Boolean).length;
  }, 0);

  const say = () => {
    const typed = [...new FormData(form)];
    const value = (name) => plain(String(typed.find(([one]) => one === name)?.[1] ?? ""));
    const lines = [...words.heads];
    if (value("odometer_km")) lines.push(words.km.replace("{}", Number(value("odometer_km").replace(/\s/g, ""))));
    for (const [name, said] of words.answers) if (said[value(name)]) lines.push(said[value(name)]);
    lines.push(...words.known, ...marks(typed));
    if (value("note")) lines.push(words.remark.replace("{}", () => value("note")));
    lines.push(words.pictures.replace("{}", pictures(typed)));
    return lines.map(plain);
  };

  // The fields to send beside the form's own: none without signature; null to go back to the form.
  form.sign = () => new Promise((done) => {
    const lines = say();
    place.querySelector("[data-lines]").replaceChildren(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line.replace(/ ([:;])/g, "\u00a0$1") })));
    lacks.textContent = "";
    place.onchange = () => { lacks.textContent = ""; };
    const end = (fields) => {
      place.hidden = true;
      place.reset();
      form.hidden = false;
      done(fields);
    };
    place.querySelector("[data-unsigned]").onclick = () => end([]);
    place.querySelector("[data-back]").onclick = () => end(null);
    place.onsubmit = (event) => {
      event.preventDefault();
      const given = place.elements;
      if (!given["signed.signer_name"].value.trim()) lacks.textContent = "Il manque le nom de la personne qui signe.";
      else if (!given["signed.agreed"].checked) lacks.textContent = "Il manque l’accord de la personne : cochez sa case une fois qu’elle a tout lu.";
      else if (!given["signed.adviser_agreed"].checked) lacks.textContent = "Il manque votre signature pour la plateforme : cochez votre case.";
      else end([...new FormData(place), ["signed.said", lines.join("\n")], ["signed.at", new Date().toISOString()]].filter(([, value]) => value));
    };
    form.hidden = true;
    place.hidden = false;
    place.querySelector("h2").focus();
    place.scrollIntoView();
  });
})();
