// The board by keyboard and by drag. Every place is a link already: this only chooses its days and opens the page that says the price.
(() => {
  const board = document.querySelector("table.board[data-home]");
  if (!board) return;
  const { first, today, home } = board.dataset;
  const rows = [...board.tBodies[0].rows];
  const weeks = [...board.tHead.rows[0].cells].slice(1);
  const count = weeks.length * 7;
  const said = document.getElementById("board-said");
  const frame = board.parentElement; // as wide as the table: it scrolls inside its own parent
  const ghost = frame.appendChild(Object.assign(document.createElement("div"), { className: "ghost", hidden: true }));
  const HINT = "Flèches : d’un jour à l’autre. Maj + flèches : choisir des jours, changer le retour (d’une demi-heure pour un prêt de quelques heures) ou le véhicule. Entrée : voir le prix. "
    + "À la souris : glisser sur des jours libres, sur la fin d’une réservation, ou vers un autre véhicule.";

  // Days are counted from the first of the board; a place is the half days [left, left + span).
  const numberOf = (day) => Math.round((Date.parse(day.slice(0, 10)) - Date.parse(first)) / 864e5);
  const isoOf = (number) => new Date(Date.parse(first) + number * 864e5).toISOString().slice(0, 10);
  const wordsOf = (number) => new Date(isoOf(number)).toLocaleDateString("fr-FR", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
  const clamp = (number, least, most) => Math.min(Math.max(number, least), most);
  const placesOf = (row) => {
    let left = 0;
    return [...row.cells].slice(1).map((cell) => ({ cell, row, left, span: cell.colSpan, after: (left += cell.colSpan) }));
  };
  const placeAt = (row, day) => placesOf(row).find((place) => place.after > day * 2) ?? placesOf(row).at(-1);
  const placeOf = (cell) => placesOf(cell.parentElement).find((place) => place.cell === cell);
  const target = (place) => place.cell.querySelector("a") ?? place.cell;
  // A day drawn by its hours holds a link a booking: each is a stop of its own, and says itself what it is.
  const hourly = (element) => element.closest(".hours > a");
  const dataOf = (element) => (hourly(element) ?? element.closest("td")).dataset;
  const isFree = (place) => place.cell.matches(".free:has(> a)");
  const lastDay = (place) => Math.floor(place.after / 2) - 1;
  const firstDay = (place) => Math.max(Math.ceil(place.left / 2), numberOf(today));

  let at = { row: rows[0], day: 0 };
  let plan = null; // what Enter, or letting go, would open

  const nameOf = (row) => row.cells[0].querySelector("a").textContent;
  const show = (row, left, span) => {
    const box = frame.getBoundingClientRect();
    const line = row.getBoundingClientRect();
    const start = weeks[0].getBoundingClientRect().left;
    const half = (weeks.at(-1).getBoundingClientRect().right - start) / (count * 2);
    Object.assign(ghost.style, {
      left: `${start - box.left + left * half}px`,
      top: `${line.top - box.top + 3}px`,
      width: `${span * half}px`,
    });
    ghost.hidden = false;
  };
  const forget = () => {
    plan = null;
    ghost.hidden = true;
    said.textContent = HINT;
  };

  // The three things that can be chosen: days of a gap, another end of a booking, another vehicle for it.
  const pick = (place, from, to) => {
    const [least, most] = [firstDay(place), lastDay(place)];
    const [one, other] = [clamp(Math.min(from, to), least, most), clamp(Math.max(from, to), least, most)];
    const link = target(place);
    const hour = one === firstDay(place) ? new URL(link.href).searchParams.get("starts_at").slice(10) : "T09:00";
    plan = { kind: "pick", place, from, to, href: `${home}new?${place.row.dataset.book}&starts_at=${isoOf(one)}${hour}&ends_at=${isoOf(other)}T18:00` };
    show(place.row, one * 2, (other - one + 1) * 2);
    said.textContent = `${nameOf(place.row)}, libre, ${one === other ? wordsOf(one) : `du ${wordsOf(one)} au ${wordsOf(other)}`}. Entrée pour réserver.`;
  };
  const refuse = (sentence) => {
    forget();
    said.textContent = sentence;
  };
  const stretch = (place, { id, ends }, day) => {
    if (!ends) return refuse("La suite est sur un autre véhicule : le retour se change sur sa ligne.");
    const until = Math.max(day, Math.floor(place.left / 2));
    if (until === numberOf(ends)) return forget();
    const act = until > numberOf(ends) ? "extend" : "shorten";
    plan = { kind: "stretch", place, day: until, href: `${home}${id}/change?act=${act}&ends_at=${isoOf(until)}${ends.slice(10)}` };
    show(place.row, place.left, clamp(until * 2 + 2, place.left + 1, count * 2) - place.left);
    said.textContent = `${act === "extend" ? "Prolonger" : "Raccourcir"} jusqu’au ${wordsOf(until)}. Entrée pour voir le prix.`;
  };
  const bringBack = (place, { id, ends }, at) => {
    if (at === ends || at.slice(0, 10) !== ends.slice(0, 10)) return forget();
    plan = { kind: "hours", place, at, href: `${home}${id}/change?act=${at > ends ? "extend" : "shorten"}&ends_at=${at}` };
    show(place.row, place.left, place.span);
    said.textContent = `${at > ends ? "Prolonger" : "Raccourcir"} jusqu’à ${at.slice(11).replace(":", " h ")}. Entrée pour voir le prix.`;
  };
  const swap = (place, { id, next }, row) => {
    if (next !== undefined) return refuse("Les clés ne sont pas encore échangées : le véhicule se change depuis le premier.");
    if (!row || row === place.row) return forget();
    plan = { kind: "swap", place, row, href: `${home}${id}/change?act=swap&vehicle_id=${row.dataset.vehicle}` };
    show(row, place.left, place.span);
    said.textContent = `Changer de véhicule : ${nameOf(row)}. Entrée pour voir le prix.`;
  };

  // Keyboard: one stop for the whole grid, the arrows move inside it.
  let stop = null;
  const take = (place, day, link = target(place)) => {
    at = { row: place.row, day: clamp(day, Math.floor(place.left / 2), Math.max(Math.ceil(place.after / 2) - 1, Math.floor(place.left / 2))) };
    stop?.setAttribute("tabindex", "-1");
    stop = link;
    stop.setAttribute("tabindex", "0");
  };
  const enter = (place, day, link) => {
    forget();
    take(place, day, link);
    stop.focus({ preventScroll: true });
    stop.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (isFree(place)) {
      take(place, clamp(at.day, firstDay(place), lastDay(place)));
      pick(place, at.day, at.day);
    }
  };
  const go = (row, day) => row && enter(placeAt(row, day), day);
  const along = (place, from, by) => {
    const link = hourly(from);
    const nextLink = by > 0 ? link?.nextElementSibling : link?.previousElementSibling;
    if (nextLink) return enter(place, at.day, nextLink);
    const day = at.day + by;
    if (isFree(place) && day >= firstDay(place) && day <= lastDay(place)) return enter(place, day);
    const places = placesOf(place.row);
    const number = places.findIndex((each) => each.cell === place.cell) + by;
    const beside = places[number];
    if (beside && by > 0) return enter(beside, Math.floor(beside.left / 2));
    if (beside) return enter(beside, Math.floor((beside.after - 1) / 2), [...beside.cell.querySelectorAll("a")].at(-1));
    if (number >= 0) return;
    forget();
    place.row.cells[0].querySelector("a").focus();
  };
  const halfHour = (instant, by) => new Date(Date.parse(`${instant}Z`) + by * 18e5).toISOString().slice(0, 16);
  const changed = (place, key, from) => {
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 }[key];
    const isAlong = key === "ArrowRight" || key === "ArrowLeft";
    const data = dataOf(from);
    if (isFree(place) && isAlong) return pick(place, plan?.from ?? at.day, clamp((plan?.to ?? at.day) + by, firstDay(place), lastDay(place)));
    if (!data.id) return;
    if (isAlong && hourly(from)) return bringBack(place, data, halfHour(plan?.kind === "hours" ? plan.at : data.ends, by));
    if (isAlong) return stretch(place, data, (plan?.kind === "stretch" ? plan.day : numberOf(data.ends ?? first)) + by);
    swap(place, data, rows[rows.indexOf(plan?.kind === "swap" ? plan.row : place.row) + by]);
  };
  const moves = {
    ArrowRight: (place, from) => along(place, from, 1),
    ArrowLeft: (place, from) => along(place, from, -1),
    ArrowDown: (place) => go(rows[rows.indexOf(place.row) + 1], at.day),
    ArrowUp: (place) => go(rows[rows.indexOf(place.row) - 1], at.day),
    Home: (place) => go(place.row, 0),
    End: (place) => go(place.row, count - 1),
    Escape: forget,
    Enter: () => plan && location.assign(plan.href),
  };
  board.addEventListener("keydown", (event) => {
    if (!moves[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && !plan) return;
    const name = event.target.closest("tbody th");
    if (name && event.key === "ArrowLeft") return;
    const cell = event.target.closest("td") ?? (name && placesOf(name.parentElement)[0].cell);
    if (!cell) return;
    if (name && event.key === "ArrowRight") {
      event.preventDefault();
      return go(name.parentElement, 0);
    }
    event.preventDefault();
    if (event.shiftKey && event.key.startsWith("Arrow")) changed(placeOf(cell), event.key, event.target);
    else moves[event.key](placeOf(cell), event.target);
  });
  board.addEventListener("focusin", (event) => {
    const cell = event.target.closest("td");
    if (cell && event.target !== stop) take(placeOf(cell), at.day, event.target);
  });

  // Drag, with a mouse or a pen: a finger scrolls, and taps the links.
  let held = null;
  const dayAt = (x) => {
    const start = weeks[0].getBoundingClientRect().left;
    return clamp(Math.floor(((x - start) / (weeks.at(-1).getBoundingClientRect().right - start)) * count), 0, count - 1);
  };
  const rowAt = (event) => document.elementFromPoint(event.clientX, event.clientY)?.closest("tr[data-vehicle]");
  board.addEventListener("pointerdown", (event) => {
    const cell = event.target.closest("td");
    if (!cell || event.button !== 0 || event.pointerType === "touch") return;
    const place = placeOf(cell);
    const data = dataOf(event.target);
    if (!isFree(place) && !data.id) return;
    const atEnd = !hourly(event.target) && cell.getBoundingClientRect().right - event.clientX < 10;
    held = { place, data, atEnd, x: event.clientX, y: event.clientY, day: dayAt(event.clientX), moved: false };
    if (isFree(place)) pick(place, held.day, held.day);
  });
  document.addEventListener("pointermove", (event) => {
    if (!held || (!held.moved && Math.hypot(event.clientX - held.x, event.clientY - held.y) < 5)) return;
    held.moved = true;
    board.classList.add("dragged");
    if (isFree(held.place)) pick(held.place, held.day, dayAt(event.clientX));
    else if (held.atEnd) stretch(held.place, held.data, dayAt(event.clientX));
    else swap(held.place, held.data, rowAt(event));
  });
  document.addEventListener("pointerup", () => {
    board.classList.remove("dragged");
    if (held?.moved && plan) location.assign(plan.href);
    held = held?.moved ? { moved: true, over: true } : null;
    if (held) setTimeout(() => (held = null));
  });
  board.addEventListener("click", (event) => {
    const chosen = plan?.kind === "pick" && event.target.closest("td") === plan.place.cell;
    if (held?.over) event.preventDefault();
    else if (chosen && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      location.assign(plan.href);
    }
  });
  // A place too narrow for its words says them under the pointer.
  board.addEventListener("pointerover", (event) => {
    const link = event.target.closest("td > a");
    if (link) link.title ||= link.textContent;
  });
  board.addEventListener("dragstart", (event) => event.preventDefault());

  board.setAttribute("role", "grid");
  board.querySelectorAll("tbody :is(td, th) > a").forEach((link) => link.setAttribute("tabindex", "-1"));
  board.querySelectorAll("tbody td:not(:has(> a))").forEach((cell) => cell.setAttribute("tabindex", "-1"));
  take(placesOf(rows[0]).find((place) => place.cell.querySelector("a")) ?? placesOf(rows[0])[0], 0);
  said.hidden = false;
  forget();
})();
