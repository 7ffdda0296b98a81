import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Place } from "@/lib/place";
import { TestWindow } from "@/lib/test_window";
import { Derivation } from "./derivation";

const measured = { by_depth: [{ depth: 0, samples: 12, tokens: 300 }], with_parent: 7, missing_parents: 2, cyclic: 1, unknown: 3, unrecorded: 4 };

test("samples without a depth are one filter, and each reason opens its own", async () => {
  const seen: Place[] = [];
  const { rerender } = render(<TestWindow start={{ view: "overview", state: {} }} scope="overview" onPlace={(place) => seen.push(place)}><Derivation derivation={measured} /></TestWindow>);
  await userEvent.click(screen.getByRole("button", { name: "8 samples without a depth: open" }));
  expect(seen.at(-1)).toEqual({ view: "samples", state: { filter: "derivation_depth is null" } });
  for (const [name, why] of [[/^4 samples of other origin/, "unrecorded"], [/^3 samples name one/, "unknown"], [/^1 sample in a chain/, "cyclic"], [/^2 samples made from a parent/, "missing_parent"]] as const) {
    await userEvent.click(screen.getByRole("button", { name }));
    expect(seen.at(-1)?.state.filter).toBe(`derivation = '${why}'`);
  }
  rerender(<TestWindow start={{ view: "overview", state: {} }} scope="overview"><Derivation derivation={{ ...measured, cyclic: 0, unknown: 0, unrecorded: 0 }} /></TestWindow>);
  expect(screen.queryByRole("button", { name: /without a depth/ })).toBeNull();
});
