import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { Job, Person } from "@/ipc";
import { answers } from "@/ipc/mock/backend";
import type { Place } from "@/lib/place";
import { TestWindow } from "@/lib/test_window";
import { View } from "./index";

const okafor: Person = { name: "Dr. Amara Okafor", role: "curator" };
const snapshot = (number: number) => ({ number, created: "2026-11-14T10:12:40Z", samples: 2_480, tokens: 1, root: "sha256:3f9c81d2", measured: true });
const praxis = { name: "praxis-instruct", synthetic: null, snapshots: [snapshot(7)] };
const field = { name: "field-2023", synthetic: null, snapshots: [snapshot(1)] };

function open(state: Record<string, string> = {}, datasets = [praxis, field]) {
  const seen: Place[] = [];
  const workspace = { name: "W", path: "/w", datasets, person: okafor, people: [okafor], last_entry: null, review_left: 0, disputes: 0, gold: 0 };
  render(<TestWindow start={{ view: "duplicates", state }} scope="duplicates" session={{ workspace, person: okafor }} onPlace={(place) => seen.push(place)}><View /></TestWindow>);
  return { user: userEvent.setup(), seen };
}

test("redundant samples open under the filter that counts them", async () => {
  const { user, seen } = open();
  await user.click(await screen.findByRole("button", { name: /^Exact: 74/ }));
  expect(seen.at(-1)).toEqual({ view: "samples", state: { filter: "redundant = 'exact'" } });
});

test("rejected pairs open as a list, and each word by word", async () => {
  const { user } = open();
  await user.click(await screen.findByRole("button", { name: /^Pairs rejected: 517/ }));
  expect(await screen.findByRole("heading", { name: /Pairs, rejected/ })).toBeInTheDocument();
  await user.click((await screen.findAllByRole("button", { name: /^Compare line/ }))[0]!);
  expect(await screen.findByText(/proposed and rejected/)).toBeInTheDocument();
  expect(await screen.findByRole("region", { name: "First text" })).toBeInTheDocument();
});

test("M asks for a reason, records that a member is no duplicate, and Z takes it back", async () => {
  const { user } = open({ cluster: "184" });
  const table = await screen.findByRole("table", { name: "Members of the cluster" });
  await user.keyboard("m");
  const dialog = within(await screen.findByRole("dialog", { name: "Not a duplicate" }));
  expect(dialog.getByRole("button", { name: /^Not a duplicate/ })).toBeDisabled();
  await user.click(dialog.getByRole("button", { name: /a fact differs/ }));
  await user.click(dialog.getByRole("button", { name: /^Not a duplicate/ }));
  expect(await within(table).findByText("judged no duplicate")).toBeInTheDocument();
  expect(await screen.findByText(/measured before the latest judgement/)).toBeInTheDocument();
  await user.keyboard("z");
  await expect.poll(() => within(table).queryByText("judged no duplicate")).toBeNull();
});

test("a cell of each matrix opens its pairs", async () => {
  const { user, seen } = open();
  await user.click(await screen.findByRole("button", { name: /pairs, human and machine/ }));
  expect(seen.at(-1)?.state).toMatchObject({ show: "pairs", accepted: "true", origins: "human machine" });
  await user.click(screen.getByRole("radio", { name: "Source" }));
  await user.click(await screen.findByRole("button", { name: /pairs, careforum-uk and orion-qa/ }));
  expect(seen.at(-1)?.state.sources).toBe('["careforum-uk","orion-qa"]');
  await user.click(screen.getByRole("radio", { name: "Dataset" }));
  await user.click(await screen.findByRole("button", { name: /praxis-instruct in field-2023, 56 samples/ }));
  expect(seen.at(-1)?.state.across).toBe('["praxis-instruct@7","field-2023@1"]');
  expect(await screen.findByRole("heading", { name: /praxis-instruct@7 and field-2023@1/ })).toBeInTheDocument();
});

test("with one dataset there is nothing to set it beside", async () => {
  open({ by: "dataset" }, [praxis]);
  expect(await screen.findByText("One dataset only")).toBeInTheDocument();
});

test("a source that removal would strip is warned of and opens its redundant samples", async () => {
  const { user, seen } = open();
  expect(await screen.findByText(/One source would lose more than 50/)).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: /orion-qa would lose 67\.4.%, 271 of 402/ }));
  expect(seen.at(-1)?.state.filter).toBe("source = 'orion-qa' and redundant is not null");
});

test("repetition inside samples opens those above the limit", async () => {
  const { user, seen } = open();
  await user.click(await screen.findByRole("button", { name: /12 samples above 0\.3, Repeated lines/ }));
  expect(seen.at(-1)).toEqual({ view: "samples", state: { filter: "repeated_lines > 0.3" } });
});

test("passages open the samples that hold them", async () => {
  const { user, seen } = open({ show: "passages", unit: "paragraph" });
  await user.click((await screen.findAllByRole("button", { name: /the first 3 of/ }))[0]!);
  expect(seen.at(-1)?.view).toBe("samples");
  expect(seen.at(-1)?.state.filter).toMatch(/^digest in \('sha256:1/);
});

test("comparing the datasets is a job that can be stopped, and its pairs wait for it", async () => {
  const job = { id: 4_711, kind: "across", dataset: "every two datasets", state: "running", progress: { stage: "duplication", fraction: 0.3, bytes_done: 0, bytes_total: 0 } } as unknown as Job;
  const stopped = vi.fn(() => job);
  answers({ across_matrix: () => ({ job, answer: null }), job_cancel: stopped });
  const { user } = open({ show: "pairs", across: JSON.stringify(["praxis-instruct@7", "field-2023@1"]) });
  await user.click((await screen.findAllByRole("button", { name: "Stop" }))[0]!);
  expect(stopped).toHaveBeenCalledWith({ id: 4_711 });
});
