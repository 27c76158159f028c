// Tells at once what the house would say of a reading, in the words that the page brings with it; the house still decides.
(() => {
  const place = document.querySelector("[data-odometer][data-last]");
  if (!place) return;
  const { below, fast, driven, over } = place.dataset;
  const [last, most, cap] = ["last", "most", "cap"].map((name) => Number(place.dataset[name] ?? Infinity));
  const field = place.querySelector("input");
  const said = place.appendChild(document.createElement("div"));
  said.setAttribute("role", "status");
  const words = said.appendChild(document.createElement("p"));
  const shown = (km) => `${String(km).replace(/\B(?=(\d{3})+$)/g, "\u00a0")}\u00a0km`;

  const judge = () => {
    const typed = field.value.replace(/\s/g, "");
    if (!/^\d{1,7}$/.test(typed)) return ["", "\u00a0"]; // no number of an odometer: the house says so; the line stays
    const km = Number(typed);
    if (km < last) return ["flash near", below.replace("{km} km", shown(km))];
    if (km > most) return ["flash near", fast.replace("{km} km", shown(km - last))];
    return km - last > cap ? ["flash near", over.replace("{km} km", shown(km - last))] : ["", driven.replace("{km} km", shown(km - last))];
  };

  const tell = () => { [said.className, words.textContent] = judge(); };

  // Half typed, a number is below the last one: it is judged once the hand rests. Not as the field is left, for what appears then would
  // move the button from under the click that leaves it.
  let rest;
  field.addEventListener("input", () => {
    clearTimeout(rest);
    rest = setTimeout(tell, 700);
  });
  tell();
})();
