// The review desk with a script: one key for each button or link that names one (data-key), and
// for opening the codes and the note. Without it all buttons and links work the same.

import { typing } from "./room.js";

let left = false; // a decision is under way: a key pressed twice decides once

function writes(event) {
  const box = event.target;
  const ticks = box instanceof HTMLInputElement && ["checkbox", "radio"].includes(box.type);
  if (!ticks) return typing(event);
  return event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]");
}

function open(details) {
  details.open = true;
  details.querySelector("input, textarea")?.focus();
}

function act(target) {
  if (target.matches("summary")) {
    const details = target.parentElement;
    if (details.open) details.open = false;
    else open(details);
  } else if (target.matches('a[href^="#"]')) {
    const first = document.querySelector(`${target.hash} details`);
    document.querySelector(target.hash).scrollIntoView({ block: "start", behavior: "instant" });
    if (first) open(first);
  } else {
    target.click();
  }
}

// From one of the words that codes were given for to the next, in the record.
let word = -1;
function read(step) {
  const words = [...document.querySelectorAll(".sheets .ev.code")];
  if (!words.length) return;
  word = (word + step + words.length) % words.length;
  words[word].focus({ preventScroll: true });
  words[word].scrollIntoView({ block: "center", behavior: "instant" });
}

// Of joins one is the one that keys are meant for.
function move(step) {
  const all = [...document.querySelectorAll("li.join, section.join")];
  const at = all.findIndex((one) => one.classList.contains("on"));
  const next = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))];
  if (!next) return;
  all[at]?.classList.remove("on");
  next.classList.add("on");
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest", behavior: "instant" });
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target instanceof HTMLElement) event.target.blur();
  if (event.repeat || left || writes(event)) return;
  if (event.key === "t" || event.key === "p") {
    const place = document.getElementById(event.key === "t" ? "note" : "stop");
    if (!place) return;
    event.preventDefault();
    place.focus();
    place.scrollIntoView({ block: "center", behavior: "instant" });
    return;
  }
  if (event.key === "j" || event.key === "k") {
    const step = event.key === "j" ? 1 : -1;
    if (document.querySelector(".sheets")) read(step);
    else move(step);
  }
  const here = document.querySelector(".join.on") ?? document;
  if (here === document && document.querySelector(".join")) return;
  const target = here.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  act(target);
});

document.addEventListener("submit", (event) => {
  if (event.target.method === "dialog") return;
  if (left) event.preventDefault();
  left = true;
});
addEventListener("pageshow", () => {
  left = false;
});

// Who names a code does not say that there is none, and the other way round.
document.addEventListener("change", (event) => {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || box.type !== "checkbox" || !box.checked) return;
  const group = box.closest("fieldset");
  if (!group?.querySelector('[name="none"]')) return;
  for (const other of group.querySelectorAll("input")) {
    if ((box.name === "none") !== (other.name === "none")) other.checked = false;
  }
});

// Where the record has a column of its own, the first words that count are in sight.
const column = document.querySelector(".sheets");
const first = column?.querySelector("[data-first]") ?? column?.querySelector(".ev.code");
if (column && first && !location.hash && getComputedStyle(column).overflowY === "auto") {
  const far = first.getBoundingClientRect().top - column.getBoundingClientRect().top;
  if (far > column.clientHeight * 0.8) column.scrollTop = far - column.clientHeight / 3;
}

// After a judgement the address names its join: keys go on from there.
const named = document.getElementById(location.hash.slice(1));
if (named?.matches(".join")) named.classList.add("on");
