// The page for adding files with a script: files and folders can be dropped anywhere on it, are
// handed over in parts and read at once, and a run's progress is shown as it goes. Without it the
// form hands over what was chosen, and the page reloads itself while a run is going on.

const AT_ONCE = 3;
const FILES_TOGETHER = 50;
const MOST_TOGETHER = 8_000_000;
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

// Small files go together: a request each would take most of the time.
function batches(files) {
  const found = [];
  let size = Infinity;
  for (const each of files) {
    if (size + each[1].size > MOST_TOGETHER || found.at(-1).length >= FILES_TOGETHER) {
      found.push([]);
      size = 0;
    }
    found.at(-1).push(each);
    size += each[1].size;
  }
  return found;
}

async function send(batch) {
  const values = new FormData();
  values.append("csrf", secret);
  for (const [path, file] of batch) values.append("file", file, path);
  const answer = await fetch(form.action, { method: "POST", body: values, redirect: "manual" });
  if (answer.type === "opaqueredirect") return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  throw new Error(page.querySelector(".error")?.textContent ?? "");
}

async function handOver(files) {
  const most = Number(form.dataset.most);
  const right = files.filter(([, file]) => file.size <= most);
  if (right.length < files.length) {
    sessionStorage.setItem("large", files.length - right.length);
    tellLarge();
  }
  if (!right.length) {
    if (!files.length) say(told.dataset.none);
    return;
  }
  busy = true;
  form.classList.add("busy");
  const left = batches(right);
  const total = right.length;
  let done = 0;
  const tell = () => say(told.dataset.sending, { done, total });
  tell();
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      await send(next);
      done += next.length;
      tell();
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } catch (error) {
    // What came waits; the page says so, and what went wrong is told.
    left.length = 0;
    say(`${told.dataset.wrong} ${error.message}`, { done, total });
    busy = false;
    form.classList.remove("busy");
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
// What was too large is told until the run of what came with it is over.
function tellLarge() {
  const large = document.getElementById("large");
  const count = sessionStorage.getItem("large");
  if (count) large.textContent = large.dataset.words.replace("{count}", count);
}
tellLarge();
if (!("going" in document.getElementById("run").dataset)) sessionStorage.removeItem("large");
watch();
