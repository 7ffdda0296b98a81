// The steps of one journey, in order: what comes after a broken one cannot be tried.
import assert from "node:assert/strict";
import { test } from "node:test";

/** Makes the function that declares the steps of a journey. */
export function steps() {
  let broken = null;
  return (name, body) => test(name, { timeout: 300_000 }, async () => {
    assert.equal(broken, null, "an earlier step failed");
    broken = name;
    await body();
    broken = null;
  });
}
