// Review by keys, and words put into a form by marking them in the text. Without a script the same forms are filled in by hand.

/** The first element of a kind, where there is one. */
function first<T extends Element>(what: string): T | null {
  return document.querySelector<T>(what);
}

/** Whether somebody is writing, so that letters are letters. */
function isWriting(where: EventTarget | null): boolean {
  return where instanceof HTMLElement && (where.matches("input, textarea, select") || where.isContentEditable);
}

/** Press what stands for a key: a button sends its form, a summary opens, a link is followed. */
function press(key: string): boolean {
  const wanted = first<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  if (!wanted) return false;
  const why = first<HTMLInputElement>("[data-reason]");
  if (wanted instanceof HTMLButtonElement && why && !why.value.trim()) {
    why.focus(); // every verdict needs a reason
    return true;
  }
  wanted.click();
  if (wanted.tagName === "SUMMARY") wanted.parentElement?.querySelector<HTMLElement>("select, input")?.focus();
  return true;
}

/** Where a place in the page stands in the text of the report: code points, or null outside of it. */
function offset(node: Node, within: number): number | null {
  const element = node instanceof Element ? node : node.parentElement;
  const piece = element?.closest<HTMLElement>("[data-start]");
  if (!piece) return null;
  const range = document.createRange();
  range.setStart(piece, 0);
  range.setEnd(node, within);
  const marks = [...range.cloneContents().querySelectorAll(".hidden-mark")];
  const shown = [...range.toString()].length;
  // A hidden character is shown by a sign of several letters.
  const signs = marks.reduce((sum, mark) => sum + [...(mark.textContent ?? "")].length - 1, 0);
  return Number(piece.dataset["start"]) + shown - signs;
}

/** Put the words that are marked in the text into the form. */
function take(): void {
  const marked = document.getSelection();
  const value = first<HTMLInputElement>("[data-value]");
  const field = first<HTMLSelectElement>("[data-field]");
  if (!marked || marked.isCollapsed || !value || !field) return;
  const range = marked.getRangeAt(0);
  if (!first(".quote blockquote")?.contains(range.commonAncestorContainer)) return;
  const start = offset(range.startContainer, range.startOffset);
  const end = offset(range.endContainer, range.endOffset);
  if (start === null || end === null || end <= start) return;
  const words = marked.toString().replace(/\s+/g, " ").trim();
  // Who has not yet said what to correct means the words of the claim.
  const isChosen = value.closest("details")?.open ?? true;
  if (!isChosen || !["source", "span", "place"].includes(field.value)) field.value = "span";
  value.value = field.value === "source" ? `${words} [${start}-${end}]` : field.value === "span" ? `${start}-${end}` : words;
  value.closest("details")?.setAttribute("open", "");
}

/** Listen for keys and for marked words on pages where claims are decided. */
export function review(): void {
  if (!first("[data-review]")) return;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    if (press(event.key)) event.preventDefault();
  });
  document.addEventListener("mouseup", take);
}
