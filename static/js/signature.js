// Drawn signatures beside the typed name: strokes become the path of a drawing, 400 × 160; without this file the name and the box suffice.
for (const place of document.querySelectorAll("[data-signature]")) {
  const canvas = place.querySelector("canvas");
  const field = place.closest("form").elements[place.dataset.signature];
  const ink = canvas.getContext("2d");
  const longest = 49000;
  let drawing = false;

  const point = (event) => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top].map((at, axis) =>
      Math.round((at * [canvas.width, canvas.height][axis]) / [box.width, box.height][axis]),
    );
  };

  const add = (command, [x, y]) => {
    if (field.value.length > longest) return;
    field.value += `${command}${x} ${y} `;
    if (command === "M") ink.beginPath();
    ink[command === "M" ? "moveTo" : "lineTo"](x, y);
    ink.stroke();
  };

  const begin = () => {
    ink.lineWidth = 2.5;
    ink.lineCap = ink.lineJoin = "round";
    ink.strokeStyle = getComputedStyle(place).color;
  };

  const clear = () => {
    field.value = "";
    ink.clearRect(0, 0, canvas.width, canvas.height);
  };

  canvas.addEventListener("pointerdown", (event) => {
    drawing = true;
    canvas.setPointerCapture(event.pointerId);
    begin();
    add("M", point(event));
  });
  canvas.addEventListener("pointermove", (event) => drawing && add("L", point(event)));
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => (drawing = false));
  place.querySelector("button").addEventListener("click", clear);
  place.closest("form").addEventListener("reset", clear);

  field.value = "";
  place.hidden = false;
}
