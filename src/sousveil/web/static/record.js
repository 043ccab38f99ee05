// The record page with a script: words light up whole, with the field they were read for, and the
// citation can be copied. Without it all links work the same.

const marks = new Map();
for (const mark of document.querySelectorAll("[data-e]")) {
  for (const number of mark.dataset.e.split(" ")) {
    if (!marks.has(number)) marks.set(number, []);
    marks.get(number).push(mark);
  }
}

const values = new Map();
for (const link of document.querySelectorAll("[data-words]")) {
  const home = link.closest("dl.fields > div, .codes > li, #against");
  if (!values.has(link.dataset.words)) values.set(link.dataset.words, new Set());
  if (home) values.get(link.dataset.words).add(home);
}

// The words that the address names: they stay lit while the pointer passes over others.
let named = [];

function light(numbers) {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  for (const number of [...named, ...numbers]) {
    for (const mark of marks.get(number) ?? []) mark.classList.add("lit");
    for (const home of values.get(number) ?? []) home.classList.add("lit");
  }
}

function numbers(element) {
  const link = element instanceof Element ? element.closest("[data-words], [data-e]") : null;
  if (!link) return null;
  return link.dataset.words ? [link.dataset.words] : link.dataset.e.split(" ").slice(0, 1);
}

for (const kind of ["pointerover", "focusin"]) {
  document.addEventListener(kind, (event) => {
    const found = numbers(event.target);
    if (found) light(found);
  });
}

function arrived() {
  const found = /^#e-(\d+)$/.exec(location.hash);
  named = found ? [found[1]] : [];
  light([]);
}
addEventListener("hashchange", arrived);
arrived();

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).innerText);
    button.textContent = button.dataset.copied;
  });
}
