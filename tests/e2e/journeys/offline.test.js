// All journeys of this run have no network but the loopback, over which WebDriver itself talks: what Assay does, it does without.
import assert from "node:assert/strict";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { test } from "node:test";

/** How an attempt to reach an address ends. 192.0.2.0/24 belongs to nobody (RFC 5737). */
function reached(host) {
  return new Promise((done) => {
    const socket = connect({ host, port: 80, timeout: 2_000 });
    const end = (how) => {
      socket.destroy();
      done(how);
    };
    socket.on("connect", () => end("connected"));
    socket.on("timeout", () => end("no answer"));
    socket.on("error", ({ code }) => end(code));
  });
}

test("the window's journeys run where there is no network", async () => {
  const names = Object.keys(networkInterfaces());
  if (names.some((name) => name !== "lo")) {
    console.log(`SKIPPED: this run has a network (${names.join(", ")}); scripts/offline.sh npm --prefix tests/e2e test runs without`);
    return;
  }
  assert.deepEqual(names, ["lo"]);
  assert.equal(await reached("192.0.2.1"), "ENETUNREACH");
});
