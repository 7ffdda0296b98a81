// What a lead does to sign a card, step by step.

export const PASSPHRASE = "four plain words here";

export async function become(window, name) {
  await window.press("button", "Choose who you are").catch(() => window.press("button", "Ilse Marchetti, lead"));
  await window.write((await window.has("textbox", "Name")) ? "Name" : "Someone else", name);
  await window.press("radio", "Lead");
  await window.press("button", (await window.has("button", "Add and continue")) ? "Add and continue" : "Continue");
  await window.says(name);
}

/** Opens the panel and makes the key of whoever is there. */
export async function toSigning(window) {
  await window.go("Card");
  await window.says(/Draft, unsigned|Changed since/, 120_000);
  // The panel may stand open from before: a view comes back as it was left.
  if (!(await window.has("button", "Close without signing"))) await window.press("button", "Sign…");
  await window.says("What the signature covers", 120_000);
}

export async function makeKey(window) {
  await window.write("New passphrase", PASSPHRASE);
  await window.write("The same again", PASSPHRASE);
  await window.press("button", "Make the key");
  await window.get("textbox", "Passphrase of your key", { wait: 60_000 });
}

/** Opens every exception where it can be seen, and comes back. */
export async function openExceptions(window) {
  const names = await window.run("return [...document.querySelectorAll('ul[aria-label=Exceptions] button')].map((each) => each.getAttribute('aria-label'))");
  for (const name of names) {
    await window.press("button", name);
    await window.settled();
    if (!(await window.has("button", "Close without signing"))) await window.go("Card");
    await window.get("button", "Close without signing", { wait: 60_000 });
  }
  await window.says(new RegExp(`${names.length} of ${names.length} audit exception`));
  return names.length;
}

export async function sign(window) {
  await window.write("Passphrase of your key", PASSPHRASE);
  await window.press("button", "Sign…");
  const [, entry] = await window.says(/Signed, entry #([\d,]+)/, 60_000);
  return Number(entry.replaceAll(",", ""));
}
