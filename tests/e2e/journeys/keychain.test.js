// A key in the system's keychain signs heads without being asked for, and what is remembered there shows a workspace that was put back.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { Application } from "../harness/application.js";
import { become, makeKey, PASSPHRASE, toSigning } from "../harness/lead.js";
import { until } from "../harness/processes.js";
import { steps } from "../harness/steps.js";

const shelf = mkdtempSync(join(tmpdir(), "assay-shelf-"));
const application = new Application({ keychain: true });
let window;
const step = spawnSync("gnome-keyring-daemon", ["--version"]).error ? skipped : steps();

function skipped(name) {
  console.log(`SKIPPED: there is no gnome-keyring-daemon; not tried: ${name}`);
}

after(async () => {
  await application.end();
  rmSync(shelf, { recursive: true, force: true });
});

function workspace() {
  const folder = join(application.home, "home/workspaces");
  return join(folder, readdirSync(folder).find((name) => name.endsWith(".assay")));
}

step("a lead signs a head, and keeps the key in the keychain", async () => {
  window = await application.open();
  await window.press("button", "Open the sample");
  await window.get("region", "Overview", { exact: true, wait: 240_000 });
  await become(window, "Ilse Marchetti");
  await toSigning(window);
  await makeKey(window);
  await window.press("button", "Close without signing");
  await window.go("Activity");
  await window.press("button", "Sign a head…");
  await window.write("Passphrase of your key", PASSPHRASE);
  await window.press("checkbox", "Keep the key in this system’s keychain", { exact: false });
  await window.press("button", "Sign", { exact: true });
  await window.says(/with the key in the keychain/, 60_000);
  await window.pictures("keychain");
  await application.close();
  cpSync(workspace(), join(shelf, "before"), { recursive: true });
});

step("after a start nobody is asked for a passphrase, and what is recorded is under a head when the session ends", async () => {
  window = await application.open();
  await window.press("button", "Activity", { exact: true, wait: 60_000 });
  await window.says(/with the key in the keychain/, 30_000);
  await window.go("Card");
  await window.press("button", "Write: What the dataset is for", { wait: 120_000 });
  await window.write("What the dataset is for", "To show what a keychain remembers.");
  await window.press("button", "Save", { exact: true });
  await window.says(/Written by Ilse Marchetti/, 60_000);
  // The session ends with the workspace: the driver's way of ending the application is no way a person has.
  await window.command("Close the workspace");
  await window.says("What is your data made of?");
  await application.close();
  const { entries, head } = JSON.parse(application.assay("verify", "--json"));
  assert.equal(head.size, entries, "the session's end was signed");
});

step("a workspace that was put back as it was contradicts what the keychain remembers", async () => {
  const place = workspace();
  rmSync(place, { recursive: true });
  cpSync(join(shelf, "before"), place, { recursive: true });
  application.answers([place]);
  window = await application.open();
  await window.press("button", "Open a workspace", { wait: 60_000 });
  await window.press("button", "Activity", { exact: true, wait: 60_000 });
  await window.says(/The ledger contradicts a signed head/, 30_000);
  await window.pictures("keychain-contradicted");
});

step("the key is taken out again", async () => {
  await window.command("Settings");
  await window.says(/also in this system’s keychain/);
  await window.press("button", "Forget it in the keychain");
  await until("the key is in its file only", async () => !(await window.text()).includes("keychain"));
  await window.go("Activity");
  await window.get("button", "Sign a head…");
});
