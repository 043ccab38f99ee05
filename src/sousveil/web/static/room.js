// The script of every page: the dialog of keys. Everything works without it.

// Whether keys belong to what is focused: somebody types, or a dialog is open.
export function typing(event) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return true;
  if (document.querySelector("dialog[open]")) return true;
  const at = event.target;
  return at instanceof HTMLElement && (at.isContentEditable || at.matches("input, textarea, select"));
}

document.addEventListener("keydown", (event) => {
  const help = document.getElementById("keys");
  if (event.key !== "?" || !help || typing(event)) return;
  event.preventDefault();
  help.showModal();
});
