// A report beside its claims: whoever comes to one in the text has it before him in the list, and the other way round.

/** Marks the counterpart of what the address names, and brings it into sight where the list scrolls by itself. */
function meet(): void {
  const [, side, id] = /^#([wc])-([0-9a-f]+)$/.exec(window.location.hash) ?? [];
  for (const old of document.querySelectorAll(".is-met")) old.classList.remove("is-met");
  const other = side && document.getElementById(`${side === "w" ? "c" : "w"}-${id}`);
  if (!other) return;
  other.classList.add("is-met");
  const list = document.querySelector<HTMLElement>(".beside .found");
  if (!list || list.scrollHeight <= list.clientHeight) return; // on a narrow window one stands below the other
  if (side === "w") list.scrollTop = other.offsetTop - list.clientHeight / 3;
  else other.scrollIntoView({ block: "center" });
}

export function beside(): void {
  window.addEventListener("hashchange", meet);
  meet();
}
