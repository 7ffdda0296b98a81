/// What is drawn again on the way from a verdict to the next sample: counted, for a clock says little on a busy machine.
import { waitFor } from "@testing-library/react";
import { createElement } from "react";
import { expect, it, vi } from "vitest";
import { key, noteSaved, open, painted, where } from "./focus_window";

// Finding by role in a simulated page is slow on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const drawn = vi.hoisted(() => ({ choices: 0, marks: 0 }));

vi.mock("react-aria-components", async (original) => {
  const real = await original<typeof import("react-aria-components")>();
  return { ...real, RadioGroup: (props: object) => { drawn.choices += 1; return createElement(real.RadioGroup, props); } };
});

vi.mock("@/components/verdict_mark", async (original) => {
  const real = await original<typeof import("@/components/verdict_mark")>();
  return { ...real, VerdictMark: (props: Parameters<typeof real.VerdictMark>[0]) => { drawn.marks += 1; return createElement(real.VerdictMark, props); } };
});

async function approve(times: number) {
  for (let time = 0; time < times; time += 1) {
    key("a");
    await waitFor(() => expect(noteSaved).toHaveBeenCalledTimes(time + 1));
    await painted();
  }
}

it("a verdict draws neither the blank answer again nor what was answered long before", async () => {
  await open("q-legal");
  await painted();
  await approve(6);
  noteSaved.mockClear();
  Object.assign(drawn, { choices: 0, marks: 0 });
  await approve(1);
  expect(where()).toBe("Sample 8 of 59");
  expect(drawn.choices).toBe(0);
  // The sample's own mark: given, then known to be on disk.
  expect(drawn.marks).toBeLessThanOrEqual(3);
});
