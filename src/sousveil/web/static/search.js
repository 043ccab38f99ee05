// The search page with a script: the same addresses, asked for in the background, and only the
// answer replaced; keys j, k, Enter and /. Without it all forms and links work the same.

import { typing } from "./room.js";

let latest = 0;

async function show(address, { push = true, focus = true } = {}) {
  const mine = ++latest;
  const answer = document.getElementById("answer");
  answer.setAttribute("aria-busy", "true");
  const opened = new Map();
  for (const facet of document.querySelectorAll("details[data-facet]")) {
    opened.set(facet.dataset.facet, facet.open);
  }
  const folded = document.querySelector(".fold")?.open;
  let text;
  let final;
  try {
    const response = await fetch(address, { credentials: "same-origin" });
    text = await response.text();
    final = response.url;
  } catch {
    location.assign(address); // the browser says what is wrong
    return;
  }
  if (mine !== latest) return;
  const page = new DOMParser().parseFromString(text, "text/html");
  const found = page.getElementById("answer");
  if (!found) {
    location.assign(address);
    return;
  }
  for (const facet of found.querySelectorAll("details[data-facet]")) {
    facet.open = opened.get(facet.dataset.facet) ?? facet.open;
  }
  const fold = found.querySelector(".fold");
  if (fold && folded !== undefined) fold.open = folded;
  answer.replaceWith(found);
  document.getElementById("carried").replaceWith(page.getElementById("carried"));
  document.title = page.title;
  const [box, wanted] = [document.getElementById("q"), page.getElementById("q")];
  if (document.activeElement !== box) box.value = wanted.value;
  for (const name of ["aria-invalid", "aria-describedby"]) {
    if (wanted.hasAttribute(name)) box.setAttribute(name, wanted.getAttribute(name));
    else box.removeAttribute(name);
  }
  document.querySelector(".languages").replaceWith(page.querySelector(".languages"));
  if (push) history.pushState(null, "", final);
  if (focus && document.activeElement === document.body) {
    document.getElementById("total")?.focus({ preventScroll: true });
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-partial]")) return;
  event.preventDefault();
  const values = new URLSearchParams(new FormData(form, event.submitter));
  if (values.get("q") === "") values.delete("q");
  show(`${form.action}?${values}`);
  if (document.activeElement === document.getElementById("q")) document.activeElement.blur();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-partial]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const turned = link.closest(".pager");
  show(link.href).then(() => {
    if (turned) document.querySelector(".results")?.scrollIntoView();
  });
});

addEventListener("popstate", () => show(location.href, { push: false, focus: false }));

function move(step) {
  const hits = [...document.querySelectorAll(".hit")];
  if (!hits.length) return;
  const at = hits.findIndex((hit) => hit.classList.contains("at"));
  const next = at < 0 ? 0 : Math.min(hits.length - 1, Math.max(0, at + step));
  if (at >= 0) hits[at].classList.remove("at");
  hits[next].classList.add("at");
  const target = hits[next].querySelector("h3 a");
  target?.focus({ preventScroll: true });
  hits[next].scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  const box = document.getElementById("q");
  if (event.key === "Escape" && event.target === box) box.blur();
  if (typing(event)) return;
  if (event.key === "/") {
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    move(event.key === "j" ? 1 : -1);
  } else if (event.key === "Enter" && document.activeElement === document.body) {
    document.querySelector(".hit.at h3 a")?.click();
  }
});

// A narrow screen shows the notices first.
if (matchMedia("(max-width: 56rem)").matches) {
  document.querySelector(".fold")?.removeAttribute("open");
}
