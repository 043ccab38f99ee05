// The form of a claim with a script: it asks only for what the chosen count needs. Without it all
// fields are shown, and those that mean nothing are passed over.

const counts = document.getElementById("counts");
const expects = document.getElementById("expects");

function ask() {
  const what = counts.value;
  const needed = {
    currency: ["sum", "largest", "amount"].includes(what),
    role: what === "organisations",
    ladder: what === "trend",
    words: what === "things",
    number: !expects.value.includes("="),
    within: expects.value === "about",
  };
  for (const [name, wanted] of Object.entries(needed)) {
    document.querySelector(`[data-of=${name}]`).hidden = !wanted;
    document.getElementById(name).required = wanted;
  }
}

// Of whether there is any, and of a trend, no number is expected.
function allowed() {
  const kind = { exists: "exists=", trend: "trend=" }[counts.value];
  for (const option of expects.options) {
    const mine = option.value.split("=")[0];
    option.hidden = option.disabled = kind ? !option.value.startsWith(kind) : ["exists", "trend"].includes(mine);
  }
  if (expects.selectedOptions[0]?.disabled ?? true) {
    expects.value = [...expects.options].find((option) => !option.disabled).value;
  }
  ask();
}

counts.addEventListener("change", allowed);
expects.addEventListener("change", ask);
allowed();
document.getElementById("wrong")?.scrollIntoView();
