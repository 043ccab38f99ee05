// The page for adding files with a script: files and folders can be dropped anywhere on it, are
// handed over one by one and read at once, and a run's progress is shown as it goes. Without it the
// form hands over what was chosen, and the page reloads itself while a run is going on.

const AT_ONCE = 3;
const MILLISECONDS = 700;
const form = document.getElementById("drop");
const told = document.getElementById("told");
const secret = form.querySelector("[name=csrf]").value;
let busy = false;

// What is shown elsewhere on the page is told to screen readers alone.
function say(words, values = {}, aside = false) {
  told.classList.toggle("aside", aside);
  told.textContent = words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// [path, file] of everything in what was dropped, folders walked through.
async function found(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files].map((file) => [file.name, file]);
  const files = [];
  while (entries.length) {
    const entry = entries.shift();
    if (entry.isFile) {
      const file = await new Promise((done, fail) => entry.file(done, fail));
      files.push([entry.fullPath.replace(/^\//, ""), file]);
    } else {
      const reader = entry.createReader();
      for (;;) {
        // A hundred at a time.
        const some = await new Promise((done, fail) => reader.readEntries(done, fail));
        if (!some.length) break;
        entries.push(...some);
      }
    }
  }
  return files;
}

function chosen() {
  const inputs = [...form.querySelectorAll("[type=file]")];
  return inputs.flatMap((input) => [...input.files]).map((file) => [file.webkitRelativePath || file.name, file]);
}

async function send([path, file]) {
  const values = new FormData();
  values.append("csrf", secret);
  values.append("file", file, path);
  const answer = await fetch(form.action, { method: "POST", body: values, redirect: "manual" });
  if (answer.type !== "opaqueredirect") throw new Error(String(answer.status));
}

async function handOver(files) {
  const most = Number(form.dataset.most);
  const large = files.filter(([, file]) => file.size > most).map(([path]) => path);
  const left = files.filter(([, file]) => file.size <= most);
  if (!left.length) {
    say(large.length ? told.dataset.large : told.dataset.none, { names: large.join(", ") });
    return;
  }
  busy = true;
  form.classList.add("busy");
  const total = left.length;
  let done = 0;
  const tell = () => say(told.dataset.sending, { done, total });
  tell();
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      await send(next);
      done += 1;
      tell();
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } catch {
    // What came waits; the page says so, and what went wrong is told.
    left.length = 0;
    say(told.dataset.wrong, { done, total });
    busy = false;
    form.classList.remove("busy");
    return;
  }
  if (large.length) {
    busy = false;
    form.classList.remove("busy");
    await refresh();
    say(told.dataset.large, { names: large.join(", ") });
    return;
  }
  await fetch("/add/run", { method: "POST", headers: { "X-Sousveil-Form": secret }, redirect: "manual" });
  location.assign("/add");
}

for (const kind of ["dragenter", "dragover"]) {
  addEventListener(kind, (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
}
addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) form.classList.remove("over");
});
addEventListener("drop", async (event) => {
  event.preventDefault();
  form.classList.remove("over");
  if (busy || form.hidden) return;
  await handOver(await found(event.dataTransfer));
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!busy) await handOver(chosen());
});

// The part of the page that says how the run stands; all of it once the run is over.
async function refresh() {
  const answer = await fetch("/add");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.getElementById("run");
  const here = document.getElementById("run");
  if (!now || !here) return;
  if ("going" in here.dataset && !("going" in now.dataset)) {
    location.replace("/add#run-state");
    location.reload();
    return;
  }
  const [was, is] = [here.querySelectorAll(".steps > li"), now.querySelectorAll(".steps > li")];
  if (was.length === is.length && is.length) {
    // The same phases: only the last moved, and what is focused stays so.
    was[was.length - 1].replaceWith(is[is.length - 1]);
  } else {
    here.querySelector(".steps")?.replaceWith(now.querySelector(".steps"));
    const phase = is[is.length - 1]?.querySelector(".phase");
    if (phase) say(phase.textContent, {}, true);
  }
}

async function watch() {
  while ("going" in document.getElementById("run").dataset) {
    await new Promise((done) => setTimeout(done, MILLISECONDS));
    try {
      await refresh();
    } catch {
      return; // the room was closed
    }
  }
}
watch();
